// One adapted layer: its formula, and its gradients against finite differences, with and without
// dropout.
#include "adapters/lora_linear.h"

#include <cmath>
#include <vector>

#include "check.h"
#include "core/random.h"
#include "on_device.h"

using namespace neiro;

namespace {

constexpr int64_t T = 5, kIn = 7, kOut = 11, kRank = 3;

std::vector<float> noise(int64_t n, uint64_t number) {
  std::vector<float> x(static_cast<size_t>(n));
  fill_normal(x.data(), n, 0.5f, {9, number});
  return x;
}

struct Layer {
  explicit Layer(float dropout, uint64_t id = 42) : lora(kOut, kIn, kRank, 0.7f, dropout, id) {
    base.w = on.matrix(kOut, kIn, w);
    base.adapter = &lora;
    lora.a = on.matrix(kRank, kIn, noise(kRank * kIn, 1));
    lora.b = on.matrix(kOut, kRank, noise(kOut * kRank, 2));
    lora.da = on.floats(std::vector<float>(kRank * kIn));
    lora.db = on.floats(std::vector<float>(kOut * kRank));
    lora.scratch = {on.matrix(T, kIn), on.matrix(T, kRank)};
    pass.device = on.device.get();
    pass.dropout = dropout > 0;
    pass.random = {3, 4};
  }

  std::vector<float> forward() {
    base.forward(pass, y, kept, x);
    return on.read(y);
  }
  // sum of weights * y: a scalar whose gradient by y is `weights`
  double value() {
    const std::vector<float> out = forward();
    double sum = 0;
    for (size_t i = 0; i < out.size(); ++i) sum += static_cast<double>(weights[i]) * out[i];
    return sum;
  }
  // The gradient of value() by x, into `dx`.
  void backward(const Matrix& dx) { base.backward(pass, dx, dy, x, kept, false); }
  std::vector<float> da() { return on.read(lora.da, kRank * kIn); }
  std::vector<float> db() { return on.read(lora.db, kOut * kRank); }

  OnDevice on;
  std::vector<float> w = noise(kOut * kIn, 0), weights = noise(T * kOut, 4);
  Matrix x = on.matrix(T, kIn, noise(T* kIn, 3));
  Matrix dx = on.matrix(T, kIn, 100.0f);
  Matrix y = on.matrix(T, kOut);
  Matrix dy = on.matrix(T, kOut, weights);
  Matrix kept = on.matrix(T, kRank);
  Linear base;
  LoraLinear lora;
  Pass pass;
};

// y is linear in each of x, A and B, so a large difference is as exact as a small one.
void check_gradient(Layer& layer, const Matrix& at, const std::vector<float>& gradient) {
  std::vector<float> values = layer.on.read(at);
  for (size_t i = 0; i < values.size(); ++i) {
    const float kept = values[i];
    const auto value_with = [&](float value) {
      values[i] = value;
      layer.on.write(at, values);
      return layer.value();
    };
    const double above = value_with(kept + 0.5f);
    const double below = value_with(kept - 0.5f);
    value_with(kept);
    CHECK_NEAR(gradient[i], above - below, 2e-5);
  }
}

void check_layer(float dropout) {
  Layer layer(dropout);
  layer.value();
  layer.backward(layer.dx);
  check_gradient(layer, layer.x, layer.on.read(layer.dx));
  check_gradient(layer, layer.lora.a, layer.da());
  check_gradient(layer, layer.lora.b, layer.db());
}

}  // namespace

TEST(lora_linear_is_its_formula) {
  Layer layer(0);
  const std::vector<float> y = layer.forward(), x = layer.on.read(layer.x);
  const std::vector<float> a = layer.on.read(layer.lora.a), b = layer.on.read(layer.lora.b);
  for (int64_t t = 0; t < T; ++t) {
    for (int64_t o = 0; o < kOut; ++o) {
      double sum = 0;
      for (int64_t i = 0; i < kIn; ++i) {
        double w = layer.w[static_cast<size_t>(o * kIn + i)];
        for (int64_t r = 0; r < kRank; ++r) {
          w += 0.7 * b[static_cast<size_t>(o * kRank + r)] * a[static_cast<size_t>(r * kIn + i)];
        }
        sum += w * x[static_cast<size_t>(t * kIn + i)];
      }
      CHECK_NEAR(y[static_cast<size_t>(t * kOut + o)], sum, 1e-5);
    }
  }
}

TEST(lora_linear_gradients) { check_layer(0); }
TEST(lora_linear_gradients_with_dropout) { check_layer(0.4f); }

// With the adapter off the base alone answers, and nothing of the adapter is touched.
TEST(lora_linear_off_is_the_base) {
  Layer layer(0.3f);
  layer.pass.adapter = false;
  const std::vector<float> with = layer.forward();
  layer.backward(layer.dx);
  const std::vector<float> dx = layer.on.read(layer.dx);
  layer.base.adapter = nullptr;
  layer.kept = {};
  CHECK(layer.forward() == with);
  layer.backward(layer.dx);
  CHECK(layer.on.read(layer.dx) == dx);
  CHECK(layer.da() == std::vector<float>(kRank * kIn));
}

// The gradient may overwrite the input it is taken from.
TEST(lora_linear_backward_in_place) {
  for (const float dropout : {0.0f, 0.4f}) {
    Layer apart(dropout), inside(dropout);
    apart.value();
    inside.value();
    apart.backward(apart.dx);
    inside.backward(inside.x);
    CHECK(inside.on.read(inside.x) == apart.on.read(apart.dx));
    CHECK(inside.da() == apart.da() && inside.db() == apart.db());
  }
}

// Checkpointing: what is kept does not depend on whether y is made.
TEST(lora_linear_keep_without_y) {
  Layer layer(0.4f);
  layer.value();
  const std::vector<float> kept = layer.on.read(layer.kept);
  layer.on.write(layer.kept, std::vector<float>(kept.size()));
  layer.base.keep(layer.pass, layer.kept, layer.x);
  CHECK(layer.on.read(layer.kept) == kept);
}

TEST(lora_linear_masks_differ_by_step_and_by_layer) {
  const auto value = [](uint64_t stream, uint64_t id) {
    Layer layer(0.4f, id);
    layer.pass.random.stream = stream;
    return layer.value();
  };
  CHECK(value(1, 1) == value(1, 1));
  CHECK(value(1, 1) != value(2, 1) && value(1, 1) != value(1, 2));
}
