// Two products of the base where there is dropout, one where there is none.
#include "adapters/dora_linear.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "backend/transfer.h"

namespace neiro {

void DoraLinear::forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
                         const Matrix& x) const {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const Matrix v = product(kept);
  if (!pair_.drops(pass)) {
    keep(pass, base, kept, x);
    ops.scale_columns(device, y, v, factor_, base.bias, false);
    return;
  }
  const Matrix input = pair_.input(pass, dropped(x.rows), x);
  const Matrix added = rows(x.rows);
  pair_.down(pass, low(kept), input);
  base.base_forward(pass, y, x);
  base.base_product(pass, v, input);
  ops.scale_columns(device, y, v, factor_less_one_, nullptr, true);
  pair_.up(pass, added, low(kept), false);
  ops.scale_columns(device, y, added, factor_, nullptr, true);
  pair_.up(pass, v, low(kept), true);  // by the same sums as keep()
}

void DoraLinear::keep(const Pass& pass, const Linear& base, const Matrix& kept,
                      const Matrix& x) const {
  const Matrix input = pair_.input(pass, dropped(x.rows), x);
  pair_.down(pass, low(kept), input);
  base.base_product(pass, product(kept), input);
  pair_.up(pass, product(kept), low(kept), true);
}

// dm += sum over T of dy * V dropout(x) / |V|;  the pair's gradients from k * dy;
// dx = (k * dy) V, and with dropout dy W + dropout(((k - 1) * dy) W + scale * (k * dy) B A).
// dx comes last, it may be x.
void DoraLinear::backward(const Pass& pass, const Linear& base, const Matrix& dx, const Matrix& dy,
                          const Matrix& x, const Matrix& kept, bool accumulate) const {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const Matrix scaled = rows(x.rows), d_input = dropped(x.rows);
  ops.scale_columns(device, scaled, dy, inverse_norm_, nullptr, false);
  ops.scale_columns_backward(device, d_magnitude_, scaled, product(kept));
  ops.scale_columns(device, scaled, dy, factor_, nullptr, false);
  pair_.backward(pass, d_kept(x.rows), scaled, low(kept), pair_.input(pass, d_input, x));
  if (!pair_.drops(pass)) {
    base.base_backward(pass, dx, scaled, x, accumulate);
    pair_.backward_input(pass, dx, d_kept(x.rows), true);
    return;
  }
  ops.scale_columns(device, scaled, dy, factor_less_one_, nullptr, false);
  base.base_backward(pass, d_input, scaled, x, false);
  pair_.backward_input(pass, d_input, d_kept(x.rows), true);
  pair_.backward_dropout(pass, d_input);
  base.base_backward(pass, dx, dy, x, accumulate);
  ops.add(device, dx, d_input);
}

void DoraLinear::merge_rows(const Device& device, const Matrix& rows, int64_t first) const {
  pair_.add_rows(device, rows, first);
  device.ops().scale_rows(device, rows, rows, factor_ + first);
}

std::vector<TensorSlot> DoraLinear::slots() {
  std::vector<TensorSlot> slots = pair_.slots();
  TensorSlot slot{".lora_magnitude_vector", TensorSlot::Kind::kAdapter, pair_.out()};
  slot.vector = &magnitude_;
  slot.gradient = &d_magnitude_;
  slots.push_back(std::move(slot));
  return slots;
}

void DoraLinear::place(PlannedMemory& memory) {
  for (DevicePtr<float>* part : {&squares_, &inverse_norm_, &factor_, &factor_less_one_}) {
    *part = memory.take<float>(MemoryCategory::kAdapter, pair_.out());
  }
}

int64_t DoraLinear::scratch_values(int64_t T) const {
  const int64_t passes = aligned_end(aligned_end(0, T * pair_.rank()), T * pair_.out()) +
                         (pair_.has_dropout() ? T * pair_.in() : 0);
  const int64_t norms = aligned_end(0, pair_.rank() * pair_.rank()) + pair_.rank() * pair_.out();
  return std::max(passes, norms);
}

void DoraLinear::initialise(const Device& device, PhiloxKey key) {
  pair_.initialise(device, key);
  std::vector<float> lengths = downloaded(device, squares_, pair_.out());
  for (float& length : lengths) length = std::sqrt(length);
  device.upload(magnitude_, lengths.data(), pair_.out());
}

void DoraLinear::base_loaded(const Device& device, const Linear& base) {
  device.ops().row_squares(device, squares_, base.w);
}

// |V|^2 = |W|^2 + 2 scale * B (A W^T) + scale^2 * B (A A^T) B^T by row: W is read by one product of
// `rank` rows, and V is never made.
void DoraLinear::values_changed(const Device& device, const Linear& base) {
  const Operations& ops = device.ops();
  const int64_t rank = pair_.rank();
  const Matrix gram = part_of(scratch_, 0, rank, rank);
  const Matrix across = part_of(scratch_, aligned_end(0, rank * rank), rank, pair_.out());
  ops.linear_forward(device, gram, pair_.a(), pair_.a(), nullptr, 1.0f, false);
  ops.linear_forward(device, across, pair_.a(), base.w, nullptr, 1.0f, false);
  const DoraRows made{inverse_norm_, factor_, factor_less_one_};
  ops.dora_factors(device, made, magnitude_, squares_, pair_.b(), across, gram, pair_.scale());
}

Matrix DoraLinear::low(const Matrix& kept) const {
  return part_of(kept, 0, kept.rows, pair_.rank());
}

Matrix DoraLinear::product(const Matrix& kept) const {
  return part_of(kept, kept.rows * pair_.rank(), kept.rows, pair_.out());
}

Matrix DoraLinear::d_kept(int64_t T) const { return part_of(scratch_, 0, T, pair_.rank()); }

Matrix DoraLinear::rows(int64_t T) const {
  return part_of(scratch_, aligned_end(0, T * pair_.rank()), T, pair_.out());
}

Matrix DoraLinear::dropped(int64_t T) const {
  if (!pair_.has_dropout()) return {};
  const int64_t begin = aligned_end(aligned_end(0, T * pair_.rank()), T * pair_.out());
  return part_of(scratch_, begin, T, pair_.in());
}

}  // namespace neiro
