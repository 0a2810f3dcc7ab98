// Factors on columns, around one product.
#include "adapters/ia3_linear.h"

namespace neiro {
namespace {

void set_ones(const Device& device, const Matrix& l) {
  const std::vector<float> ones(static_cast<size_t>(l.elements()), 1.0f);
  device.upload(l.floats(), ones.data(), l.elements());
}

}  // namespace

Ia3Output::Ia3Output(const Linear& base) {
  l_.rows = base.out();
  l_.cols = 1;
}

void Ia3Output::forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
                        const Matrix& x) const {
  keep(pass, base, kept, x);
  pass.ops().scale_columns(*pass.device, y, kept, l_.floats(), nullptr, false);
}

void Ia3Output::add(const Pass& pass, const Linear&, const Matrix& y, const Matrix&,
                    const Matrix&) const {
  pass.ops().scale_columns(*pass.device, y, y, l_.floats(), nullptr, false);
}

void Ia3Output::keep(const Pass& pass, const Linear& base, const Matrix& kept,
                     const Matrix& x) const {
  base.base_forward(pass, kept, x);
}

// dl += sum over T of dy * (W x + b),  dx = (l * dy) W
void Ia3Output::backward(const Pass& pass, const Linear& base, const Matrix& dx, const Matrix& dy,
                         const Matrix& x, const Matrix& kept, bool accumulate) const {
  const Operations& ops = pass.ops();
  const Matrix d_base = part_of(scratch_, 0, x.rows, l_.rows);
  ops.scale_columns_backward(*pass.device, dl_, dy, kept);
  ops.scale_columns(*pass.device, d_base, dy, l_.floats(), nullptr, false);
  base.base_backward(pass, dx, d_base, x, accumulate);
}

void Ia3Output::merge_rows(const Device& device, const Matrix& rows, int64_t first) const {
  device.ops().scale_rows(device, rows, rows, l_.floats() + first);
}

void Ia3Output::merge_bias(const Device& device, const Matrix& bias) const {
  device.ops().scale_columns(device, bias, bias, l_.floats(), nullptr, false);
}

std::vector<TensorSlot> Ia3Output::slots() { return {matrix_slot(".ia3_l", l_, dl_)}; }

void Ia3Output::initialise(const Device& device, PhiloxKey) { set_ones(device, l_); }

Ia3Input::Ia3Input(const Linear& base) {
  l_.rows = 1;
  l_.cols = base.in();
}

void Ia3Input::forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix&,
                       const Matrix& x) const {
  const Matrix scaled = part_of(scratch_, 0, x.rows, l_.cols);
  pass.ops().scale_columns(*pass.device, scaled, x, l_.floats(), nullptr, false);
  base.base_forward(pass, y, scaled);
}

// With g = dy W:  dl += sum over T of g * x,  dx = l * g. dx comes last, it may be x.
void Ia3Input::backward(const Pass& pass, const Linear& base, const Matrix& dx, const Matrix& dy,
                        const Matrix& x, const Matrix&, bool accumulate) const {
  const Operations& ops = pass.ops();
  const Matrix g = part_of(scratch_, 0, x.rows, l_.cols);
  base.base_backward(pass, g, dy, x, false);
  ops.scale_columns_backward(*pass.device, dl_, g, x);
  ops.scale_columns(*pass.device, dx, g, l_.floats(), nullptr, accumulate);
}

void Ia3Input::merge_rows(const Device& device, const Matrix& rows, int64_t) const {
  device.ops().scale_columns(device, rows, rows, l_.floats(), nullptr, false);
}

std::vector<TensorSlot> Ia3Input::slots() { return {matrix_slot(".ia3_l", l_, dl_)}; }

void Ia3Input::initialise(const Device& device, PhiloxKey) { set_ones(device, l_); }

}  // namespace neiro
