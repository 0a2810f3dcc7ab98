// What the encoder families have in common in config.json: models that read a text both ways and
// score it. A family's file calls read_encoder and then says what is its own.
#pragma once

#include "model/config.h"
#include "model/families/fields.h"

namespace neiro {

// The words of a config for the sizes, as most have them.
struct EncoderWords {
  const char* hidden = "hidden_size";
  const char* intermediate = "intermediate_size";
  const char* layers = "num_hidden_layers";
  const char* heads = "num_attention_heads";
  const char* activation = "hidden_act";
};

// Sizes, heads and activation; no rotation, no causal order; every layer attends to all. Names and
// norms are left to the family.
ModelConfig read_encoder(const Fields& fields, const EncoderWords& words);

// What the first encoders share (BERT, RoBERTa, ELECTRA): layer norms behind the sums, biases
// everywhere, learnt positions and token types, and BERT's names behind `prefix`.
ModelConfig read_bert(const Fields& fields, const char* prefix, double epsilon, int64_t types);

// The head of RoBERTa and ELECTRA: two layers under one name.
void name_two_layer_head(ModelConfig& config);

// RoBERTa and its kin in many languages are one model with two names.
ModelConfig read_roberta(const Fields& fields);

}  // namespace neiro
