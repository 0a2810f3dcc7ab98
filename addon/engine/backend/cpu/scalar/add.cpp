// Addition in place: residual streams and gradients that meet.
#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

// y += x
void add(const Workers& workers, float* y, const float* x, int64_t n) {
  workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) y[i] += x[i];
  });
}

}  // namespace neiro::scalar
