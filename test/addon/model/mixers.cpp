// What stands in the place of attention or of the one feed-forward block: against finite
// differences of a whole transformer, and token by token against the whole.
#include <cmath>

#include "made_model.h"
#include "model/kv_cache.h"

using namespace neiro;

namespace {

ModelConfig convolving() {
  ModelConfig config = small_config();
  config.mixers = {Mixer::kShortConv, Mixer::kAttention};
  config.conv_kernel = 3;
  config.names.conv_in = "conv.in_proj";
  config.names.conv = "conv.conv";
  config.names.conv_out = "conv.out_proj";
  return config;
}

// Two value heads for each key head, and attention with a gate.
ModelConfig remembering() {
  ModelConfig config = small_config();
  config.mixers = {Mixer::kDeltaRule, Mixer::kAttention};
  config.conv_kernel = 4;
  config.delta = {2, 4, 3, 6};
  config.norm_epsilon = 0.05f;  // smooth enough for differences
  config.attention_gate = true;
  config.names.delta_qkv = "linear_attn.in_proj_qkv";
  config.names.delta_gate = "linear_attn.in_proj_z";
  config.names.delta_learn = "linear_attn.in_proj_b";
  config.names.delta_decay = "linear_attn.in_proj_a";
  config.names.delta_conv = "linear_attn.conv1d";
  config.names.delta_rate = "linear_attn.A_log";
  config.names.delta_shift = "linear_attn.dt_bias";
  config.names.delta_norm = "linear_attn.norm";
  config.names.delta_out = "linear_attn.out_proj";
  return config;
}

ModelConfig with_experts(bool alone) {
  ModelConfig config = small_config();
  config.experts = {
      .count = 5, .chosen = 2, .intermediate_size = 6, .alone = alone, .layers = {false, true}};
  config.names.router = "mlp.gate";
  config.names.experts = "mlp.experts";
  return config;
}

// With biases, a clamped gate and sinks, as gpt-oss. What is cut off is backend/clamped.cpp's.
ModelConfig with_clamped_experts() {
  ModelConfig config = with_experts(true);
  config.experts.biases = true;
  config.experts.gate = {1.702f, 50};  // a limit that nothing passes: differences see no edge
  config.names.sinks = "self_attn.sinks";
  return config;
}

// Experts and the one block in each layer, normed apart and summed, as Gemma 4.
ModelConfig with_experts_beside() {
  ModelConfig config = with_experts(true);
  config.experts.beside = true;
  config.experts.layers = {true, true};
  config.norm_epsilon = 0.05f;  // smooth enough for differences
  config.names.mlp_out_norm = "after_mlp";
  config.names.router = "router.proj";
  config.names.router_norm = "router.scale";
  config.names.expert_scale = "router.per_expert_scale";
  config.names.experts = "experts";
  config.names.block_out_norm = "after_block";
  config.names.experts_norm = "before_experts";
  config.names.experts_out_norm = "after_experts";
  return config;
}

// The hidden states of one example, read in pieces of these lengths against a cache.
void check_in_pieces(const ModelConfig& config, const std::vector<int64_t>& pieces) {
  int64_t T = 0;
  for (const int64_t piece : pieces) T += piece;
  Made made(config, {static_cast<int32_t>(T)});
  const std::vector<float> whole = made.forward();
  PlannedMemory counting(*made.on.device);
  place_kv_cache(counting, config, 2, T);
  PlannedMemory memory(*made.on.device, counting.size());
  const KvCache cache = place_kv_cache(memory, config, 2, T);
  // What stood in the place before must not be heard.
  for (int round = 0; round < 2; ++round) {
    cache.begin(*made.on.device, 1);
    int64_t at = 0;
    for (const int64_t piece : pieces) {
      made.pass.rows =
          lay_more_rows(*made.on.device, made.buffers, made.tokens.data() + at, piece, at);
      made.pass.rows.sequences.longest = static_cast<int32_t>(T);
      const Matrix hidden =
          transformer_cached(made.pass, made.model, made.buffers, made.scratch,
                             [&](size_t layer) { return cache.of(layer, 1, at); });
      cache.read(1);
      const std::vector<float> part = made.on.read(hidden.floats(), hidden.elements());
      for (size_t i = 0; i < part.size(); ++i) {
        CHECK_NEAR(part[i], whole[static_cast<size_t>(at * config.hidden_size) + i], 2e-5);
      }
      at += piece;
    }
  }
}

}  // namespace

TEST(mixers_short_convolution_by_finite_differences) {
  check_gradients(convolving());
  ModelConfig biased = convolving();
  biased.conv_bias = true;
  biased.conv_kernel = 1;
  check_gradients(biased);
}

TEST(mixers_gated_delta_rule_by_finite_differences) { check_gradients(remembering()); }

TEST(mixers_experts_by_finite_differences) {
  check_gradients(with_experts(true));
  check_gradients(with_experts(false));
  check_gradients(with_clamped_experts());
}

TEST(mixers_experts_beside_the_block_by_finite_differences) {
  check_gradients(with_experts_beside());
}

TEST(mixers_in_pieces_as_in_one) {
  for (const ModelConfig& config : {convolving(), remembering(), with_experts(true),
                                    with_clamped_experts(), with_experts_beside()}) {
    check_in_pieces(config, {1, 1, 4, 1, 2});
    check_in_pieces(config, {9});
  }
}

// Longer than a chunk of the way back: what is kept and what is made again fit together.
TEST(mixers_gated_delta_rule_over_chunks) {
  ModelConfig config = remembering();
  config.layers = 1;
  config.mixers = {Mixer::kDeltaRule};
  config.windows = {0};
  config.rotates = {true};
  const int32_t T = static_cast<int32_t>(2 * kDeltaChunk + 3);
  Made made(config, {T, 5});
  const auto gradients = made.gradients();
  for (const TensorSlot& slot : tensor_slots(made.model)) {
    if (slot.name.find("A_log") == std::string::npos &&
        slot.name.find("in_proj_a") == std::string::npos)
      continue;
    std::vector<float> values = made.on.read(slot.values(), slot.elements());
    for (size_t i = 0; i < 3; ++i) {
      const float kept = values[i], h = 1.0f / 128;
      const auto at = [&](float x) {
        values[i] = x;
        made.on.device->upload(slot.values(), values.data(), slot.elements());
        return made.loss();
      };
      const double numeric = (at(kept + h) - at(kept - h)) / (2 * h);
      at(kept);
      CHECK_NEAR(gradients.at(slot.name)[i], numeric, 2e-2 * std::max(1.0, std::fabs(numeric)));
    }
  }
}
