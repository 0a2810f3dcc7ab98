// A gate whose values are cut off (ClampedGate). Where one is cut off nothing comes back to it; at
// the very limit it does, as PyTorch's clamp has it.
#include <algorithm>
#include <cmath>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

void clamped_gate_forward(const Workers& workers, float* y, const float* gate, const float* up,
                          int64_t n, const ClampedGate& shape) {
  workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) {
      const double g = std::min(gate[i], shape.limit);
      const double u = std::clamp(up[i], -shape.limit, shape.limit);
      y[i] = static_cast<float>(g / (1 + std::exp(-shape.alpha * g)) * (u + 1));
    }
  });
}

// With s = sigmoid(alpha g): dg = dy (u + 1) (s + alpha g s (1 - s)),  du = dy g s.
void clamped_gate_backward(const Workers& workers, float* dgate, float* dup, const float* dy,
                           const float* gate, const float* up, int64_t n,
                           const ClampedGate& shape) {
  workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) {
      // All is read before anything is written: the gradients may stand where the values do.
      const double g = std::min(gate[i], shape.limit);
      const double u = std::clamp(up[i], -shape.limit, shape.limit);
      const double s = 1 / (1 + std::exp(-shape.alpha * g)), d = dy[i];
      const bool gate_cut = gate[i] > shape.limit, up_cut = std::fabs(up[i]) > shape.limit;
      dup[i] = up_cut ? 0.0f : static_cast<float>(d * g * s);
      dgate[i] =
          gate_cut ? 0.0f : static_cast<float>(d * (u + 1) * (s + shape.alpha * g * s * (1 - s)));
    }
  });
}

}  // namespace neiro::scalar
