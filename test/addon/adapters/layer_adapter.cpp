// One adapted layer of each kind: its formula, its gradients against finite differences, and that
// what it computes is what its merged weights compute.
#include "adapters/layer_adapter.h"

#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/dora_linear.h"
#include "adapters/ia3_linear.h"
#include "adapters/lora_linear.h"
#include "check.h"
#include "core/random.h"
#include "on_device.h"

using namespace neiro;

namespace {

constexpr int64_t T = 5, kIn = 7, kOut = 11;

std::vector<float> noise(int64_t n, uint64_t number, float about = 0) {
  std::vector<float> x(static_cast<size_t>(n));
  fill_normal(x.data(), n, 0.5f, {9, number});
  for (float& value : x) value += about;
  return x;
}

LoraConfig pair(double dropout, bool dora) {
  LoraConfig config;
  config.rank = 3;
  config.alpha = 2.1;
  config.dropout = dropout;
  config.dora = dora;
  return config;
}

using Make = std::function<std::unique_ptr<LayerAdapter>(const Linear&)>;
struct Kind {
  const char* name;
  double dropout;
  Make make;
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = {
      {"lora", 0,
       [](const Linear& w) { return std::make_unique<LoraLinear>(w, pair(0, false), 42); }},
      {"lora with dropout", 0.4,
       [](const Linear& w) { return std::make_unique<LoraLinear>(w, pair(0.4, false), 42); }},
      {"dora", 0,
       [](const Linear& w) { return std::make_unique<DoraLinear>(w, pair(0, true), 42); }},
      {"dora with dropout", 0.4,
       [](const Linear& w) { return std::make_unique<DoraLinear>(w, pair(0.4, true), 42); }},
      {"ia3 of outputs", 0, [](const Linear& w) { return std::make_unique<Ia3Output>(w); }},
      {"ia3 of inputs", 0, [](const Linear& w) { return std::make_unique<Ia3Input>(w); }},
  };
  return all;
}

// A layer with its adapter on a device; the adapter's values are noise. What the test changes lies
// on the host and goes up before each pass.
struct Layer {
  explicit Layer(const Kind& kind) {
    base.w = on.matrix(kOut, kIn, w);
    base.bias = on.floats(b);
    adapter = kind.make(base);
    base.adapter = adapter.get();
    PlannedMemory counting(*on.device);
    adapter->place(counting);
    memory = std::make_unique<PlannedMemory>(*on.device, counting.size());
    adapter->place(*memory);
    adapter->set_scratch(on.matrix(adapter->scratch_values(T), 1));
    kept = on.matrix(T, adapter->kept_per_token());
    uint64_t number = 10;
    for (const TensorSlot& slot : adapter->slots()) {
      const bool factors = slot.name == ".ia3_l" || slot.vector != nullptr;
      values[slot.name] = noise(slot.elements(), number++, factors ? 1.0f : 0.0f);
      slot.set_values(on.floats(values[slot.name]));
      *slot.gradient = on.floats(std::vector<float>(values[slot.name].size()));
    }
    adapter->base_loaded(*on.device, base);
    adapter->values_changed(*on.device, base);
    pass.device = on.device.get();
    pass.dropout = kind.dropout > 0;
    pass.random = {3, 4};
  }

  void upload() {
    for (const TensorSlot& slot : adapter->slots()) {
      on.device->upload(slot.values(), values[slot.name].data(), slot.elements());
    }
    on.write(input, x);
  }
  std::vector<float> forward() {
    upload();
    base.forward(pass, y, kept, input);
    return on.read(y);
  }
  // sum of weights * y: a scalar whose gradient by y is `weights`
  double value() {
    const std::vector<float> result = forward();
    double sum = 0;
    for (size_t i = 0; i < result.size(); ++i) sum += static_cast<double>(weights[i]) * result[i];
    return sum;
  }
  // After forward(): dx, from `start` on when it is added to.
  std::vector<float> backward(bool accumulate = false, float start = 100.0f) {
    on.write(dx, std::vector<float>(T * kIn, start));
    on.write(dy, weights);
    base.backward(pass, dx, dy, input, kept, accumulate);
    return on.read(dx);
  }
  std::map<std::string, std::vector<float>> gradients() {
    std::map<std::string, std::vector<float>> all;
    for (const TensorSlot& slot : adapter->slots()) {
      all[slot.name] = on.read(*slot.gradient, slot.elements());
    }
    return all;
  }

  std::vector<float> w = noise(kOut * kIn, 0), b = noise(kOut, 1);
  std::vector<float> x = noise(T * kIn, 3), weights = noise(T * kOut, 4);
  std::map<std::string, std::vector<float>> values;
  OnDevice on;
  Matrix input = on.matrix(T, kIn), y = on.matrix(T, kOut), dy = on.matrix(T, kOut);
  Matrix dx = on.matrix(T, kIn), kept;
  std::unique_ptr<PlannedMemory> memory;
  Linear base;
  std::unique_ptr<LayerAdapter> adapter;
  Pass pass;
};

void check_near(const char* kind, const std::vector<float>& a, const std::vector<float>& b,
                double tolerance) {
  CHECK(a.size() == b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    if (!(std::fabs(a[i] - b[i]) <= tolerance)) return check::fail(__FILE__, __LINE__, kind);
  }
}

// y is linear in each of x and the tensors, so a large difference is as exact as a small one. (In
// DoRA's pair too, as long as the rows' lengths are not made anew: they count as constants.)
void check_gradient(Layer& layer, const char* kind, std::vector<float>& at,
                    const std::vector<float>& gradient, bool lengths) {
  std::vector<float> differences;
  for (float& value : at) {
    const float before = value;
    const auto with = [&](float changed) {
      value = changed;
      layer.upload();
      if (lengths) layer.adapter->values_changed(*layer.on.device, layer.base);
      return layer.value();
    };
    differences.push_back(static_cast<float>(with(before + 0.5f) - with(before - 0.5f)));
    with(before);
  }
  check_near(kind, gradient, differences, 5e-5);
}

}  // namespace

