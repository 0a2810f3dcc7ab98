// The products of an adapter, all thin.
#include "adapters/lora_linear.h"

namespace neiro {

LoraLinear::LoraLinear(int64_t out, int64_t in, int64_t rank, float scale, float dropout,
                       uint64_t id)
    : scale_(scale), dropout_(dropout), id_(id) {
  a.rows = rank;
  a.cols = in;
  b.rows = out;
  b.cols = rank;
}

// y += scale * kept B^T
void LoraLinear::forward(const Pass& pass, const Matrix& y, const Matrix& kept,
                         const Matrix& x) const {
  const Operations& ops = pass.ops();
  const Matrix input = drops(pass) ? drop(pass, x) : x;
  ops.linear_forward(*pass.device, kept, input, a, nullptr, 1.0f, false);
  if (y.data) ops.linear_forward(*pass.device, y, kept, b, nullptr, scale_, true);
}

// d_kept = scale * dy B,  dB += scale * dy^T kept,  dA += d_kept^T dropout(x)
void LoraLinear::backward_weights(const Pass& pass, const Matrix& dy, const Matrix& x,
                                  const Matrix& kept) const {
  const Operations& ops = pass.ops();
  const Matrix d_kept = scratch.d_kept.first(x.rows);
  ops.linear_backward_input(*pass.device, d_kept, dy, b, scale_, false);
  const Matrix input = drops(pass) ? drop(pass, x) : x;
  ops.linear_backward_weight(*pass.device, db, dy, kept, scale_);
  ops.linear_backward_weight(*pass.device, da, d_kept, input, 1.0f);
}

// dx += dropout(d_kept A): the mask is the forward's, made again
void LoraLinear::backward_input(const Pass& pass, const Matrix& dx) const {
  const Operations& ops = pass.ops();
  const Matrix d_kept = scratch.d_kept.first(dx.rows);
  if (!drops(pass)) {
    ops.linear_backward_input(*pass.device, dx, d_kept, a, 1.0f, true);
    return;
  }
  const Matrix dropped = scratch.dropped.shaped(dx.rows, dx.cols);
  ops.linear_backward_input(*pass.device, dropped, d_kept, a, 1.0f, false);
  ops.dropout(*pass.device, dropped, dropped, dropout_, mask_key(pass));
  ops.add(*pass.device, dx, dropped);
}

Matrix LoraLinear::drop(const Pass& pass, const Matrix& x) const {
  const Matrix dropped = scratch.dropped.shaped(x.rows, x.cols);
  pass.ops().dropout(*pass.device, dropped, x, dropout_, mask_key(pass));
  return dropped;
}

PhiloxKey LoraLinear::mask_key(const Pass& pass) const {
  return {pass.random.seed, mix_stream(pass.random.stream, id_)};
}

}  // namespace neiro
