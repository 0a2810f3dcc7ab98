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
void LoraLinear::forward(const Pass& pass, float* y, float* kept, const float* x, int64_t T) const {
  const Backend& ops = pass.ops();
  const float* input = drops(pass) ? drop(pass, x, T) : x;
  ops.linear_forward(*pass.device, kept, input, a, nullptr, T, 1.0f, false);
  if (y != nullptr) ops.linear_forward(*pass.device, y, kept, b, nullptr, T, scale_, true);
}

// d_kept = scale * dy B,  dB += scale * dy^T kept,  dA += d_kept^T dropout(x)
void LoraLinear::backward_weights(const Pass& pass, const float* dy, const float* x,
                                  const float* kept, int64_t T) const {
  const Backend& ops = pass.ops();
  const int64_t rank = a.rows;
  ops.linear_backward_input(*pass.device, scratch.d_kept, dy, b, T, scale_, false);
  const float* input = drops(pass) ? drop(pass, x, T) : x;
  ops.linear_backward_weight(*pass.device, db, dy, kept, T, b.rows, rank, scale_);
  ops.linear_backward_weight(*pass.device, da, scratch.d_kept, input, T, rank, a.cols, 1.0f);
}

// dx += dropout(d_kept A): the mask is the forward's, made again
void LoraLinear::backward_input(const Pass& pass, float* dx, int64_t T) const {
  const Backend& ops = pass.ops();
  if (!drops(pass)) {
    ops.linear_backward_input(*pass.device, dx, scratch.d_kept, a, T, 1.0f, true);
    return;
  }
  const int64_t n = T * a.cols;
  ops.linear_backward_input(*pass.device, scratch.dropped, scratch.d_kept, a, T, 1.0f, false);
  ops.dropout(*pass.device, scratch.dropped, scratch.dropped, n, dropout_, mask_key(pass));
  ops.add(*pass.device, dx, scratch.dropped, n);
}

const float* LoraLinear::drop(const Pass& pass, const float* x, int64_t T) const {
  pass.ops().dropout(*pass.device, scratch.dropped, x, T * a.cols, dropout_, mask_key(pass));
  return scratch.dropped;
}

PhiloxKey LoraLinear::mask_key(const Pass& pass) const {
  return {pass.random.seed, mix_stream(pass.random.stream, id_)};
}

}  // namespace neiro
