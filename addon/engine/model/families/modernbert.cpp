// ModernBERT (Warner et al. 2024): norms before the blocks, gated feed-forward, rotation, and
// windows on all layers but every third.
#include "model/families/decoder.h"
#include "model/families/encoder.h"
#include "model/families/family.h"

namespace neiro {
namespace {

constexpr double kTheta = 160000, kWindowTheta = 10000;

// Half of local_attention on either side of a token.
std::vector<int64_t> read_local_windows(const Fields& fields, int64_t layers) {
  const int64_t window = fields.integer("local_attention", 2, kMaxPositions).value_or(128) / 2 + 1;
  std::vector<int64_t> windows = read_layer_types(fields, layers, window);
  if (!windows.empty()) return windows;
  const int64_t period = fields.integer("global_attn_every_n_layers", 1, kMaxLayers).value_or(3);
  for (int64_t i = 0; i < layers; ++i) windows.push_back(i % period != 0 ? window : 0);
  return windows;
}

Pooling read_pooling(const Fields& fields) {
  const std::string pooling = fields.text("classifier_pooling", "cls");
  if (pooling == "cls") return Pooling::kFirst;
  if (pooling != "mean") unsupported_model("classifier_pooling", pooling);
  return Pooling::kMean;
}

}  // namespace

extern const Family kModernBert = {
    "modernbert", "ModernBertForSequenceClassification", [](const Fields& fields) {
      ModelConfig config = read_encoder(fields, {.activation = "hidden_activation"});
      config.norm_epsilon = static_cast<float>(fields.positive("norm_eps", 1e-5));
      config.norm_bias = fields.flag("norm_bias", false);
      config.qkv_bias = config.o_bias = fields.flag("attention_bias", false);
      config.mlp_bias = fields.flag("mlp_bias", false);
      config.first_norm = false;
      config.rotary = config.head_dim;
      config.windows = read_local_windows(fields, config.layers);
      config.rotates.assign(static_cast<size_t>(config.layers), true);
      config.rope.theta = fields.positive("global_rope_theta", kTheta);
      read_typed_ropes(fields, config, config.rope.theta,
                       fields.positive("local_rope_theta", kWindowTheta));
      config.score.pooling = read_pooling(fields);
      config.score.activation = read_activation(fields, "classifier_activation", "gelu");
      config.score.dense_bias = fields.flag("classifier_bias", false);
      TensorNames& names = config.names;
      names.embedding = "model.embeddings.tok_embeddings";
      names.embedding_norm = "model.embeddings.norm";
      names.attention_norm = "attn_norm";
      names.qkv = "attn.Wqkv";
      names.q = names.k = names.v = "";
      names.o = "attn.Wo";
      names.mlp_norm = "mlp_norm";
      names.gate_up = "mlp.Wi";
      names.up = "";
      names.down = "mlp.Wo";
      names.final_norm = "model.final_norm";
      names.score_dense = "head.dense";
      names.score_norm = "head.norm";
      names.other_heads = {"decoder."};
      return config;
    }};

}  // namespace neiro
