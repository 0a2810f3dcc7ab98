// The switches of the blocks, each against finite differences of a whole transformer: feed-forward
// with and without a gate, fused or apart, attention that looks both ways, windows, norms in every
// place, biases. A model made by hand from its config: what no family uses yet is proven here.
#include <cmath>

#include "made_model.h"

using namespace neiro;

namespace {

ModelConfig plain_feed_forward() {
  ModelConfig config = small_config();
  config.names.gate = "";
  config.activation = Activation::kGelu;
  return config;
}

ModelConfig encoder() {
  ModelConfig config = plain_feed_forward();
  config.causal = false;
  config.qkv_bias = config.o_bias = config.mlp_bias = true;
  return config;
}

}  // namespace

TEST(blocks_gated_feed_forward) { check_gradients(small_config()); }

TEST(blocks_plain_feed_forward) {
  for (const Activation f : {Activation::kSilu, Activation::kGelu, Activation::kGeluTanh}) {
    ModelConfig config = plain_feed_forward();
    config.activation = f;
    check_gradients(config);
  }
}

TEST(blocks_plain_feed_forward_has_no_gate) {
  Made made(plain_feed_forward());
  CHECK(!made.model.layers[0].mlp.gated() && !made.model.config.gated());
  for (const TensorSlot& slot : tensor_slots(made.model)) {
    CHECK(slot.name.find("gate") == std::string::npos);
  }
  CHECK((linear_modules(made.model) ==
         std::vector<std::string>{"q_proj", "k_proj", "v_proj", "o_proj", "up_proj", "down_proj"}));
}

// down(f(up x)) by hand, for one layer whose attention adds nothing.
TEST(blocks_plain_feed_forward_is_its_formula) {
  ModelConfig config = plain_feed_forward();
  config.layers = 1;
  config.windows = {0};
  config.names.mlp_norm = "";
  Made made(config, {3});
  DecoderLayer& layer = made.model.layers[0];
  made.on.device->zero(layer.attention.o.w.floats(), layer.attention.o.w.elements());
  const std::vector<float> up = made.on.read(layer.mlp.up.w), down = made.on.read(layer.mlp.down.w),
                           table = made.on.read(made.model.embedding);
  const std::vector<float> hidden = made.forward();
  for (int t = 0; t < 3; ++t) {
    const float* x = table.data() + made.tokens[static_cast<size_t>(t)] * 10;
    for (int c = 0; c < 10; ++c) {
      double y = x[c];
      for (int i = 0; i < 7; ++i) {
        double z = 0;
        for (int k = 0; k < 10; ++k) z += static_cast<double>(up[i * 10 + k]) * x[k];
        y += down[c * 7 + i] * z * 0.5 * (1 + std::erf(z / std::sqrt(2.0)));
      }
      CHECK_NEAR(hidden[static_cast<size_t>(t * 10 + c)], y, 1e-5);
    }
  }
}

TEST(blocks_attention_both_ways) {
  ModelConfig config = small_config();
  config.causal = false;
  check_gradients(config);
}

TEST(blocks_encoder_both_ways_plain_and_biased) { check_gradients(encoder()); }

TEST(blocks_fused_projections_both_ways) {
  ModelConfig config = small_config();
  config.causal = false;
  config.names.qkv = "self_attn.qkv_proj";
  config.names.gate_up = "mlp.gate_up_proj";
  check_gradients(config);
}

TEST(blocks_norms_only_behind_the_blocks) {
  ModelConfig config = small_config();
  config.names.attention_norm = config.names.mlp_norm = "";
  config.names.attention_out_norm = "after_attention";
  config.names.mlp_out_norm = "after_mlp";
  check_gradients(config);
}

TEST(blocks_norms_before_and_behind_of_queries_and_one_and_w) {
  ModelConfig config = encoder();
  config.names.attention_out_norm = "after_attention";
  config.names.mlp_out_norm = "after_mlp";
  config.names.q_norm = "self_attn.q_norm";
  config.names.k_norm = "self_attn.k_norm";
  config.norm_base = 1;
  config.embedding_scale = 1.5f;
  check_gradients(config);
}

