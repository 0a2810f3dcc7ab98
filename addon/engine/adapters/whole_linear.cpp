// The layer's own products, with the copy for the base's weights.
#include "adapters/whole_linear.h"

#include <utility>

namespace neiro {

WholeLinear::WholeLinear(const Linear& base, bool bias) : has_bias_(bias) {
  w_.rows = base.out();
  w_.cols = base.in();
}

void WholeLinear::forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix&,
                          const Matrix& x) const {
  pass.linear_forward(y, x, w_, has_bias_ ? DevicePtr<const float>(bias_) : base.bias, 1.0f, false);
}

// dx comes last, it may be x.
void WholeLinear::backward(const Pass& pass, const Linear&, const Matrix& dx, const Matrix& dy,
                           const Matrix& x, const Matrix&, bool accumulate) const {
  const Operations& ops = pass.ops();
  if (dw_) ops.linear_backward_weight(*pass.device, dw_, dy, x, 1.0f);
  if (dbias_) ops.linear_backward_bias(*pass.device, dbias_, dy);
  ops.linear_backward_input(*pass.device, dx, dy, w_, 1.0f, accumulate);
}

void WholeLinear::merge_rows(const Device& device, const Matrix& rows, int64_t first) const {
  device.copy(rows.floats(), w_.slice(first, rows.rows).floats(), rows.elements());
}

void WholeLinear::merge_bias(const Device& device, const Matrix& bias) const {
  if (has_bias_) device.copy(bias.floats(), DevicePtr<const float>(bias_), bias.elements());
}

std::vector<TensorSlot> WholeLinear::slots() {
  std::vector<TensorSlot> slots = {matrix_slot(".weight", w_, dw_)};
  if (has_bias_) {
    TensorSlot bias{".bias", TensorSlot::Kind::kAdapter, w_.rows};
    bias.vector = &bias_;
    bias.gradient = &dbias_;
    slots.push_back(std::move(bias));
  }
  return slots;
}

void WholeLinear::base_loaded(const Device& device, const Linear& base) {
  device.ops().matrix_rows(device, w_, base.w, 0);
  if (has_bias_) device.copy(bias_, DevicePtr<const float>(base.bias), w_.rows);
}

}  // namespace neiro
