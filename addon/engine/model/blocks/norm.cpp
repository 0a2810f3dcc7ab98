// One of two operations.
#include "model/blocks/norm.h"

#include "model/config.h"

namespace neiro {

void Norm::forward(const Pass& pass, const Matrix& y, DevicePtr<float> rstd,
                   const Matrix& x) const {
  const float epsilon = pass.config->norm_epsilon;
  if (centred) return pass.ops().layer_norm_forward(*pass.device, y, rstd, x, w, bias, epsilon);
  pass.ops().rms_norm_forward(*pass.device, y, rstd, x, {w, base}, epsilon);
}

void Norm::backward(const Pass& pass, const Matrix& dx, const Matrix& dy, const Matrix& x,
                    DevicePtr<const float> rstd, bool accumulate) const {
  if (centred) {
    return pass.ops().layer_norm_backward(*pass.device, dx, dw, dbias, dy, x, w, rstd, accumulate);
  }
  pass.ops().rms_norm_backward(*pass.device, dx, dw, dy, x, {w, base}, rstd, accumulate);
}

}  // namespace neiro
