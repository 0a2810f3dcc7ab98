// Gated activation (Shazeer 2020): silu(gate) * up, with silu(z) = z * sigmoid(z).
#include <cmath>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {
namespace {

double sigmoid(double z) { return 1.0 / (1.0 + std::exp(-z)); }

}  // namespace

// y = gate * sigmoid(gate) * up
void swiglu_forward(const Workers& workers, float* y, const float* gate, const float* up,
                    int64_t n) {
  workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) {
      y[i] = static_cast<float>(gate[i] * sigmoid(gate[i]) * up[i]);
    }
  });
}

// With s = sigmoid(gate):  dup = dy * gate * s,  dgate = dy * up * s * (1 + gate * (1 - s))
void swiglu_backward(const Workers& workers, float* dgate, float* dup, const float* dy,
                     const float* gate, const float* up, int64_t n) {
  workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) {
      const double g = gate[i];
      const double u = up[i];
      const double d = dy[i];
      const double s = sigmoid(g);
      dup[i] = static_cast<float>(d * g * s);
      dgate[i] = static_cast<float>(d * u * s * (1.0 + g * (1.0 - s)));
    }
  });
}

}  // namespace neiro::scalar
