// Linear layers: the product with a stored matrix in both directions, and its two gradients.
#include <algorithm>

#include "backend/cpu/scalar/kernels.h"
#include "formats/dtype.h"

namespace neiro::scalar {
namespace {

constexpr int64_t kColumns = 64;  // columns of W decoded at a time
constexpr int64_t kTokens = 16;   // tokens that share one decoding

// What a factor of a product becomes before it is multiplied.
using Factor = float (*)(float);
float as_it_is(float x) { return x; }
float to_bf16(float x) { return bf16_to_float(float_to_bf16(x)); }

// y[t, o] = alpha * sum_i x[t, i] * W[o, i] (+ y[t, o]) (+ bias[o])
template <Factor factor>
void forward(const Workers& workers, float* y, const float* x, const HostMatrix& w,
             const float* bias, int64_t T, float alpha, bool accumulate) {
  workers.pool->parallel_for(w.rows, [&](int64_t begin, int64_t end, int) {
    float row[kColumns];
    for (int64_t o = begin; o < end; ++o) {
      for (int64_t t0 = 0; t0 < T; t0 += kTokens) {
        const int64_t tokens = std::min(kTokens, T - t0);
        double sum[kTokens] = {};
        for (int64_t i0 = 0; i0 < w.cols; i0 += kColumns) {
          const int64_t columns = std::min(kColumns, w.cols - i0);
          matrix_row(w, o, i0, i0 + columns, row);
          for (int64_t t = 0; t < tokens; ++t) {
            const float* x_row = x + (t0 + t) * w.cols + i0;
            for (int64_t i = 0; i < columns; ++i) {
              sum[t] += static_cast<double>(factor(x_row[i])) * factor(row[i]);
            }
          }
        }
        for (int64_t t = 0; t < tokens; ++t) {
          float& out = y[(t0 + t) * w.rows + o];
          double value = alpha * sum[t];
          if (accumulate) value += out;
          if (bias != nullptr) value += bias[o];
          out = static_cast<float>(value);
        }
      }
    }
  });
}

// dx[t, i] = alpha * sum_o dy[t, o] * W[o, i] (+ dx[t, i])
template <Factor factor>
void backward_input(const Workers& workers, float* dx, const float* dy, const HostMatrix& w,
                    int64_t T, float alpha, bool accumulate) {
  const int64_t blocks = (w.cols + kColumns - 1) / kColumns;
  workers.pool->parallel_for(blocks, [&](int64_t begin, int64_t end, int) {
    float row[kColumns];
    for (int64_t block = begin; block < end; ++block) {
      const int64_t i0 = block * kColumns;
      const int64_t columns = std::min(kColumns, w.cols - i0);
      for (int64_t t0 = 0; t0 < T; t0 += kTokens) {
        const int64_t tokens = std::min(kTokens, T - t0);
        double sum[kTokens][kColumns] = {};
        for (int64_t o = 0; o < w.rows; ++o) {
          matrix_row(w, o, i0, i0 + columns, row);
          for (int64_t t = 0; t < tokens; ++t) {
            const double d = factor(dy[(t0 + t) * w.rows + o]);
            for (int64_t i = 0; i < columns; ++i) sum[t][i] += d * factor(row[i]);
          }
        }
        for (int64_t t = 0; t < tokens; ++t) {
          float* out = dx + (t0 + t) * w.cols + i0;
          for (int64_t i = 0; i < columns; ++i) {
            const double value = alpha * sum[t][i];
            out[i] = static_cast<float>(accumulate ? out[i] + value : value);
          }
        }
      }
    }
  });
}

// dw[o, i] += alpha * sum_t dy[t, o] * x[t, i]
template <Factor factor>
void backward_weight(const Workers& workers, float* dw, const float* dy, const float* x, int64_t T,
                     int64_t out, int64_t in, float alpha) {
  workers.pool->parallel_for(out, [&](int64_t begin, int64_t end, int) {
    for (int64_t o = begin; o < end; ++o) {
      for (int64_t i0 = 0; i0 < in; i0 += kColumns) {
        const int64_t columns = std::min(kColumns, in - i0);
        double sum[kColumns] = {};
        for (int64_t t = 0; t < T; ++t) {
          const double d = factor(dy[t * out + o]);
          for (int64_t i = 0; i < columns; ++i) sum[i] += d * factor(x[t * in + i0 + i]);
        }
        for (int64_t i = 0; i < columns; ++i) {
          float& value = dw[o * in + i0 + i];
          value = static_cast<float>(value + alpha * sum[i]);
        }
      }
    }
  });
}

}  // namespace

void linear_forward(const Workers& workers, float* y, const float* x, const HostMatrix& w,
                    const float* bias, int64_t T, float alpha, bool accumulate) {
  forward<as_it_is>(workers, y, x, w, bias, T, alpha, accumulate);
}
void linear_forward_bf16(const Workers& workers, float* y, const float* x, const HostMatrix& w,
                         const float* bias, int64_t T, float alpha, bool accumulate) {
  const auto product = T <= kFewTokens ? forward<as_it_is> : forward<to_bf16>;
  product(workers, y, x, w, bias, T, alpha, accumulate);
}

void linear_backward_input(const Workers& workers, float* dx, const float* dy, const HostMatrix& w,
                           int64_t T, float alpha, bool accumulate) {
  backward_input<as_it_is>(workers, dx, dy, w, T, alpha, accumulate);
}
void linear_backward_input_bf16(const Workers& workers, float* dx, const float* dy,
                                const HostMatrix& w, int64_t T, float alpha, bool accumulate) {
  backward_input<to_bf16>(workers, dx, dy, w, T, alpha, accumulate);
}

void linear_backward_weight(const Workers& workers, float* dw, const float* dy, const float* x,
                            int64_t T, int64_t out, int64_t in, float alpha) {
  backward_weight<as_it_is>(workers, dw, dy, x, T, out, in, alpha);
}
void linear_backward_weight_bf16(const Workers& workers, float* dw, const float* dy, const float* x,
                                 int64_t T, int64_t out, int64_t in, float alpha) {
  backward_weight<to_bf16>(workers, dw, dy, x, T, out, in, alpha);
}

// dbias[o] += sum_t dy[t, o]
void linear_backward_bias(const Workers& workers, float* dbias, const float* dy, int64_t T,
                          int64_t out) {
  workers.pool->parallel_for(out, [&](int64_t begin, int64_t end, int) {
    for (int64_t o = begin; o < end; ++o) {
      double sum = 0;
      for (int64_t t = 0; t < T; ++t) sum += dy[t * out + o];
      dbias[o] = static_cast<float>(dbias[o] + sum);
    }
  });
}

}  // namespace neiro::scalar
