// The losses of a score head, value by value; each with its gradient in one call.
#include <algorithm>
#include <cmath>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

// loss = (z - t)^2,  dz = 2 (z - t) * coefficient
void squared_error(const Workers& workers, float* losses, float* scores, const float* targets,
                   const float* coefficients, int64_t n) {
  workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) {
      const double d = static_cast<double>(scores[i]) - targets[i];
      losses[i] = static_cast<float>(d * d);
      if (coefficients != nullptr) scores[i] = static_cast<float>(2 * d * coefficients[i]);
    }
  });
}

// loss = log(1 + e^z) - t z,  dz = (sigmoid(z) - t) * coefficient. log(1 + e^z) is taken as
// max(z, 0) + log(1 + e^-|z|), where no exponential can overflow.
void binary_cross_entropy(const Workers& workers, float* losses, float* scores,
                          const float* targets, const float* coefficients, int64_t n) {
  workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) {
      const double z = scores[i];
      const double t = targets[i];
      losses[i] =
          static_cast<float>(std::max(z, 0.0) + std::log1p(std::exp(-std::fabs(z))) - t * z);
      if (coefficients == nullptr) continue;
      const double sigmoid = 1.0 / (1.0 + std::exp(-z));
      scores[i] = static_cast<float>((sigmoid - t) * coefficients[i]);
    }
  });
}

}  // namespace neiro::scalar
