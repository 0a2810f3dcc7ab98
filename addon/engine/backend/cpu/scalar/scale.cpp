// Multiplication by a number, in place: scaled embeddings and their gradients.
#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

// y *= alpha
void scale(const Workers& workers, float* y, int64_t n, float alpha) {
  workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) y[i] *= alpha;
  });
}

}  // namespace neiro::scalar
