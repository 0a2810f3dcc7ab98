// The products of a pair, all thin.
#include "adapters/low_rank.h"

#include <cmath>

namespace neiro {

LowRank::LowRank(const Linear& base, const LoraConfig& config, uint64_t id)
    : scale_(config.scale()), dropout_(static_cast<float>(config.dropout)), id_(id) {
  a_.rows = config.rank;
  a_.cols = base.in();
  b_.rows = base.out();
  b_.cols = config.rank;
}

Matrix LowRank::input(const Pass& pass, const Matrix& dropped, const Matrix& x) const {
  if (!drops(pass)) return x;
  pass.ops().dropout(*pass.device, dropped, x, dropout_, mask_key(pass));
  return dropped;
}

void LowRank::down(const Pass& pass, const Matrix& kept, const Matrix& input) const {
  pass.linear_forward(kept, input, a_, nullptr, 1.0f, false);
}

void LowRank::up(const Pass& pass, const Matrix& y, const Matrix& kept, bool accumulate) const {
  pass.linear_forward(y, kept, b_, nullptr, scale_, accumulate);
}

// dB += scale * dy^T kept,  dA += d_kept^T input
void LowRank::backward(const Pass& pass, const Matrix& d_kept, const Matrix& dy, const Matrix& kept,
                       const Matrix& input) const {
  const Operations& ops = pass.ops();
  ops.linear_backward_input(*pass.device, d_kept, dy, b_, scale_, false);
  ops.linear_backward_weight(*pass.device, db_, dy, kept, scale_);
  ops.linear_backward_weight(*pass.device, da_, d_kept, input, 1.0f);
}

void LowRank::backward_input(const Pass& pass, const Matrix& d_input, const Matrix& d_kept,
                             bool accumulate) const {
  pass.ops().linear_backward_input(*pass.device, d_input, d_kept, a_, 1.0f, accumulate);
}

void LowRank::backward_dropout(const Pass& pass, const Matrix& d_dropped) const {
  pass.ops().dropout(*pass.device, d_dropped, d_dropped, dropout_, mask_key(pass));
}

void LowRank::add_rows(const Device& device, const Matrix& rows, int64_t first) const {
  device.ops().linear_backward_input(device, rows, b_.slice(first, rows.rows), a_, scale_, true);
}

std::vector<TensorSlot> LowRank::slots() {
  return {matrix_slot(".lora_A.weight", a_, da_), matrix_slot(".lora_B.weight", b_, db_)};
}

void LowRank::initialise(const Device& device, PhiloxKey key) {
  const float bound = 1.0f / std::sqrt(static_cast<float>(in()));
  std::vector<float> first(static_cast<size_t>(a_.elements()));
  fill_uniform(first.data(), a_.elements(), -bound, bound, key);
  device.upload(a_.floats(), first.data(), a_.elements());
  device.zero(b_.floats(), b_.elements());
}

PhiloxKey LowRank::mask_key(const Pass& pass) const {
  return {pass.random.seed, mix_stream(pass.random.stream, id_)};
}

}  // namespace neiro
