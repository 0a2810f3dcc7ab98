// Base product, adapter and weight gradients of one linear layer, in the order that lets dx be x.
#include "model/linear.h"

namespace neiro {

float* Linear::place_kept(Arena& arena, MemoryCategory category, int64_t T) const {
  return adapter == nullptr ? nullptr : arena.take<float>(category, T * adapter->kept_per_token());
}

void Linear::forward(const Pass& pass, float* y, float* kept, const float* x, int64_t T) const {
  pass.ops().linear_forward(*pass.device, y, x, w, bias, T, 1.0f, false);
  if (adapted(pass)) adapter->forward(pass, y, kept, x, T);
}

void Linear::keep(const Pass& pass, float* kept, const float* x, int64_t T) const {
  if (adapted(pass)) adapter->forward(pass, nullptr, kept, x, T);
}

void Linear::backward(const Pass& pass, float* dx, const float* dy, const float* x,
                      const float* kept, int64_t T, bool accumulate) const {
  const Backend& ops = pass.ops();
  if (adapted(pass)) adapter->backward_weights(pass, dy, x, kept, T);
  if (dw != nullptr) ops.linear_backward_weight(*pass.device, dw, dy, x, T, out(), in(), 1.0f);
  if (dbias != nullptr) ops.linear_backward_bias(*pass.device, dbias, dy, T, out());
  ops.linear_backward_input(*pass.device, dx, dy, w, T, 1.0f, accumulate);
  if (adapted(pass)) adapter->backward_input(pass, dx, T);
}

}  // namespace neiro
