// gpt-oss (OpenAI 2025): every block is experts with biases and a clamped gate; attention has
// sinks, and every other layer a window.
#include <string>

#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {
namespace {

constexpr int64_t kMaxExperts = 1 << 12;
constexpr double kTheta = 150000;

// What Transformers takes where a config says nothing of the rotation.
RopeConfig usual_rope(const Fields& fields, const ModelConfig& config, double theta) {
  const Json rope = Json::Object{{"rope_type", std::string("yarn")},
                                 {"factor", 32.0},
                                 {"original_max_position_embeddings", int64_t{4096}},
                                 {"truncate", false}};
  return read_rope_of(Fields(rope), fields, config, theta);
}

}  // namespace

extern const Family kGptOss = {
    "gpt_oss", "GptOssForCausalLM", [](const Fields& fields) {
      ModelConfig config = read_decoder(fields, {.kv_heads = 8,
                                                 .head_dim = 64,
                                                 .positions = 131072,
                                                 .rms_norm_eps = 1e-5,
                                                 .rope_theta = kTheta});
      if (!fields.find("rope_parameters") && !fields.find("rope_scaling")) {
        config.rope = usual_rope(fields, config, fields.positive("rope_theta", kTheta));
      }
      config.qkv_bias = config.o_bias = fields.flag("attention_bias", true);
      config.windows = read_windows(fields, config.layers, read_window(fields, 128), 2);
      config.names.sinks = "self_attn.sinks";
      ExpertConfig& experts = config.experts;
      experts.count = fields.integer("num_local_experts", 1, kMaxExperts)
                          .value_or(fields.integer("num_experts", 1, kMaxExperts).value_or(128));
      experts.chosen = fields.integer("num_experts_per_tok", 1, experts.count).value_or(4);
      experts.intermediate_size = config.intermediate_size;
      experts.layers.assign(static_cast<size_t>(config.layers), true);
      experts.biases = true;
      experts.gate.alpha = static_cast<float>(fields.positive("swiglu_alpha", 1.702));
      experts.gate.limit = static_cast<float>(fields.positive("swiglu_limit", 7.0));
      config.names.router = "mlp.router";
      config.names.experts = "mlp.experts";
      return config;
    }};

}  // namespace neiro
