// Qwen3 with experts (Qwen Team 2025): Qwen3, whose feed-forward blocks are experts in most layers.
#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {
namespace {

constexpr int64_t kMaxExperts = 1 << 12;

ExpertConfig read_experts(const Fields& fields, int64_t layers) {
  ExpertConfig experts;
  experts.count = fields.integer("num_local_experts", 1, kMaxExperts)
                      .value_or(fields.integer("num_experts", 1, kMaxExperts).value_or(128));
  experts.chosen = fields.integer("num_experts_per_tok", 1, experts.count).value_or(8);
  experts.intermediate_size =
      fields.integer("moe_intermediate_size", 1, kMaxIntermediate).value_or(768);
  experts.alone = fields.flag("norm_topk_prob", false);
  const int64_t period = fields.integer("decoder_sparse_step", 1, kMaxLayers).value_or(1);
  for (int64_t i = 0; i < layers; ++i) experts.layers.push_back((i + 1) % period == 0);
  const Json* without = fields.find("mlp_only_layers");
  if (without == nullptr) return experts;
  if (without->array() == nullptr) {
    bad_config("mlp_only_layers", without->text(), "a list of numbers");
  }
  for (const Json& index : *without->array()) {
    const std::optional<int64_t> layer = index.integer();
    if (!layer || *layer < 0 || *layer >= layers) {
      bad_config("mlp_only_layers", without->text(), "numbers of layers");
    }
    experts.layers[static_cast<size_t>(*layer)] = false;
  }
  return experts;
}

}  // namespace

extern const Family kQwen3Moe = {
    "qwen3_moe", "Qwen3MoeForCausalLM", [](const Fields& fields) {
      ModelConfig config = read_decoder(fields, {.kv_heads = 4, .positions = 32768});
      config.qkv_bias = config.o_bias = fields.flag("attention_bias", false);
      config.names.q_norm = "self_attn.q_norm";
      config.names.k_norm = "self_attn.k_norm";
      if (fields.flag("use_sliding_window", false)) {
        const int64_t window = read_window(fields, 4096);
        config.windows.assign(static_cast<size_t>(config.layers), window);
      }
      config.experts = read_experts(fields, config.layers);
      config.names.router = "mlp.gate";
      config.names.experts = "mlp.experts";
      return config;
    }};

}  // namespace neiro
