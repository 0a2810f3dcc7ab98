// AdamW (Loshchilov & Hutter 2019), in F32 and in the order of torch.optim.AdamW.
#include <cmath>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

// g = grad * grad_scale
// param *= 1 - lr * weight_decay
// m += (g - m) * (1 - beta1),  v = v * beta2 + (1 - beta2) * g * g
// param -= lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)
// The factors are made in double, as Python does, and rounded once.
void adamw(const Workers& workers, float* param, float* m, float* v, const float* grad, int64_t n,
           const AdamW& o, float grad_scale) {
  const double steps = static_cast<double>(o.step);
  const double correction1 = 1.0 - std::pow(static_cast<double>(o.beta1), steps);
  const double correction2 = 1.0 - std::pow(static_cast<double>(o.beta2), steps);
  const float decay =
      static_cast<float>(1.0 - static_cast<double>(o.learning_rate) * o.weight_decay);
  const float mix1 = static_cast<float>(1.0 - o.beta1);
  const float mix2 = static_cast<float>(1.0 - o.beta2);
  const float root2 = static_cast<float>(std::sqrt(correction2));
  const float step_size = static_cast<float>(o.learning_rate / correction1);
  workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) {
      const float g = grad[i] * grad_scale;
      param[i] *= decay;
      m[i] += mix1 * (g - m[i]);
      v[i] = v[i] * o.beta2 + mix2 * g * g;
      param[i] -= step_size * m[i] / (std::sqrt(v[i]) / root2 + o.epsilon);
    }
  });
}

}  // namespace neiro::scalar