TEST(blocks_partial_rotation_and_soft_caps) {
  ModelConfig config = small_config();
  config.rotary = 2;
  config.attention_soft_cap = 1.5f;
  check_gradients(config);
}

TEST(blocks_scaled_residuals_and_logits) {
  ModelConfig config = small_config();
  config.residual_scale = 0.4f;
  config.logit_scale = 0.25f;
  check_gradients(config);
  config.names.attention_out_norm = "after_attention";
  config.names.mlp_out_norm = "after_mlp";
  check_gradients(config);
}

TEST(blocks_whole_norms_of_queries_and_keys) {
  ModelConfig config = small_config();
  config.names.q_norm = "self_attn.q_norm";
  config.names.k_norm = "self_attn.k_norm";
  config.whole_qk_norm = true;
  check_gradients(config);
}

TEST(blocks_layers_without_rotation_and_interleaved_pairs) {
  ModelConfig config = small_config();
  config.rotates = {false, true};
  config.interleaved_rotary = true;
  check_gradients(config);
}

TEST(blocks_queries_that_grow_with_their_positions) {
  ModelConfig config = small_config();
  config.rope.original_max_position_embeddings = 2;
  config.rope.query_growth = 0.7;
  check_gradients(config);
}

namespace {

// Which of the five rows of one example change with the token of row `at`.
std::vector<bool> changed_by(ModelConfig config, size_t at) {
  Made made(std::move(config), {5, 3});
  const std::vector<float> before = made.forward();
  made.tokens[at] = (made.tokens[at] + 5) % 19;
  const std::vector<float> after = made.forward();
  std::vector<bool> changed;
  for (size_t t = 0; t < 8; ++t) {
    changed.push_back(
        !std::equal(before.begin() + t * 10, before.begin() + t * 10 + 10, after.begin() + t * 10));
  }
  return changed;
}

}  // namespace

// What a token sees: itself and before, or everything of its own example and nothing of another.
TEST(blocks_causal_rows_do_not_see_what_comes_later) {
  CHECK((changed_by(small_config(), 2) ==
         std::vector<bool>{false, false, true, true, true, false, false, false}));
  ModelConfig config = small_config();
  config.causal = false;
  config.windows = {0, 0};
  CHECK((changed_by(config, 2) ==
         std::vector<bool>{true, true, true, true, true, false, false, false}));
  // one layer, window 2 both ways: a neighbour on either side
  config.layers = 1;
  config.windows = {2};
  config.rotates = {true};
  CHECK((changed_by(config, 2) ==
         std::vector<bool>{false, true, true, true, false, false, false, false}));
}

TEST(blocks_recomputed_gradients_have_the_same_bits) {
  for (const ModelConfig& config : {small_config(), plain_feed_forward(), encoder()}) {
    Made kept(config), again(config, {6, 1, 4}, Keep::kInputs);
    CHECK(kept.gradients() == again.gradients());
  }
}

TEST(blocks_without_a_way_back_give_the_same_bits) {
  for (const ModelConfig& config : {small_config(), plain_feed_forward(), encoder()}) {
    Made with(config), without(config, {6, 1, 4}, Keep::kNothing);
    CHECK(with.forward(true) == without.forward(false));
    CHECK(with.forward(true) == with.forward(false));
  }
}

// A layer's room is as large as the model needs: no gate, no room for one.
TEST(blocks_plain_feed_forward_takes_less_room) {
  const auto bytes = [](const ModelConfig& config) {
    OnDevice on{1};
    const Model model(config);
    PlannedMemory counting(*on.device);
    place_transformer_buffers(counting, model, 64, Keep::kEverything);
    return counting.size().total();
  };
  CHECK(bytes(small_config()) - bytes(plain_feed_forward()) == 2 * 64 * 7 * 4);
}
