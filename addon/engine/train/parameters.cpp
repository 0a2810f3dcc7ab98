// Two groups, four arrays each.
#include "train/parameters.h"

#include <algorithm>
#include <cmath>

namespace neiro {
namespace {

constexpr int64_t kFloats = 16;  // in 64 bytes

int64_t rounded(int64_t n) { return (n + kFloats - 1) / kFloats * kFloats; }

bool is_matrix(const TensorSlot& slot) { return slot.matrix != nullptr; }

}  // namespace

void Parameters::place(Arena& arena, const std::vector<TensorSlot>& slots, MemoryCategory values) {
  groups_[0].decays = true;
  for (Group& group : groups_) {
    for (const TensorSlot& slot : slots) {
      if (is_matrix(slot) == group.decays) group.size += rounded(slot.elements());
    }
    group.value = arena.take<float>(values, group.size);
    group.grad = arena.take<float>(MemoryCategory::kGradients, group.size);
    group.m = arena.take<float>(MemoryCategory::kOptimizer, group.size);
    group.v = arena.take<float>(MemoryCategory::kOptimizer, group.size);
  }
  const bool counting = arena.counting();
  const auto at = [&](float* base, int64_t offset) { return counting ? nullptr : base + offset; };
  int64_t offsets[2] = {0, 0};
  for (const TensorSlot& slot : slots) {
    const int which = is_matrix(slot) ? 0 : 1;
    const Group& group = groups_[which];
    const int64_t offset = offsets[which];
    Parameter parameter{slot.name, slot.shape(), slot.elements()};
    parameter.value = at(group.value, offset);
    parameter.grad = at(group.grad, offset);
    parameter.m = at(group.m, offset);
    parameter.v = at(group.v, offset);
    slot.set_values(parameter.value);
    *slot.gradient = parameter.grad;
    offsets[which] += rounded(slot.elements());
    count_ += slot.elements();
    all_.push_back(std::move(parameter));
  }
}

void Parameters::zero_gradients(const Device& device) const {
  for (const Group& group : groups_) {
    device.pool->parallel_for(group.size, [&](int64_t begin, int64_t end, int) {
      std::fill(group.grad + begin, group.grad + end, 0.0f);
    });
  }
}

double Parameters::gradient_norm(const Device& device) const {
  double squares = 0;
  for (const Group& group : groups_) {
    if (group.size > 0) squares += device.ops->sum_of_squares(device, group.grad, group.size);
  }
  return std::sqrt(squares);
}

void Parameters::update(const Device& device, const AdamW& adamw) const {
  for (const Group& group : groups_) {
    AdamW own = adamw;
    if (!group.decays) own.weight_decay = 0;
    if (group.size > 0) {
      device.ops->adamw(device, group.value, group.m, group.v, group.grad, group.size, own);
    }
  }
}

}  // namespace neiro
