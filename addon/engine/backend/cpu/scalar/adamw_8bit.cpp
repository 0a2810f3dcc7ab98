// AdamW with moments in a byte a value, in blocks with a scale each (Dettmers et al. 2022), in the
// order of bitsandbytes' AdamW8bit: weight decay first; the update from the moments as they are
// before they are rounded.
#include <algorithm>
#include <cmath>

#include "backend/adamw_factors.h"
#include "backend/cpu/scalar/kernels.h"
#include "formats/matrix.h"

namespace neiro::scalar {
namespace {

// The nearest of 256 rising codes; the upper one of two that are equally near.
uint8_t nearest_code(const float* codes, float x) {
  const int64_t above = std::lower_bound(codes, codes + 256, x) - codes;
  if (above == 0) return 0;
  if (above == 256) return 255;
  return static_cast<uint8_t>(x - codes[above - 1] < codes[above] - x ? above - 1 : above);
}

// Of one block: values[n] as codes, and the largest absolute one.
void keep(const float* codes, const float* values, int64_t n, uint8_t* kept, float& absmax) {
  absmax = 0;
  for (int64_t i = 0; i < n; ++i) absmax = std::max(absmax, std::fabs(values[i]));
  for (int64_t i = 0; i < n; ++i) {
    kept[i] = nearest_code(codes, absmax > 0 ? values[i] / absmax : 0.0f);
  }
}

}  // namespace

// g = grad * grad_scale
// param *= 1 - lr * weight_decay
// m = m * beta1 + (1 - beta1) * g,  v = v * beta2 + (1 - beta2) * g * g
// param -= lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)
void adamw_8bit(const Workers& workers, float* param, const HostByteMoments& moments,
                const float* grad, int64_t n, const AdamW& o, float grad_scale) {
  const AdamWFactors f = factors_of(o);
  workers.pool->parallel_for(moment_blocks(n), [&](int64_t begin, int64_t end, int) {
    float m[kMomentBlock], v[kMomentBlock];
    for (int64_t b = begin; b < end; ++b) {
      const int64_t first = b * kMomentBlock, count = std::min(kMomentBlock, n - first);
      for (int64_t j = 0; j < count; ++j) {
        const int64_t i = first + j;
        const float g = grad[i] * grad_scale;
        m[j] = kDynamicCode[moments.m[i]] * moments.m_absmax[b] * f.beta1 + f.mix1 * g;
        v[j] = kUnsignedDynamicCode[moments.v[i]] * moments.v_absmax[b] * f.beta2 + f.mix2 * g * g;
        param[i] =
            param[i] * f.decay - f.step_size * m[j] / (std::sqrt(v[j]) / f.root2 + f.epsilon);
      }
      keep(kDynamicCode, m, count, moments.m + first, moments.m_absmax[b]);
      keep(kUnsignedDynamicCode, v, count, moments.v + first, moments.v_absmax[b]);
    }
  });
}

}  // namespace neiro::scalar
