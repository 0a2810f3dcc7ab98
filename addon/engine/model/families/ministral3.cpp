// Ministral 3, its text model (Mistral AI 2025): Llama with YaRN, and queries that grow with their
// positions.
#include <string>

#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {

namespace {

// Of a config that says nothing of it.
RopeConfig silent_rope() {
  RopeConfig rope;
  rope.kind = RopeConfig::Kind::kYarn;
  rope.theta = 1e6;
  rope.factor = 16;
  rope.original_max_position_embeddings = 16384;
  rope.query_growth = 0.1;
  return rope;
}

// What a GGUF file says of rotation beside what all say: how queries grow, and whether attention is
// sharpened.
void read_growth(FromGguf& from) {
  const Json config = from.config();
  const Json* scaling = Fields(config).find("rope_scaling");
  Json::Object rope = scaling == nullptr ? Json::Object() : *scaling->object();
  if (scaling == nullptr) rope.emplace_back("rope_type", "default");
  if (const auto all = from.positive("rope.scaling.yarn_log_multiplier")) {
    rope.emplace_back("mscale", 1.0);
    rope.emplace_back("mscale_all_dim", *all);
  }
  if (const auto growth = from.positive("attention.temperature_scale")) {
    rope.emplace_back("llama_4_scaling_beta", *growth);
  }
  from.set("rope_scaling", Json(rope));
  from.set("rope_parameters", Json(rope));
}

}  // namespace

extern const Family kMinistral3 = {
    "ministral3",
    "Ministral3ForCausalLM",
    [](const Fields& fields) {
      ModelConfig config = read_decoder(
          fields, {.kv_heads = 8, .head_dim = 128, .positions = 262144, .rms_norm_eps = 1e-5});
      if (const Json* rope = fields.find("rope_parameters")) {
        config.rope.query_growth = Fields(*rope).zero_or_more("llama_4_scaling_beta", 0);
      } else {
        config.rope = silent_rope();
      }
      if (config.rope.query_growth > 0 && config.rotary != config.head_dim) {
        unsupported_model("partial_rotary_factor", std::to_string(config.rotary));
      }
      config.windows.assign(config.windows.size(), read_window(fields, 0));
      return config;
    },
    "mistral3",
    {.interleaved_heads = true},
    read_growth};

}  // namespace neiro
