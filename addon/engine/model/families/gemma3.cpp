// Gemma 3, its text model: queries and keys are normed, five layers of six see a window and rotate
// by a rope of their own.
#include "model/families/family.h"
#include "model/families/gemma.h"

namespace neiro {
namespace {

constexpr double kTheta = 1e6, kWindowTheta = 1e4;

// Transformers 5 keys rope_parameters by the type of the layer; 4 has rope_theta and rope_scaling
// for the layers that see all, rope_local_base_freq for the others.
void read_ropes(const Fields& fields, ModelConfig& config) {
  RopeConfig windowed;
  windowed.theta = fields.positive("rope_local_base_freq", kWindowTheta);
  config.window_rope = windowed;
  const Json* json = fields.find("rope_parameters");
  if (json == nullptr) {
    if (!fields.find("rope_theta")) config.rope.theta = kTheta;
    return;
  }
  const Fields types(*json);
  if (const Json* own = types.find("full_attention")) {
    config.rope = read_rope_of(Fields(*own), fields, config, kTheta);
  }
  if (const Json* own = types.find("sliding_attention")) {
    config.window_rope = read_rope_of(Fields(*own), fields, config, kWindowTheta);
  }
}

}  // namespace

extern const Family kGemma3 = {
    "gemma3_text", "Gemma3ForCausalLM", [](const Fields& fields) {
      const int64_t period = fields.integer("sliding_window_pattern", 1, kMaxLayers).value_or(6);
      ModelConfig config = read_later_gemma(fields, 0, 0, 131072, period);
      config.names.q_norm = "self_attn.q_norm";
      config.names.k_norm = "self_attn.k_norm";
      read_ropes(fields, config);
      return config;
    }};

}  // namespace neiro
