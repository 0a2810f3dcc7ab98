// Gated activations (Shazeer 2020): f(gate) * up, f of backend/operations.h.
#include "backend/cpu/scalar/activation_points.h"
#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

void gated_forward(const Workers& workers, float* y, const float* gate, const float* up, int64_t n,
                   Activation f) {
  with_points(f, [&](auto points) {
    workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
      for (int64_t i = begin; i < end; ++i) {
        y[i] = static_cast<float>(points.at(gate[i]).value * up[i]);
      }
    });
  });
}

void gated_backward(const Workers& workers, float* dgate, float* dup, const float* dy,
                    const float* gate, const float* up, int64_t n, Activation f) {
  with_points(f, [&](auto points) {
    workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
      for (int64_t i = begin; i < end; ++i) {
        // All is read before anything is written: the gradients may stand where the values do.
        const Point point = points.at(gate[i]);
        const double d = dy[i];
        const double u = up[i];
        dup[i] = static_cast<float>(d * point.value);
        dgate[i] = static_cast<float>(d * u * point.slope);
      }
    });
  });
}

}  // namespace neiro::scalar
