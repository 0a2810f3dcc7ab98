// Some columns of rows into columns of other rows.
#include <algorithm>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

void copy_columns(const Workers& workers, float* y, int64_t y_stride, const float* x,
                  int64_t x_stride, int64_t T, int64_t cols) {
  workers.pool->parallel_for(T, [&](int64_t begin, int64_t end, int) {
    for (int64_t t = begin; t < end; ++t) std::copy_n(x + t * x_stride, cols, y + t * y_stride);
  });
}

}  // namespace neiro::scalar
