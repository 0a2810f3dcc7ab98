// The layer itself, or the adapter around it; gradients in the order that lets dx be x.
#include "model/blocks/linear.h"

namespace neiro {

void Linear::forward(const Pass& pass, const Matrix& y, const Matrix& kept, const Matrix& x) const {
  if (adapted(pass)) return adapter->forward(pass, *this, y, own_kept(kept, x.rows), x);
  base_forward(pass, y, x);
}

void Linear::keep(const Pass& pass, const Matrix& kept, const Matrix& x) const {
  if (adapted(pass)) adapter->keep(pass, *this, own_kept(kept, x.rows), x);
}

void Linear::backward(const Pass& pass, const Matrix& dx, const Matrix& dy, const Matrix& x,
                      const Matrix& kept, bool accumulate) const {
  if (adapted(pass)) {
    return adapter->backward(pass, *this, dx, dy, x, own_kept(kept, x.rows), accumulate);
  }
  base_backward(pass, dx, dy, x, accumulate);
}

void Linear::base_product(const Pass& pass, const Matrix& y, const Matrix& x) const {
  pass.linear_forward(y, x, w, nullptr, 1.0f, false);
}

void Linear::base_forward(const Pass& pass, const Matrix& y, const Matrix& x) const {
  pass.linear_forward(y, x, w, bias, 1.0f, false);
}

void Linear::base_backward(const Pass& pass, const Matrix& dx, const Matrix& dy, const Matrix& x,
                           bool accumulate) const {
  const Operations& ops = pass.ops();
  if (dw) ops.linear_backward_weight(*pass.device, dw, dy, x, 1.0f);
  if (dbias) ops.linear_backward_bias(*pass.device, dbias, dy);
  ops.linear_backward_input(*pass.device, dx, dy, w, 1.0f, accumulate);
}

}  // namespace neiro
