// AdamW (Loshchilov & Hutter 2019), in F32 and in the order of torch.optim.AdamW.
#include <cmath>

#include "backend/adamw_factors.h"
#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

// g = grad * grad_scale
// param *= 1 - lr * weight_decay
// m += (g - m) * (1 - beta1),  v = v * beta2 + (1 - beta2) * g * g
// param -= lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)
void adamw(const Workers& workers, float* param, float* m, float* v, const float* grad, int64_t n,
           const AdamW& o, float grad_scale) {
  const AdamWFactors f = factors_of(o);
  workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) {
      const float g = grad[i] * grad_scale;
      param[i] *= f.decay;
      m[i] += f.mix1 * (g - m[i]);
      v[i] = v[i] * f.beta2 + f.mix2 * g * g;
      param[i] -= f.step_size * m[i] / (std::sqrt(v[i]) / f.root2 + f.epsilon);
    }
  });
}

}  // namespace neiro::scalar
