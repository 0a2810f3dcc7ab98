// The mean over the tokens of each example (pooling).
#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

// y_s = sum over the rows t of example s of x_t / length_s
void mean_rows(const Workers& workers, float* y, const float* x, const int32_t* offsets, int64_t n,
               int64_t C) {
  workers.pool->parallel_for(n * C, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) {
      const int64_t s = i / C;
      double sum = 0;
      for (int64_t t = offsets[s]; t < offsets[s + 1]; ++t) sum += x[t * C + i % C];
      y[i] = static_cast<float>(sum / (offsets[s + 1] - offsets[s]));
    }
  });
}

// dx_t += dy_s / length_s
void mean_rows_backward(const Workers& workers, float* dx, const float* dy, const int32_t* offsets,
                        int64_t n, int64_t C) {
  workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
    for (int64_t s = begin; s < end; ++s) {
      const float share = 1.0f / static_cast<float>(offsets[s + 1] - offsets[s]);
      for (int64_t t = offsets[s]; t < offsets[s + 1]; ++t) {
        for (int64_t c = 0; c < C; ++c) dx[t * C + c] += share * dy[s * C + c];
      }
    }
  });
}

}  // namespace neiro::scalar
