// Layer normalisation (Ba, Kiros & Hinton 2016).
#include <cmath>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {
namespace {

double mean_of(const float* x, int64_t n) {
  double sum = 0;
  for (int64_t c = 0; c < n; ++c) sum += x[c];
  return sum / static_cast<double>(n);
}

}  // namespace

// rstd = 1 / sqrt(mean((x - mean)^2) + eps), y = (x - mean) * rstd * w + bias
void layer_norm_forward(const Workers& workers, float* y, float* rstd, const float* x,
                        const float* w, const float* bias, int64_t R, int64_t C, float eps) {
  workers.pool->parallel_for(R, [&](int64_t begin, int64_t end, int) {
    for (int64_t r = begin; r < end; ++r) {
      const float* x_row = x + r * C;
      const double mean = mean_of(x_row, C);
      double squares = 0;
      for (int64_t c = 0; c < C; ++c) squares += (x_row[c] - mean) * (x_row[c] - mean);
      rstd[r] = static_cast<float>(1.0 / std::sqrt(squares / static_cast<double>(C) + eps));
      for (int64_t c = 0; c < C; ++c) {
        const double n = (x_row[c] - mean) * rstd[r];
        y[r * C + c] = static_cast<float>(n * w[c] + (bias != nullptr ? bias[c] : 0.0f));
      }
    }
  });
}

// With n = (x - mean) * rstd and g = w * dy:
//   dw += sum over rows of dy * n,  dbias += sum over rows of dy,
//   dx = rstd * (g - mean(g) - n * mean(g * n)).
// dw and dbias come first, so that dx may be dy (in place). Means of rows are made again: columns
// of several threads go over the same rows.
void layer_norm_backward(const Workers& workers, float* dx, float* dw, float* dbias,
                         const float* dy, const float* x, const float* w, const float* rstd,
                         int64_t R, int64_t C, bool accumulate) {
  if (dw != nullptr || dbias != nullptr) {
    workers.pool->parallel_for(C, [&](int64_t begin, int64_t end, int) {
      for (int64_t r = 0; r < R; ++r) {
        const double mean = mean_of(x + r * C, C);
        for (int64_t c = begin; c < end; ++c) {
          const double n = (x[r * C + c] - mean) * rstd[r];
          if (dw != nullptr) dw[c] += static_cast<float>(dy[r * C + c] * n);
          if (dbias != nullptr) dbias[c] += dy[r * C + c];
        }
      }
    });
  }
  workers.pool->parallel_for(R, [&](int64_t begin, int64_t end, int) {
    for (int64_t r = begin; r < end; ++r) {
      const float* x_row = x + r * C;
      const float* dy_row = dy + r * C;
      float* dx_row = dx + r * C;
      const double mean = mean_of(x_row, C);
      double sum = 0, sum_n = 0;
      for (int64_t c = 0; c < C; ++c) {
        const double g = static_cast<double>(w[c]) * dy_row[c];
        sum += g;
        sum_n += g * (x_row[c] - mean) * rstd[r];
      }
      const double mean_g = sum / static_cast<double>(C), mean_gn = sum_n / static_cast<double>(C);
      for (int64_t c = 0; c < C; ++c) {
        const double n = (x_row[c] - mean) * rstd[r];
        const double d = rstd[r] * (static_cast<double>(w[c]) * dy_row[c] - mean_g - n * mean_gn);
        dx_row[c] = static_cast<float>(accumulate ? dx_row[c] + d : d);
      }
    }
  });
}

}  // namespace neiro::scalar
