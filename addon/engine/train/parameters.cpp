// Two groups, four arrays each.
#include "train/parameters.h"

namespace neiro {
namespace {

constexpr int64_t kFloats = 16;  // in 64 bytes

int64_t rounded(int64_t n) { return (n + kFloats - 1) / kFloats * kFloats; }

bool always_decays(const TensorSlot& slot) {
  return slot.matrix != nullptr || slot.kind == TensorSlot::Kind::kAdapter ||
         slot.kind == TensorSlot::Kind::kTable;
}

}  // namespace

void Parameters::place(PlannedMemory& memory, const std::vector<TensorSlot>& slots,
                       MemoryCategory values, bool all) {
  const auto decays = [&](const TensorSlot& slot) { return all || always_decays(slot); };
  groups_[0].decays = true;
  for (Group& group : groups_) {
    for (const TensorSlot& slot : slots) {
      if (decays(slot) == group.decays) group.size += rounded(slot.elements());
    }
    group.value = memory.take<float>(values, group.size);
    group.grad = memory.take<float>(MemoryCategory::kGradients, group.size);
    group.m = memory.take<float>(MemoryCategory::kOptimizer, group.size);
    group.v = memory.take<float>(MemoryCategory::kOptimizer, group.size);
  }
  const auto at = [](DevicePtr<float> base, int64_t offset) {
    return base ? base + offset : base;  // null while counting
  };
  int64_t offsets[2] = {0, 0};
  for (const TensorSlot& slot : slots) {
    const int which = decays(slot) ? 0 : 1;
    const Group& group = groups_[which];
    const int64_t offset = offsets[which];
    Parameter parameter;
    parameter.name = slot.name;
    parameter.shape = slot.shape();
    parameter.size = slot.elements();
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
  for (const Group& group : groups_) device.zero(group.grad, group.size);
}

void Parameters::gradient_squares(const Device& device, DevicePtr<double> squares) const {
  device.zero(squares, 1);
  for (const Group& group : groups_) {
    if (group.size > 0) device.ops().sum_of_squares(device, squares, group.grad, group.size);
  }
}

void Parameters::update(const Device& device, const AdamW& adamw,
                        DevicePtr<const float> grad_scale) const {
  for (const Group& group : groups_) {
    AdamW own = adamw;
    if (!group.decays) own.weight_decay = 0;
    if (group.size == 0) continue;
    device.ops().adamw(device, group.value, group.m, group.v, group.grad, group.size, own,
                       grad_scale);
  }
}

}  // namespace neiro
