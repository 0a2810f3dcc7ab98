// Activations by themselves, of feed-forward blocks without a gate.
#include "backend/cpu/scalar/activation_points.h"
#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

void activation_forward(const Workers& workers, float* y, const float* x, int64_t n, Activation f) {
  with_points(f, [&](auto points) {
    workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
      for (int64_t i = begin; i < end; ++i) y[i] = static_cast<float>(points.at(x[i]).value);
    });
  });
}

void activation_backward(const Workers& workers, float* dx, const float* dy, const float* x,
                         int64_t n, Activation f) {
  with_points(f, [&](auto points) {
    workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
      for (int64_t i = begin; i < end; ++i) {
        dx[i] = static_cast<float>(dy[i] * points.at(x[i]).slope);
      }
    });
  });
}

}  // namespace neiro::scalar
