// What is trained, laid out in two groups: what decays and what does not; one update for all of it.
#include "train/parameters.h"

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "check.h"
#include "on_device.h"

using namespace neiro;

namespace {

// Tensors of every kind of slot, with shapes that leave gaps.
struct Tensors {
  Tensors() {
    matrix.rows = 3;
    matrix.cols = 7;
    factors.rows = 5;
    factors.cols = 1;
    TensorSlot linear{"linear", TensorSlot::Kind::kLinear, 3, 7};
    linear.matrix = &matrix;
    linear.gradient = &d_matrix;
    TensorSlot norm{"norm", TensorSlot::Kind::kNorm, 9};
    norm.vector = &norm_values;
    norm.gradient = &d_norm;
    TensorSlot pair{"pair", TensorSlot::Kind::kAdapter, 5, 1};
    pair.matrix = &factors;
    pair.gradient = &d_factors;
    TensorSlot lengths{"lengths", TensorSlot::Kind::kAdapter, 6};
    lengths.vector = &length_values;
    lengths.gradient = &d_lengths;
    slots = {linear, norm, pair, lengths};
    PlannedMemory counting(*on.device);
    Parameters counted;
    counted.place(counting, slots, MemoryCategory::kAdapter);
    totals = counting.totals();
    memory = std::make_unique<PlannedMemory>(*on.device, counting.size());
    parameters.place(*memory, slots, MemoryCategory::kAdapter);
    for (const Parameter& p : parameters.all()) {
      const std::vector<float> ones(static_cast<size_t>(p.size), 1.0f);
      on.device->upload(p.value, ones.data(), p.size);
    }
  }

  std::vector<float> values(size_t i) const {
    return on.read(parameters.all()[i].value, parameters.all()[i].size);
  }
  void set_gradient(size_t i, float value) {
    const Parameter& p = parameters.all()[i];
    const std::vector<float> all(static_cast<size_t>(p.size), value);
    on.device->upload(p.grad, all.data(), p.size);
  }

  OnDevice on;
  Matrix matrix, factors;
  DevicePtr<float> norm_values, length_values, d_matrix, d_norm, d_factors, d_lengths;
  std::vector<TensorSlot> slots;
  MemoryTotals totals;
  std::unique_ptr<PlannedMemory> memory;
  Parameters parameters;
};

AdamW adamw(float decay) {
  AdamW options;
  options.learning_rate = 0.1f;
  options.beta1 = 0.9f;
  options.beta2 = 0.999f;
  options.epsilon = 1e-8f;
  options.weight_decay = decay;
  options.step = 1;
  return options;
}

}  // namespace

TEST(parameters_point_the_slots_at_their_values) {
  Tensors t;
  const std::vector<Parameter>& all = t.parameters.all();
  CHECK(all.size() == 4 && t.parameters.count() == 21 + 9 + 5 + 6);
  CHECK(all[0].name == "linear" && (all[0].shape == std::vector<int64_t>{3, 7}));
  CHECK(t.matrix.floats() == all[0].value && t.d_matrix == all[0].grad);
  CHECK(t.norm_values == all[1].value && t.d_norm == all[1].grad);
  CHECK(t.factors.floats() == all[2].value && t.d_factors == all[2].grad);
  CHECK(t.length_values == all[3].value && t.d_lengths == all[3].grad);
}

// Values, gradients and two moments, of the same size each.
TEST(parameters_take_four_arrays) {
  const Tensors t;
  const auto bytes = [&](MemoryCategory category) {
    return t.totals.bytes[static_cast<int>(category)];
  };
  CHECK(bytes(MemoryCategory::kAdapter) >= t.parameters.count() * 4);
  CHECK(bytes(MemoryCategory::kGradients) == bytes(MemoryCategory::kAdapter));
  CHECK(bytes(MemoryCategory::kOptimizer) == 2 * bytes(MemoryCategory::kAdapter));
}

// Two bytes a value and two numbers a block, in place of eight bytes a value.
TEST(moments_in_bytes_take_a_quarter) {
  const OnDevice on;
  Matrix matrix;
  DevicePtr<float> gradient;
  TensorSlot slot{"linear", TensorSlot::Kind::kLinear, 64, 128};
  slot.matrix = &matrix;
  slot.gradient = &gradient;
  PlannedMemory counting(*on.device);
  Parameters counted;
  counted.place(counting, {slot}, MemoryCategory::kWeights, false, Moments::kBytes);
  const int64_t taken = counting.totals().bytes[static_cast<int>(MemoryCategory::kOptimizer)];
  CHECK(taken == 64 * 128 * 2 + 2 * 32 * 4);
}

// With gradients of zero an update is the decay alone: of matrices and of all of an adapter, but
// not of a model's norms and biases.
TEST(parameters_decay_by_their_kind) {
  Tensors t;
  const DevicePtr<float> whole = t.on.floats({1.0f});
  t.parameters.zero_gradients(*t.on.device);
  t.parameters.update(*t.on.device, adamw(0.5f), whole);
  const float decayed = 1.0f - 0.1f * 0.5f;
  for (const size_t i : {0, 2, 3}) {
    for (const float value : t.values(i)) CHECK_NEAR(value, decayed, 1e-6);
  }
  for (const float value : t.values(1)) CHECK(value == 1.0f);
}

// The first step of Adam is one learning rate against the sign of the gradient.
TEST(parameters_update_every_group) {
  Tensors t;
  const DevicePtr<float> whole = t.on.floats({1.0f});
  for (size_t i = 0; i < 4; ++i) t.set_gradient(i, i % 2 == 0 ? 0.25f : -3.0f);
  t.parameters.update(*t.on.device, adamw(0), whole);
  for (size_t i = 0; i < 4; ++i) {
    for (const float value : t.values(i)) CHECK_NEAR(value, i % 2 == 0 ? 0.9 : 1.1, 1e-5);
  }
}

// A scale that is no number says that there is to be no update: not one bit moves.
TEST(parameters_stay_where_the_step_is_not_finite) {
  Tensors t;
  const DevicePtr<float> none = t.on.floats({NAN});
  for (size_t i = 0; i < 4; ++i) t.set_gradient(i, 1.0f);
  t.parameters.update(*t.on.device, adamw(0.5f), none);
  for (size_t i = 0; i < 4; ++i) {
    for (const float value : t.values(i)) CHECK(value == 1.0f);
  }
}

// One norm over all tensors; the gaps between them count nothing.
TEST(parameters_norm_is_over_all) {
  Tensors t;
  t.parameters.zero_gradients(*t.on.device);
  t.set_gradient(0, 2.0f);
  t.set_gradient(1, -1.0f);
  t.set_gradient(3, 0.5f);
  const DevicePtr<std::byte> place = t.on.device->allocate(sizeof(double));
  t.parameters.gradient_squares(*t.on.device, place.as<double>());
  double squares = 0;
  t.on.device->download(&squares, place.as<double>(), 1);
  CHECK_NEAR(squares, 21 * 4.0 + 9 * 1.0 + 6 * 0.25, 1e-9);
  t.parameters.zero_gradients(*t.on.device);
  t.parameters.gradient_squares(*t.on.device, place.as<double>());
  t.on.device->download(&squares, place.as<double>(), 1);
  CHECK(squares == 0);
}
