// One vector added to the rows, and summed over them on the way back.
#include "adapters/biased_linear.h"

#include <utility>

#include "backend/transfer.h"

namespace neiro {

BiasedLinear::BiasedLinear(const Linear& base, std::unique_ptr<LayerAdapter> inner)
    : inner_(std::move(inner)), size_(base.out()) {}

void BiasedLinear::shift(const Pass& pass, const Matrix& y) const {
  pass.ops().scale_columns(*pass.device, y, y, ones_, difference_, false);
}

void BiasedLinear::forward(const Pass& pass, const Linear& base, const Matrix& y,
                           const Matrix& kept, const Matrix& x) const {
  if (inner_) {
    inner_->forward(pass, base, y, kept, x);
  } else {
    base.base_forward(pass, y, x);
  }
  shift(pass, y);
}

void BiasedLinear::add(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
                       const Matrix& x) const {
  if (inner_) inner_->add(pass, base, y, kept, x);
  shift(pass, y);
}

void BiasedLinear::keep(const Pass& pass, const Linear& base, const Matrix& kept,
                        const Matrix& x) const {
  if (inner_) inner_->keep(pass, base, kept, x);
}

void BiasedLinear::backward(const Pass& pass, const Linear& base, const Matrix& dx,
                            const Matrix& dy, const Matrix& x, const Matrix& kept,
                            bool accumulate) const {
  if (d_bias_) pass.ops().linear_backward_bias(*pass.device, d_bias_, dy);
  if (inner_) return inner_->backward(pass, base, dx, dy, x, kept, accumulate);
  base.base_backward(pass, dx, dy, x, accumulate);
}

void BiasedLinear::merge_rows(const Device& device, const Matrix& rows, int64_t first) const {
  if (inner_) inner_->merge_rows(device, rows, first);
}

void BiasedLinear::merge_bias(const Device& device, const Matrix& bias) const {
  device.copy(bias.floats(), bias_, size_);
}

std::vector<TensorSlot> BiasedLinear::slots() {
  std::vector<TensorSlot> slots = inner_ ? inner_->slots() : std::vector<TensorSlot>{};
  // PEFT moves what it wraps by a name.
  TensorSlot slot{inner_ ? ".base_layer.bias" : ".bias", TensorSlot::Kind::kAdapter, size_};
  slot.vector = &bias_;
  slot.gradient = &d_bias_;
  slots.push_back(std::move(slot));
  return slots;
}

void BiasedLinear::place(PlannedMemory& memory) {
  if (inner_) inner_->place(memory);
  difference_ = memory.take<float>(MemoryCategory::kAdapter, size_);
  ones_ = memory.take<float>(MemoryCategory::kAdapter, size_);
}

void BiasedLinear::initialise(const Device& device, PhiloxKey key) {
  if (inner_) inner_->initialise(device, key);
}

void BiasedLinear::base_loaded(const Device& device, const Linear& base) {
  if (inner_) inner_->base_loaded(device, base);
  device.copy(bias_, DevicePtr<const float>(base.bias), size_);
  const std::vector<float> ones(static_cast<size_t>(size_), 1.0f);
  device.upload(ones_, ones.data(), size_);
}

void BiasedLinear::values_changed(const Device& device, const Linear& base) {
  if (inner_) inner_->values_changed(device, base);
  const auto row = [&](DevicePtr<float> values) {
    return Matrix{DType::kF32, 1, size_, values.as<std::byte>(), {}};
  };
  // b' - b = b' + (-1) * b
  device.copy(difference_, DevicePtr<const float>(base.bias), size_);
  device.ops().scale(device, row(difference_), -1.0f);
  device.ops().add(device, row(difference_), row(bias_));
}

std::vector<SavedValues> BiasedLinear::saved(const Device& device) {
  std::vector<SavedValues> all = inner_ ? inner_->saved(device) : std::vector<SavedValues>{};
  if (all.empty()) return all;
  const DevicePtr<const float> values = bias_;
  all.push_back({".base_layer.bias", {size_}, downloaded(device, values, size_)});
  return all;
}

}  // namespace neiro