TEST(layer_adapter_gradients) {
  for (const Kind& kind : kinds()) {
    Layer layer(kind);
    layer.value();
    const std::vector<float> dx = layer.backward();
    const auto gradients = layer.gradients();
    check_gradient(layer, kind.name, layer.x, dx, false);
    for (auto& [name, values] : layer.values) {
      check_gradient(layer, kind.name, values, gradients.at(name),
                     name == ".lora_magnitude_vector");
    }
  }
}

// Gradients add up over micro-batches; dx does where it is asked to.
TEST(layer_adapter_gradients_add_up) {
  for (const Kind& kind : kinds()) {
    Layer layer(kind);
    layer.value();
    std::vector<float> once = layer.backward();
    const auto gradients = layer.gradients();
    for (float& value : once) value += 1;
    check_near(kind.name, layer.backward(true, 1.0f), once, 1e-6);
    for (auto [name, values] : gradients) {
      for (float& value : values) value *= 2;
      check_near(kind.name, layer.gradients()[name], values, 1e-5);
    }
  }
}

// y = (merged W) x + merged b, for every kind; without dropout, as when the model is used.
TEST(layer_adapter_computes_what_its_merged_weights_compute) {
  for (const Kind& kind : kinds()) {
    Layer layer(kind);
    layer.pass.dropout = false;
    const std::vector<float> y = layer.forward();
    const Matrix rows = layer.on.matrix(kOut, kIn, layer.w),
                 bias = layer.on.matrix(1, kOut, layer.b);
    // in two blocks, as a large matrix is merged
    layer.adapter->merge_rows(*layer.on.device, rows.first(4), 0);
    layer.adapter->merge_rows(*layer.on.device, rows.slice(4, kOut - 4), 4);
    layer.adapter->merge_bias(*layer.on.device, bias);
    CHECK(layer.on.read(rows) != layer.w);
    Linear merged;
    merged.w = rows;
    merged.bias = bias.floats();
    merged.forward(layer.pass, layer.y, {}, layer.input);
    check_near(kind.name, layer.on.read(layer.y), y, 1e-5);
  }
}

// With its first values an adapter changes nothing.
TEST(layer_adapter_first_values_change_nothing) {
  for (const Kind& kind : kinds()) {
    Layer layer(kind);
    layer.pass.dropout = false;
    layer.adapter->initialise(*layer.on.device, {5, 6});
    layer.adapter->values_changed(*layer.on.device, layer.base);
    for (const TensorSlot& slot : layer.adapter->slots()) {
      layer.values[slot.name] = layer.on.read(slot.values(), slot.elements());
    }
    const std::vector<float> with = layer.forward();
    layer.pass.adapter = false;
    check_near(kind.name, with, layer.forward(), 1e-6);
  }
}

// With the adapter off the base alone answers, and nothing of the adapter is touched.
TEST(layer_adapter_off_is_the_base) {
  for (const Kind& kind : kinds()) {
    Layer layer(kind);
    layer.pass.adapter = false;
    const std::vector<float> y = layer.forward(), dx = layer.backward();
    layer.base.adapter = nullptr;
    CHECK(layer.forward() == y && layer.backward() == dx);
    for (const auto& [name, values] : layer.gradients()) {
      CHECK(values == std::vector<float>(values.size()));
    }
  }
}

// The gradient may overwrite the input it is taken from.
TEST(layer_adapter_backward_in_place) {
  for (const Kind& kind : kinds()) {
    Layer apart(kind), inside(kind);
    apart.value();
    inside.value();
    const std::vector<float> dx = apart.backward();
    inside.on.write(inside.dy, inside.weights);
    inside.base.backward(inside.pass, inside.input, inside.dy, inside.input, inside.kept, false);
    CHECK(inside.on.read(inside.input) == dx && inside.gradients() == apart.gradients());
  }
}

// Checkpointing: what is kept does not depend on whether y is made.
TEST(layer_adapter_keep_without_y) {
  for (const Kind& kind : kinds()) {
    Layer layer(kind);
    if (layer.kept.cols == 0) continue;
    layer.value();
    const std::vector<float> kept = layer.on.read(layer.kept.floats(), layer.kept.elements());
    layer.on.write(layer.kept, std::vector<float>(kept.size()));
    layer.base.keep(layer.pass, layer.kept, layer.input);
    check_near(kind.name, layer.on.read(layer.kept.floats(), layer.kept.elements()), kept, 0);
  }
}

TEST(layer_adapter_masks_differ_by_step_and_by_layer) {
  const auto value = [](uint64_t stream, uint64_t id) {
    Layer layer({"lora", 0.4, [id](const Linear& w) {
                   return std::make_unique<LoraLinear>(w, pair(0.4, false), id);
                 }});
    layer.pass.random.stream = stream;
    return layer.value();
  };
  CHECK(value(1, 1) == value(1, 1));
  CHECK(value(1, 1) != value(2, 1));
  CHECK(value(1, 1) != value(1, 2));
}
