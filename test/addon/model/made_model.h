// A model made by hand from its config, with noise for weights, and its gradients against finite
// differences: what no family uses yet is proven so.
#pragma once

#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <sstream>

#include "check.h"
#include "core/random.h"
#include "model/transformer.h"
#include "on_device.h"

namespace neiro {

inline ModelConfig small_config() {
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
inline void check_gradients(const ModelConfig& config) {
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

}  // namespace neiro
