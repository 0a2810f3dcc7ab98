// Groups of arrays.
#include "train/parameters.h"

#include <iterator>
#include <type_traits>

#include "backend/transfer.h"

namespace neiro {
namespace {

constexpr int64_t kFloats = 16;  // in 64 bytes

int64_t rounded(int64_t n) { return (n + kFloats - 1) / kFloats * kFloats; }

bool always_decays(const TensorSlot& slot) {
  return slot.matrix != nullptr || slot.kind == TensorSlot::Kind::kAdapter ||
         slot.kind == TensorSlot::Kind::kTable;
}

bool is_linear(const TensorSlot& slot) {
  return slot.kind == TensorSlot::Kind::kLinear || slot.kind == TensorSlot::Kind::kExpert;
}

// As PEFT's LoRA+ (Hayou et al. 2024): B, and of an adapter whatever is a vector.
bool has_own_rate(const TensorSlot& slot) {
  if (slot.kind != TensorSlot::Kind::kAdapter) return false;
  return slot.cols == 0 || slot.name.find("lora_B") != std::string::npos ||
         slot.name.find("lora_embedding_B") != std::string::npos;
}

// What stays zero, in values or gradients.
void clear_zeros(const Device& device, const Parameter& parameter, DevicePtr<float> values) {
  if (!parameter.stays) return;
  Matrix column;
  column.rows = parameter.size;
  column.cols = 1;
  column.data = values.as<std::byte>();
  device.ops().scale_rows(device, column, column, parameter.stays);
}

ByteMoments place_bytes(PlannedMemory& memory, int64_t n) {
  constexpr MemoryCategory kCategory = MemoryCategory::kOptimizer;
  const int64_t blocks = moment_blocks(n);
  ByteMoments moments;
  moments.m = memory.take<uint8_t>(kCategory, n);
  moments.v = memory.take<uint8_t>(kCategory, n);
  moments.m_absmax = memory.take<float>(kCategory, blocks);
  moments.v_absmax = memory.take<float>(kCategory, blocks);
  return moments;
}

}  // namespace

void Parameters::place(PlannedMemory& memory, const std::vector<TensorSlot>& slots,
                       MemoryCategory values, bool all, Moments moments) {
  const auto group_of = [&](const TensorSlot& slot) -> size_t {
    const bool in_bytes = moments == Moments::kBytes && slot.elements() >= kLeastInBytes;
    const size_t first = in_bytes ? kKinds : 0;
    // Without a gradient what is left of it never moves.
    if (slot.kind == TensorSlot::Kind::kConstant) return first + 1;
    if (has_own_rate(slot)) return first + 2;
    return first + (all || always_decays(slot) ? 0 : 1);
  };
  for (size_t i = 0; i < std::size(groups_); ++i) {
    Group& group = groups_[i];
    group.decays = i % kKinds != 1;
    group.own_rate = i % kKinds == 2;
    group.in_bytes = i >= kKinds;
    for (const TensorSlot& slot : slots) {
      if (group_of(slot) == i) group.size += rounded(slot.elements());
    }
    group.value = memory.take<float>(values, group.size);
    group.grad = memory.take<float>(MemoryCategory::kGradients, group.size);
    if (group.in_bytes) continue;
    group.m = memory.take<float>(MemoryCategory::kOptimizer, group.size);
    group.v = memory.take<float>(MemoryCategory::kOptimizer, group.size);
  }
  const auto at = [](DevicePtr<float> base, int64_t offset) {
    return base ? base + offset : base;  // null while counting
  };
  int64_t offsets[std::extent_v<decltype(groups_)>] = {};
  for (const TensorSlot& slot : slots) {
    const size_t which = group_of(slot);
    Group& group = groups_[which];
    const int64_t offset = offsets[which];
    Parameter parameter;
    parameter.name = slot.name;
    parameter.shape = slot.shape();
    parameter.size = slot.elements();
    parameter.value = at(group.value, offset);
    parameter.grad = at(group.grad, offset);
    parameter.in_bytes = group.in_bytes;
    parameter.linear = is_linear(slot);
    if (group.in_bytes) {
      parameter.bytes = place_bytes(memory, parameter.size);
      group.tensors.push_back(all_.size());
    } else {
      parameter.m = at(group.m, offset);
      parameter.v = at(group.v, offset);
    }
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

void Parameters::keep_zeros(PlannedMemory& memory) {
  for (Parameter& parameter : all_) {
    if (!parameter.linear) continue;
    parameter.stays = memory.take<float>(MemoryCategory::kWeights, parameter.size);
  }
}

void Parameters::look_for_zeros(const Device& device) const {
  for (const Parameter& parameter : all_) {
    if (!parameter.stays) continue;
    std::vector<float> values = downloaded(device, parameter.value, parameter.size);
    for (float& value : values) value = value == 0 ? 0.0f : 1.0f;
    device.upload(parameter.stays, values.data(), parameter.size);
  }
}

void Parameters::gradient_squares(const Device& device, DevicePtr<double> squares) const {
  for (const Parameter& parameter : all_) clear_zeros(device, parameter, parameter.grad);
  device.zero(squares, 1);
  for (const Group& group : groups_) {
    if (group.size > 0) device.ops().sum_of_squares(device, squares, group.grad, group.size);
  }
}

void Parameters::update(const Device& device, const AdamW& adamw, DevicePtr<const float> grad_scale,
                        double ratio) const {
  for (const Group& group : groups_) {
    AdamW own = adamw;
    if (!group.decays) own.weight_decay = 0;
    if (group.own_rate) own.learning_rate = static_cast<float>(adamw.learning_rate * ratio);
    if (group.size == 0) continue;
    if (!group.in_bytes) {
      device.ops().adamw(device, group.value, group.m, group.v, group.grad, group.size, own,
                         grad_scale);
    }
    for (const size_t i : group.tensors) {
      const Parameter& p = all_[i];
      device.ops().adamw_8bit(device, p.value, p.bytes, p.grad, p.size, own, grad_scale);
    }
  }
  // Moments of before they were zero would move them.
  for (const Parameter& parameter : all_) clear_zeros(device, parameter, parameter.value);
}

}  // namespace neiro
