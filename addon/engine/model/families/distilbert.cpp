// DistilBERT (Sanh et al. 2019): half of BERT's layers, no token types, no pooler.
#include "model/families/encoder.h"
#include "model/families/family.h"

namespace neiro {

extern const Family kDistilBert = {
    "distilbert", "DistilBertForSequenceClassification", [](const Fields& fields) {
      ModelConfig config = read_encoder(fields, {.hidden = "dim",
                                                 .intermediate = "hidden_dim",
                                                 .layers = "n_layers",
                                                 .heads = "n_heads",
                                                 .activation = "activation"});
      config.norm_epsilon = 1e-12f;
      config.norm_bias = config.norm_behind_sum = true;
      config.qkv_bias = config.o_bias = config.mlp_bias = true;
      config.position_rows = config.max_position_embeddings;
      config.score.activation = Activation::kRelu;
      TensorNames& names = config.names;
      names.embedding = "distilbert.embeddings.word_embeddings";
      names.positions = "distilbert.embeddings.position_embeddings";
      names.embedding_norm = "distilbert.embeddings.LayerNorm";
      names.layers = "distilbert.transformer.layer";
      names.attention_norm = names.mlp_norm = "";
      names.q = "attention.q_lin";
      names.k = "attention.k_lin";
      names.v = "attention.v_lin";
      names.o = "attention.out_lin";
      names.attention_out_norm = "sa_layer_norm";
      names.up = "ffn.lin1";
      names.down = "ffn.lin2";
      names.mlp_out_norm = "output_layer_norm";
      names.score_dense = "pre_classifier";
      names.other_heads = {"vocab_"};
      return config;
    }};

}  // namespace neiro
