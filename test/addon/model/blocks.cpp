// The switches of the blocks, each against finite differences of a whole transformer: feed-forward
// with and without a gate, fused or apart, attention that looks both ways, windows, norms in every
// place, biases. A model made by hand from its config: what no family uses yet is proven here.
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <sstream>

#include "check.h"
#include "core/random.h"
#include "model/transformer.h"
#include "on_device.h"

using namespace neiro;

namespace {

ModelConfig small_config() {
  ModelConfig config;
  config.hidden_size = 10;
  config.intermediate_size = 7;
  config.layers = 2;
  config.heads = 4;
  config.kv_heads = 2;
  config.head_dim = 4;
  config.rotary = 4;
  config.vocab_size = 19;
  config.max_position_embeddings = 64;
  config.attention_scale = 0.5f;
  config.windows = {0, 3};
  config.rotates = {true, true};
  config.tied_head = true;
  return config;
}

// A model of a config with noise for weights, trained whole, on examples of these lengths.
struct Made {
  explicit Made(ModelConfig config, std::vector<int32_t> lengths = {6, 1, 4},
                Keep keep = Keep::kEverything)
      : model(std::move(config)), lengths(std::move(lengths)) {
    uint64_t number = 0;
    for (const TensorSlot& slot : tensor_slots(model)) {
      std::vector<float> values(static_cast<size_t>(slot.elements()));
      fill_normal(values.data(), slot.elements(), 0.4f, {3, number++});
      if (slot.kind == TensorSlot::Kind::kNorm) {
        for (float& value : values) value += 1;
      }
      slot.set_values(on.floats(values));
      *slot.gradient = on.floats(std::vector<float>(values.size()));
    }
    for (const int32_t length : this->lengths) T += length;
    PlannedMemory counting(*on.device);
    place(counting, keep);
    memory = std::make_unique<PlannedMemory>(*on.device, counting.size());
    place(*memory, keep);
    fill_ropes(*on.device, ropes, model.config);
    pass.device = on.device.get();
    pass.config = &model.config;
    pass.ropes = &ropes;
    for (int32_t i = 0; i < T; ++i) tokens.push_back(i * 7 % 19);
    weights.resize(static_cast<size_t>(T * model.config.hidden_size));
    fill_normal(weights.data(), static_cast<int64_t>(weights.size()), 1.0f, {3, 999});
  }
  void place(PlannedMemory& target, Keep keep) {
    buffers = place_transformer_buffers(target, model, T, keep);
    scratch = place_layer_scratch(target, model.config, T, true);
    ropes = place_ropes(target, model.config, T);
  }

  std::vector<float> forward(bool way_back = true) {
    pass.rows = lay_rows(*on.device, buffers, tokens.data(), lengths.data(),
                         static_cast<int64_t>(lengths.size()));
    const Matrix hidden = transformer_forward(pass, model, buffers, scratch, way_back);
    return on.read(hidden.floats(), hidden.elements());
  }
  // sum of weights * hidden
  double loss() {
    const std::vector<float> hidden = forward();
    double sum = 0;
    for (size_t i = 0; i < hidden.size(); ++i) sum += static_cast<double>(weights[i]) * hidden[i];
    return sum;
  }
  std::map<std::string, std::vector<float>> gradients() {
    for (const TensorSlot& slot : tensor_slots(model)) {
      on.device->zero(*slot.gradient, slot.elements());
    }
    forward();
    on.device->upload(buffers.d_hidden.floats(), weights.data(),
                      static_cast<int64_t>(weights.size()));
    transformer_backward(pass, model, buffers, scratch);
    std::map<std::string, std::vector<float>> all;
    for (const TensorSlot& slot : tensor_slots(model)) {
      all[slot.name] = on.read(*slot.gradient, slot.elements());
    }
    return all;
  }

  OnDevice on{1};
  Model model;
  std::vector<int32_t> lengths, tokens;
  int64_t T = 0;
  std::unique_ptr<PlannedMemory> memory;
  TransformerBuffers buffers;
  LayerScratch scratch;
  Ropes ropes;
  Pass pass;
  std::vector<float> weights;
};

// Every tensor, along its own gradient and along noise.
void check_gradients(const ModelConfig& config) {
  Made made(config);
  const auto gradients = made.gradients();
  double norm = 0;
  for (const auto& [name, values] : gradients) {
    for (const float x : values) norm += static_cast<double>(x) * x;
  }
  norm = std::sqrt(norm);
  CHECK(norm > 1e-2);
  uint64_t number = 0;
  for (const TensorSlot& slot : tensor_slots(made.model)) {
    const std::vector<float>& gradient = gradients.at(slot.name);
    const std::vector<float> kept = made.on.read(slot.values(), slot.elements());
    for (int kind = 0; kind < 2; ++kind) {
      std::vector<float> direction = gradient;
      if (kind == 1) {
        fill_normal(direction.data(), slot.elements(), 1, {5, number++});
      }
      double length = 0;
      for (const float x : direction) length += static_cast<double>(x) * x;
      length = std::sqrt(length);
      if (length == 0) continue;
      double expected = 0;
      for (size_t i = 0; i < direction.size(); ++i) {
        direction[i] = static_cast<float>(direction[i] / length);
        expected += static_cast<double>(direction[i]) * gradient[i];
      }
      const auto at = [&](double h) {
        std::vector<float> moved = kept;
        for (size_t i = 0; i < moved.size(); ++i) {
          moved[i] = static_cast<float>(kept[i] + h * direction[i]);
        }
        made.on.device->upload(slot.values(), moved.data(), slot.elements());
        return made.loss();
      };
      constexpr double h = 0.003;
      const double measured = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      at(0);
      if (!(std::fabs(measured - expected) <= 2e-3 * std::fabs(expected) + 2e-4 * norm)) {
        std::ostringstream text;
        text << slot.name << (kind == 0 ? " along itself" : " along noise") << ": gradient says "
             << expected << ", differences say " << measured;
        check::fail(__FILE__, __LINE__, text.str());
      }
    }
  }
}

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
