// DeBERTa-v2 and v3 (He et al. 2021): BERT whose attention knows distances instead of positions.
#include <algorithm>
#include <cmath>

#include "model/families/decoder.h"
#include "model/families/encoder.h"
#include "model/families/family.h"

namespace neiro {
namespace {

// "c2p|p2c", or a list of the two.
bool mentions_type(const Fields& fields, const char* type) {
  const Json* types = fields.find("pos_att_type");
  return types != nullptr && types->text().find(type) != std::string::npos;
}

RelativeConfig read_relative(const Fields& fields, const ModelConfig& config) {
  if (!fields.flag("relative_attention", false)) unsupported_model("relative_attention", "false");
  if (!fields.flag("share_att_key", false)) unsupported_model("share_att_key", "false");
  RelativeConfig relative;
  const int64_t farthest = fields.integer("max_relative_positions", -1, kMaxPositions).value_or(-1);
  relative.farthest = farthest < 1 ? config.max_position_embeddings : farthest;
  relative.buckets =
      std::max<int64_t>(fields.integer("position_buckets", -1, kMaxPositions).value_or(-1), 0);
  relative.span = relative.buckets > 0 ? relative.buckets : relative.farthest;
  if (relative.buckets == 1 ||
      (relative.buckets > 0 && relative.farthest <= relative.buckets / 2 + 1)) {
    bad_config("position_buckets", std::to_string(relative.buckets),
               "2 or more, and fewer than twice the positions");
  }
  relative.keys = mentions_type(fields, "c2p");
  relative.queries = mentions_type(fields, "p2c");
  if (!relative.keys && !relative.queries) unsupported_model("pos_att_type", "none");
  return relative;
}

// "layer_norm", in some configs one of several words.
bool norms_distances(const Fields& fields) {
  return fields.text("norm_rel_ebd", "none").find("layer_norm") != std::string::npos;
}

}  // namespace

extern const Family kDebertaV2 = {
    "deberta-v2", "DebertaV2ForSequenceClassification", [](const Fields& fields) {
      ModelConfig config = read_bert(fields, "deberta", 1e-7, 0);
      if (fields.integer("conv_kernel_size", 0, kMaxPositions).value_or(0) > 0) {
        unsupported_model("conv_kernel_size", "set");
      }
      const int64_t width =
          fields.integer("embedding_size", 1, kMaxHidden).value_or(config.hidden_size);
      if (width != config.hidden_size) unsupported_model("embedding_size", std::to_string(width));
      const int64_t pooled =
          fields.integer("pooler_hidden_size", 1, kMaxHidden).value_or(config.hidden_size);
      if (pooled != config.hidden_size) {
        unsupported_model("pooler_hidden_size", std::to_string(pooled));
      }
      config.relative = read_relative(fields, config);
      const int scores = 1 + (config.relative.keys ? 1 : 0) + (config.relative.queries ? 1 : 0);
      config.attention_scale = 1.0f / std::sqrt(static_cast<float>(config.head_dim * scores));
      config.score.activation = read_activation(fields, "pooler_hidden_act", "gelu");
      TensorNames& names = config.names;
      if (!fields.flag("position_biased_input", true)) {
        names.positions = "";
        config.position_rows = 0;
      }
      names.q = "attention.self.query_proj";
      names.k = "attention.self.key_proj";
      names.v = "attention.self.value_proj";
      names.distances = "deberta.encoder.rel_embeddings";
      if (norms_distances(fields)) names.distance_norm = "deberta.encoder.LayerNorm";
      names.score_dense = "pooler.dense";
      names.other_heads = {"cls.", "lm_predictions.", "mask_predictions.", "lm_head."};
      return config;
    }};

}  // namespace neiro
