// One adapted layer: its formula, and its gradients against finite differences, with and without
// dropout.
#include "adapters/lora_linear.h"

#include <cmath>
#include <functional>
#include <vector>

#include "check.h"
#include "core/random.h"

using namespace neiro;

namespace {

constexpr int64_t T = 5, kIn = 7, kOut = 11, kRank = 3;

std::vector<float> noise(int64_t n, uint64_t number) {
  std::vector<float> x(static_cast<size_t>(n));
  fill_normal(x.data(), n, 0.5f, {9, number});
  return x;
}

struct Layer {
  explicit Layer(float dropout) : lora(kOut, kIn, kRank, 0.7f, dropout, 42), pool(2) {
    base.w = {DType::kF32, kOut, kIn, w.data(), {}};
    base.adapter = &lora;
    lora.a.data = a.data();
    lora.b.data = b.data();
    lora.da = da.data();
    lora.db = db.data();
    lora.scratch = {dropped.data(), d_kept.data()};
    device.ops = &cpu_backend("scalar");
    device.pool = &pool;
    scratch.resize(static_cast<size_t>(device.ops->scratch_bytes(2, 64, 64)) + 64);
    device.scratch = scratch.data() + 64 - reinterpret_cast<uintptr_t>(scratch.data()) % 64;
    pass.device = &device;
    pass.dropout = dropout > 0;
    pass.random = {3, 4};
  }

  // sum of weights * y: a scalar whose gradient by y is `weights`
  double value() {
    std::vector<float> y(T * kOut);
    base.forward(pass, y.data(), kept.data(), x.data(), T);
    double sum = 0;
    for (size_t i = 0; i < y.size(); ++i) sum += static_cast<double>(weights[i]) * y[i];
    return sum;
  }

  std::vector<float> w = noise(kOut * kIn, 0), a = noise(kRank * kIn, 1),
                     b = noise(kOut * kRank, 2);
  std::vector<float> x = noise(T * kIn, 3), weights = noise(T * kOut, 4);
  std::vector<float> da = std::vector<float>(kRank * kIn), db = std::vector<float>(kOut * kRank);
  std::vector<float> dropped = std::vector<float>(T * kIn), d_kept = std::vector<float>(T * kRank);
  std::vector<float> kept = std::vector<float>(T * kRank);
  std::vector<unsigned char> scratch;
  Linear base;
  LoraLinear lora;
  ThreadPool pool;
  Device device;
  Pass pass;
};

// y is linear in each of x, A and B, so a large difference is as exact as a small one.
void check_gradient(Layer& layer, std::vector<float>& at, const std::vector<float>& gradient) {
  for (size_t i = 0; i < at.size(); ++i) {
    const float kept = at[i];
    at[i] = kept + 0.5f;
    const double above = layer.value();
    at[i] = kept - 0.5f;
    const double below = layer.value();
    at[i] = kept;
    CHECK_NEAR(gradient[i], above - below, 2e-5);
  }
}

void check_layer(float dropout) {
  Layer layer(dropout);
  layer.value();
  std::vector<float> dx(T * kIn, 100.0f);
  layer.base.backward(layer.pass, dx.data(), layer.weights.data(), layer.x.data(),
                      layer.kept.data(), T, false);
  check_gradient(layer, layer.x, dx);
  check_gradient(layer, layer.a, layer.da);
  check_gradient(layer, layer.b, layer.db);
}

}  // namespace

TEST(lora_linear_is_its_formula) {
  Layer layer(0);
  std::vector<float> y(T * kOut);
  layer.base.forward(layer.pass, y.data(), layer.kept.data(), layer.x.data(), T);
  for (int64_t t = 0; t < T; ++t) {
    for (int64_t o = 0; o < kOut; ++o) {
      double sum = 0;
      for (int64_t i = 0; i < kIn; ++i) {
        double w = layer.w[static_cast<size_t>(o * kIn + i)];
        for (int64_t r = 0; r < kRank; ++r) {
          w += 0.7 * layer.b[static_cast<size_t>(o * kRank + r)] *
               layer.a[static_cast<size_t>(r * kIn + i)];
        }
        sum += w * layer.x[static_cast<size_t>(t * kIn + i)];
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
  std::vector<float> with(T * kOut), without(T * kOut), dx(T * kIn), base_dx(T * kIn);
  layer.base.forward(layer.pass, with.data(), layer.kept.data(), layer.x.data(), T);
  layer.base.backward(layer.pass, dx.data(), layer.weights.data(), layer.x.data(),
                      layer.kept.data(), T, false);
  Linear alone = layer.base;
  alone.adapter = nullptr;
  alone.forward(layer.pass, without.data(), nullptr, layer.x.data(), T);
  alone.backward(layer.pass, base_dx.data(), layer.weights.data(), layer.x.data(), nullptr, T,
                 false);
  CHECK(with == without && dx == base_dx);
  CHECK(layer.da == std::vector<float>(kRank * kIn));
}

// The gradient may overwrite the input it is taken from.
TEST(lora_linear_backward_in_place) {
  for (const float dropout : {0.0f, 0.4f}) {
    Layer apart(dropout), inside(dropout);
    apart.value();
    inside.value();
    std::vector<float> dx(T * kIn);
    apart.base.backward(apart.pass, dx.data(), apart.weights.data(), apart.x.data(),
                        apart.kept.data(), T, false);
    inside.base.backward(inside.pass, inside.x.data(), inside.weights.data(), inside.x.data(),
                         inside.kept.data(), T, false);
    CHECK(inside.x == dx && inside.da == apart.da && inside.db == apart.db);
  }
}

// Checkpointing: what is kept does not depend on whether y is made.
TEST(lora_linear_keep_without_y) {
  Layer layer(0.4f);
  layer.value();
  const std::vector<float> kept = layer.kept;
  layer.kept.assign(kept.size(), 0.0f);
  layer.base.keep(layer.pass, layer.kept.data(), layer.x.data(), T);
  CHECK(layer.kept == kept);
}

TEST(lora_linear_masks_differ_by_step_and_by_layer) {
  const auto value = [](uint64_t stream, uint64_t id) {
    Layer layer(0.4f);
    layer.lora = LoraLinear(kOut, kIn, kRank, 0.7f, 0.4f, id);
    layer.lora.a.data = layer.a.data();
    layer.lora.b.data = layer.b.data();
    layer.lora.scratch = {layer.dropped.data(), layer.d_kept.data()};
    layer.pass.random.stream = stream;
    return layer.value();
  };
  CHECK(value(1, 1) == value(1, 1));
  CHECK(value(1, 1) != value(2, 1) && value(1, 1) != value(1, 2));
}
