// Root mean square normalisation (Zhang & Sennrich 2019).
#include <cmath>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

// rstd = 1 / sqrt(mean(x^2) + eps), y = x * rstd * (base + w)
void rms_norm_forward(const Workers& workers, float* y, float* rstd, const float* x, const float* w,
                      float base, int64_t R, int64_t C, float eps) {
  workers.pool->parallel_for(R, [&](int64_t begin, int64_t end, int) {
    for (int64_t r = begin; r < end; ++r) {
      const float* x_row = x + r * C;
      double squares = 0;
      for (int64_t c = 0; c < C; ++c) squares += static_cast<double>(x_row[c]) * x_row[c];
      rstd[r] = static_cast<float>(1.0 / std::sqrt(squares / static_cast<double>(C) + eps));
      for (int64_t c = 0; c < C; ++c) y[r * C + c] = x_row[c] * rstd[r] * (base + w[c]);
    }
  });
}

// With n = x * rstd and g = (base + w) * dy:
//   dw += sum over rows of dy * n,  dx = rstd * (g - n * mean(g * n)).
// dw comes first, so that dx may be dy (in place).
void rms_norm_backward(const Workers& workers, float* dx, float* dw, const float* dy,
                       const float* x, const float* w, float base, const float* rstd, int64_t R,
                       int64_t C, bool accumulate) {
  if (dw != nullptr) {
    workers.pool->parallel_for(C, [&](int64_t begin, int64_t end, int) {
      for (int64_t c = begin; c < end; ++c) {
        double sum = 0;
        for (int64_t r = 0; r < R; ++r) {
          sum += static_cast<double>(dy[r * C + c]) * x[r * C + c] * rstd[r];
        }
        dw[c] += static_cast<float>(sum);
      }
    });
  }
  workers.pool->parallel_for(R, [&](int64_t begin, int64_t end, int) {
    for (int64_t r = begin; r < end; ++r) {
      const float* x_row = x + r * C;
      const float* dy_row = dy + r * C;
      float* dx_row = dx + r * C;
      double sum = 0;
      for (int64_t c = 0; c < C; ++c) {
        sum += static_cast<double>(base + w[c]) * dy_row[c] * x_row[c] * rstd[r];
      }
      const double mean = sum / static_cast<double>(C);
      for (int64_t c = 0; c < C; ++c) {
        const double n = static_cast<double>(x_row[c]) * rstd[r];
        const double d = rstd[r] * (static_cast<double>(base + w[c]) * dy_row[c] - n * mean);
        dx_row[c] = static_cast<float>(accumulate ? dx_row[c] + d : d);
      }
    }
  });
}

}  // namespace neiro::scalar
