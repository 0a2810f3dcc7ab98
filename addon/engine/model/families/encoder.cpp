// The decoders' fields, read with an encoder's words.
#include "model/families/encoder.h"

#include <cmath>
#include <string>

#include "model/families/decoder.h"

namespace neiro {

ModelConfig read_encoder(const Fields& fields, const EncoderWords& words) {
  ModelConfig config;
  config.hidden_size = fields.required(words.hidden, 1, kMaxHidden);
  config.intermediate_size = fields.required(words.intermediate, 1, kMaxIntermediate);
  config.layers = fields.required(words.layers, 1, kMaxLayers);
  config.heads = static_cast<int>(fields.required(words.heads, 1, kMaxHeads));
  config.kv_heads = config.heads;
  if (config.hidden_size % config.heads != 0) {
    bad_config(words.hidden, std::to_string(config.hidden_size),
               "a multiple of " + std::string(words.heads) + " = " + std::to_string(config.heads));
  }
  config.head_dim = static_cast<int>(config.hidden_size / config.heads);
  if (config.head_dim > kMaxHeadDim) {
    bad_config(words.heads, std::to_string(config.heads), "heads of at most 1024 values");
  }
  config.vocab_size = fields.required("vocab_size", 1, kMaxVocab);
  config.max_position_embeddings =
      fields.integer("max_position_embeddings", 1, kMaxPositions).value_or(512);
  config.attention_scale = 1.0f / std::sqrt(static_cast<float>(config.head_dim));
  config.activation = read_activation(fields, words.activation, "gelu");
  config.causal = false;
  config.layer_norm = true;
  config.score.pooling = Pooling::kFirst;
  config.score.bias = true;
  config.names.score = "classifier";
  config.names.head = "";
  config.names.gate = "";
  config.names.final_norm = "";
  config.windows.assign(static_cast<size_t>(config.layers), 0);
  config.rotates.assign(static_cast<size_t>(config.layers), false);
  return config;
}

ModelConfig read_bert(const Fields& fields, const char* prefix, double epsilon, int64_t types) {
  if (fields.flag("is_decoder", false)) unsupported_model("is_decoder", "true");
  const std::string positions = fields.text("position_embedding_type", "absolute");
  if (positions != "absolute") unsupported_model("position_embedding_type", positions);
  ModelConfig config = read_encoder(fields, {});
  config.norm_epsilon = static_cast<float>(fields.positive("layer_norm_eps", epsilon));
  config.norm_bias = config.norm_behind_sum = true;
  config.qkv_bias = config.o_bias = config.mlp_bias = true;
  config.position_rows = config.max_position_embeddings;
  config.token_types = fields.integer("type_vocab_size", 0, kMaxLayers).value_or(types);
  const std::string model = prefix;
  TensorNames& names = config.names;
  names.embedding = model + ".embeddings.word_embeddings";
  names.positions = model + ".embeddings.position_embeddings";
  names.types = config.token_types > 0 ? model + ".embeddings.token_type_embeddings" : "";
  names.embedding_norm = model + ".embeddings.LayerNorm";
  names.layers = model + ".encoder.layer";
  names.attention_norm = names.mlp_norm = "";
  names.q = "attention.self.query";
  names.k = "attention.self.key";
  names.v = "attention.self.value";
  names.o = "attention.output.dense";
  names.attention_out_norm = "attention.output.LayerNorm";
  names.up = "intermediate.dense";
  names.down = "output.dense";
  names.mlp_out_norm = "output.LayerNorm";
  return config;
}

void name_two_layer_head(ModelConfig& config) {
  config.names.score_dense = "classifier.dense";
  config.names.score = "classifier.out_proj";
}

ModelConfig read_roberta(const Fields& fields) {
  ModelConfig config = read_bert(fields, "roberta", 1e-12, 2);
  // Positions are counted from the padding's id on, which none of them uses.
  config.first_position = fields.integer("pad_token_id", 0, config.vocab_size - 1).value_or(1) + 1;
  config.max_position_embeddings -= config.first_position;
  if (config.max_position_embeddings < 1) {
    bad_config("max_position_embeddings", std::to_string(config.position_rows),
               "more than pad_token_id + 1");
  }
  name_two_layer_head(config);
  config.names.other_heads = {"lm_head.", "roberta.pooler."};
  return config;
}

}  // namespace neiro
