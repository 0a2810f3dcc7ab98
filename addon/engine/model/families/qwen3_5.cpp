// Qwen3.5, dense, its text model: three layers of four bring tokens together by a gated delta net,
// the fourth by attention with a gate; norms are stored less one.
#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {
namespace {

constexpr int64_t kMostKernel = 64, kMostHeadDim = 256;

// [layers] by layer_types, else every full_attention_interval-th attends.
std::vector<Mixer> read_mixers(const Fields& fields, int64_t layers) {
  std::vector<Mixer> mixers(static_cast<size_t>(layers), Mixer::kDeltaRule);
  if (const auto full = read_full_attention(fields, layers, "linear_attention")) {
    for (size_t i = 0; i < mixers.size(); ++i) {
      if ((*full)[i]) mixers[i] = Mixer::kAttention;
    }
    return mixers;
  }
  const int64_t period = fields.integer("full_attention_interval", 1, kMaxLayers).value_or(4);
  for (int64_t i = period - 1; i < layers; i += period) {
    mixers[static_cast<size_t>(i)] = Mixer::kAttention;
  }
  return mixers;
}

DeltaShape read_delta(const Fields& fields) {
  const auto number = [&](const char* name, int64_t most, int64_t fallback) {
    return static_cast<int>(fields.integer(name, 1, most).value_or(fallback));
  };
  DeltaShape shape;
  shape.key_heads = number("linear_num_key_heads", kMaxHeads, 16);
  shape.value_heads = number("linear_num_value_heads", kMaxHeads, 32);
  shape.key_dim = number("linear_key_head_dim", kMostHeadDim, 128);
  shape.value_dim = number("linear_value_head_dim", kMostHeadDim, 128);
  if (shape.value_heads % shape.key_heads != 0) {
    bad_config("linear_num_value_heads", std::to_string(shape.value_heads),
               "a multiple of linear_num_key_heads = " + std::to_string(shape.key_heads));
  }
  return shape;
}

}  // namespace

extern const Family kQwen35 = {
    "qwen3_5_text", "Qwen3_5ForCausalLM", [](const Fields& fields) {
      ModelConfig config = read_decoder(
          fields, {.kv_heads = 4, .head_dim = 256, .positions = 32768, .partial_rotary = 0.25});
      config.norm_base = 1;
      config.qkv_bias = config.o_bias = fields.flag("attention_bias", false);
      config.attention_gate = true;
      config.mixers = read_mixers(fields, config.layers);
      config.conv_kernel =
          static_cast<int>(fields.integer("linear_conv_kernel_dim", 1, kMostKernel).value_or(4));
      config.delta = read_delta(fields);
      TensorNames& names = config.names;
      names.q_norm = "self_attn.q_norm";
      names.k_norm = "self_attn.k_norm";
      names.delta_qkv = "linear_attn.in_proj_qkv";
      names.delta_gate = "linear_attn.in_proj_z";
      names.delta_learn = "linear_attn.in_proj_b";
      names.delta_decay = "linear_attn.in_proj_a";
      names.delta_conv = "linear_attn.conv1d";
      names.delta_rate = "linear_attn.A_log";
      names.delta_shift = "linear_attn.dt_bias";
      names.delta_norm = "linear_attn.norm";
      names.delta_out = "linear_attn.out_proj";
      return config;
    }};

}  // namespace neiro
