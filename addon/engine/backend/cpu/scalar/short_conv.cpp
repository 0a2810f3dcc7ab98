// A causal convolution of each column by itself.
#include <algorithm>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {
namespace {

// y[C] of the token whose inputs, oldest first, are rows[kernel]; null = 0.
void convolve(float* y, const float* const* rows, const float* w, const float* bias, int64_t C,
              int kernel) {
  for (int64_t c = 0; c < C; ++c) {
    double sum = bias == nullptr ? 0.0 : bias[c];
    for (int j = 0; j < kernel; ++j) {
      if (rows[j] != nullptr) sum += static_cast<double>(w[c * kernel + j]) * rows[j][c];
    }
    y[c] = static_cast<float>(sum);
  }
}

constexpr int kMostRows = 64;  // of a kernel; a family's file refuses a longer one

}  // namespace

void short_conv_forward(const Workers& workers, float* y, const float* x, const float* w,
                        const float* bias, int64_t C, int kernel, const HostSequences& sequences) {
  for (int32_t s = 0; s < sequences.count; ++s) {
    const int64_t begin = sequences.offsets[s], end = sequences.offsets[s + 1];
    workers.pool->parallel_for(end - begin, [&](int64_t first, int64_t last, int) {
      const float* rows[kMostRows];
      for (int64_t t = begin + first; t < begin + last; ++t) {
        for (int j = 0; j < kernel; ++j) {
          const int64_t from = t - kernel + 1 + j;
          rows[j] = from < begin ? nullptr : x + from * C;
        }
        convolve(y + t * C, rows, w, bias, C, kernel);
      }
    });
  }
}

// dx_t = sum over j of w_j dy_(t + kernel - 1 - j);  dw_j += sum over t of dy_t x_(t - kernel + 1 +
// j)
void short_conv_backward(const Workers& workers, float* dx, float* dw, float* dbias,
                         const float* dy, const float* x, const float* w, int64_t C, int kernel,
                         const HostSequences& sequences) {
  for (int32_t s = 0; s < sequences.count; ++s) {
    const int64_t begin = sequences.offsets[s], end = sequences.offsets[s + 1];
    workers.pool->parallel_for(end - begin, [&](int64_t first, int64_t last, int) {
      for (int64_t t = begin + first; t < begin + last; ++t) {
        for (int64_t c = 0; c < C; ++c) {
          double sum = 0;
          for (int j = 0; j < kernel; ++j) {
            const int64_t to = t + kernel - 1 - j;
            if (to < end) sum += static_cast<double>(w[c * kernel + j]) * dy[to * C + c];
          }
          dx[t * C + c] = static_cast<float>(sum);
        }
      }
    });
  }
  if (dw == nullptr && dbias == nullptr) return;
  workers.pool->parallel_for(C, [&](int64_t first, int64_t last, int) {
    for (int64_t c = first; c < last; ++c) {
      double own = 0;
      double sums[kMostRows] = {};
      for (int32_t s = 0; s < sequences.count; ++s) {
        const int64_t begin = sequences.offsets[s], end = sequences.offsets[s + 1];
        for (int64_t t = begin; t < end; ++t) {
          const double d = dy[t * C + c];
          own += d;
          for (int j = 0; j < kernel; ++j) {
            const int64_t from = t - kernel + 1 + j;
            if (from >= begin) sums[j] += d * x[from * C + c];
          }
        }
      }
      if (dbias != nullptr) dbias[c] += static_cast<float>(own);
      if (dw == nullptr) continue;
      for (int j = 0; j < kernel; ++j) dw[c * kernel + j] += static_cast<float>(sums[j]);
    }
  });
}

void short_conv_cached(const Workers&, float* y, float* next, const float* x, const float* state,
                       const float* w, const float* bias, int64_t T, int64_t C, int kernel) {
  const int64_t before = kernel - 1;
  // Row i of those before and these, one behind the other.
  const auto row = [&](int64_t i) { return i < before ? state + i * C : x + (i - before) * C; };
  const float* rows[kMostRows];
  for (int64_t t = 0; t < T; ++t) {
    for (int j = 0; j < kernel; ++j) rows[j] = row(t + j);
    convolve(y + t * C, rows, w, bias, C, kernel);
  }
  for (int64_t i = 0; i < before; ++i) std::copy_n(row(T + i), C, next + i * C);
}

}  // namespace neiro::scalar
