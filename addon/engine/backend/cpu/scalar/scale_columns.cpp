// One factor for each column, or for each row: IA3 (Liu et al. 2022), DoRA (Liu et al. 2024).
#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

// y[t, c] = scale[c] * x[t, c] (+ bias[c]) (+ y[t, c])
void scale_columns(const Workers& workers, float* y, const float* x, const float* scale,
                   const float* bias, int64_t T, int64_t C, bool accumulate) {
  workers.pool->parallel_for(T, [&](int64_t begin, int64_t end, int) {
    for (int64_t t = begin; t < end; ++t) {
      for (int64_t c = 0; c < C; ++c) {
        float value = scale[c] * x[t * C + c];
        if (bias != nullptr) value += bias[c];
        y[t * C + c] = accumulate ? y[t * C + c] + value : value;
      }
    }
  });
}

// y[r, c] = scale[r] * x[r, c]
void scale_rows(const Workers& workers, float* y, const float* x, const float* scale, int64_t R,
                int64_t C) {
  workers.pool->parallel_for(R, [&](int64_t begin, int64_t end, int) {
    for (int64_t r = begin; r < end; ++r) {
      for (int64_t c = 0; c < C; ++c) y[r * C + c] = scale[r] * x[r * C + c];
    }
  });
}

// dscale[c] += sum over t of dy[t, c] * x[t, c]
void scale_columns_backward(const Workers& workers, float* dscale, const float* dy, const float* x,
                            int64_t T, int64_t C) {
  workers.pool->parallel_for(C, [&](int64_t begin, int64_t end, int) {
    for (int64_t c = begin; c < end; ++c) {
      double sum = 0;
      for (int64_t t = 0; t < T; ++t) sum += static_cast<double>(dy[t * C + c]) * x[t * C + c];
      dscale[c] = static_cast<float>(dscale[c] + sum);
    }
  });
}

}  // namespace neiro::scalar
