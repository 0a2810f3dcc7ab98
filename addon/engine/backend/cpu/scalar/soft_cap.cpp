// Soft caps of logits (Gemma Team 2024): values near 0 stay as they are, none passes the cap.
#include <cmath>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

// With t = tanh(y / cap):  y = cap t,  dy/d(before) = 1 - t^2
void soft_cap_forward(const Workers& workers, float* y, float* slope, int64_t n, float cap) {
  workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) {
      const double t = std::tanh(static_cast<double>(y[i]) / cap);
      y[i] = static_cast<float>(cap * t);
      if (slope != nullptr) slope[i] = static_cast<float>(1.0 - t * t);
    }
  });
}

void soft_cap_backward(const Workers& workers, float* dy, const float* slope, int64_t n) {
  workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) dy[i] *= slope[i];
  });
}

}  // namespace neiro::scalar
