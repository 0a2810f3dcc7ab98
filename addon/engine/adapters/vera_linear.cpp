// Two products with the shared pair, and a factor after each.
#include "adapters/vera_linear.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace neiro {
namespace {

TensorSlot frozen_slot(std::string name, Matrix& matrix) {
  TensorSlot slot{std::move(name), TensorSlot::Kind::kAdapter, matrix.rows, matrix.cols};
  slot.matrix = &matrix;
  return slot;
}

TensorSlot vector_slot(std::string name, int64_t n, DevicePtr<float>& values,
                       DevicePtr<float>& gradient) {
  TensorSlot slot{std::move(name), TensorSlot::Kind::kAdapter, n};
  slot.vector = &values;
  slot.gradient = &gradient;
  return slot;
}

// Kaiming's bound for a ReLU: gain sqrt(2), the columns being what goes in.
void fill_kaiming(const Device& device, const Matrix& matrix, PhiloxKey key) {
  const float bound = std::sqrt(6.0f / static_cast<float>(matrix.cols));
  std::vector<float> first(static_cast<size_t>(matrix.elements()));
  fill_uniform(first.data(), matrix.elements(), -bound, bound, key);
  device.upload(matrix.floats(), first.data(), matrix.elements());
}

}  // namespace

void VeraPair::include(const Linear& base) {
  a_.rows = b_.cols = rank_;
  a_.cols = std::max(a_.cols, base.in());
  b_.rows = std::max(b_.rows, base.out());
  cut_[base.in()];
}

std::vector<TensorSlot> VeraPair::slots() {
  return {frozen_slot("base_model.vera_A", a_), frozen_slot("base_model.vera_B", b_)};
}

void VeraPair::place(PlannedMemory& memory) {
  for (auto& [in, cut] : cut_) {
    cut = in == a_.cols ? a_ : memory.take_matrix(MemoryCategory::kAdapter, rank_, in);
  }
}

void VeraPair::initialise(const Device& device, PhiloxKey key) {
  fill_kaiming(device, a_, key);
  fill_kaiming(device, b_, {key.seed, mix_stream(key.stream, 1)});
}

void VeraPair::loaded(const Device& device) {
  for (const auto& [in, cut] : cut_) {
    if (in < a_.cols) device.ops().copy_columns(device, cut, 0, a_, 0, in);
  }
}

VeraLinear::VeraLinear(const Linear& base, const VeraConfig& config, const VeraPair& pair,
                       uint64_t id)
    : pair_(pair),
      in_(base.in()),
      out_(base.out()),
      first_(static_cast<float>(config.first)),
      dropout_(static_cast<float>(config.dropout)),
      id_(id) {}

void VeraLinear::forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
                         const Matrix& x) const {
  base.base_forward(pass, y, x);
  add(pass, base, y, kept, x);
}

void VeraLinear::raise(const Pass& pass, const Matrix& kept) const {
  const Matrix low_rows = low(kept.rows);
  pass.ops().scale_columns(*pass.device, low_rows, kept, d_, nullptr, false);
  pass.linear_forward(wide(kept.rows), low_rows, pair_.up(out_), nullptr, 1.0f, false);
}

void VeraLinear::add(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
                     const Matrix& x) const {
  keep(pass, base, kept, x);
  raise(pass, kept);
  pass.ops().scale_columns(*pass.device, y, wide(x.rows), b_, nullptr, true);
}

void VeraLinear::keep(const Pass& pass, const Linear&, const Matrix& kept, const Matrix& x) const {
  Matrix input = x;
  if (drops(pass)) {
    input = dropped(x.rows);
    pass.ops().dropout(*pass.device, input, x, dropout_, mask_key(pass));
  }
  pass.linear_forward(kept, input, pair_.down(in_), nullptr, 1.0f, false);
}

// db += sum over T of dy * B (d * kept); with g = (b * dy) B: dd += sum of g * kept and
// dx = dy W + dropout((d * g) A). dx comes last, it may be x.
void VeraLinear::backward(const Pass& pass, const Linear& base, const Matrix& dx, const Matrix& dy,
                          const Matrix& x, const Matrix& kept, bool accumulate) const {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const Matrix g = low(x.rows), d_wide = wide(x.rows);
  raise(pass, kept);
  if (db_) ops.scale_columns_backward(device, db_, dy, d_wide);
  ops.scale_columns(device, d_wide, dy, b_, nullptr, false);
  ops.linear_backward_input(device, g, d_wide, pair_.up(out_), 1.0f, false);
  if (dd_) ops.scale_columns_backward(device, dd_, g, kept);
  ops.scale_columns(device, g, g, d_, nullptr, false);
  base.base_backward(pass, dx, dy, x, accumulate);
  if (!drops(pass)) return ops.linear_backward_input(device, dx, g, pair_.down(in_), 1.0f, true);
  const Matrix d_input = dropped(x.rows);
  ops.linear_backward_input(device, d_input, g, pair_.down(in_), 1.0f, false);
  ops.dropout(device, d_input, d_input, dropout_, mask_key(pass));
  ops.add(device, dx, d_input);
}

void VeraLinear::merge_rows(const Device& device, const Matrix& rows, int64_t first) const {
  const Operations& ops = device.ops();
  const int64_t rank = pair_.rank();
  const int64_t step = std::max<int64_t>(1, scratch_.elements() / rank);
  for (int64_t at = 0; at < rows.rows; at += step) {
    const int64_t n = std::min(step, rows.rows - at);
    const Matrix up = part_of(scratch_, 0, n, rank);
    ops.scale_columns(device, up, pair_.up(out_).slice(first + at, n), d_, nullptr, false);
    ops.scale_rows(device, up, up, b_ + (first + at));
    ops.linear_backward_input(device, rows.slice(at, n), up, pair_.down(in_), 1.0f, true);
  }
}

std::vector<TensorSlot> VeraLinear::slots() {
  return {vector_slot(".vera_lambda_b", out_, b_, db_),
          vector_slot(".vera_lambda_d", pair_.rank(), d_, dd_)};
}

int64_t VeraLinear::scratch_values(int64_t T) const {
  return aligned_end(aligned_end(0, T * pair_.rank()), T * out_) + (dropout_ > 0 ? T * in_ : 0);
}

void VeraLinear::initialise(const Device& device, PhiloxKey) {
  const std::vector<float> first(static_cast<size_t>(pair_.rank()), first_);
  device.upload(d_, first.data(), pair_.rank());
  device.zero(b_, out_);
}

Matrix VeraLinear::low(int64_t T) const { return part_of(scratch_, 0, T, pair_.rank()); }

Matrix VeraLinear::wide(int64_t T) const {
  return part_of(scratch_, aligned_end(0, T * pair_.rank()), T, out_);
}

Matrix VeraLinear::dropped(int64_t T) const {
  return part_of(scratch_, aligned_end(aligned_end(0, T * pair_.rank()), T * out_), T, in_);
}

PhiloxKey VeraLinear::mask_key(const Pass& pass) const {
  return {pass.random.seed, mix_stream(pass.random.stream, id_)};
}

}  // namespace neiro
