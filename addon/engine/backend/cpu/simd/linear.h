// Linear layers: which way round the stored matrix is packed, and a path for a few tokens.
#pragma once

#include "backend/cpu/simd/gemm.h"

namespace neiro::simd {

template <class F>
void store_sum(float* y, float sum, const float* bias, float alpha, bool accumulate) {
  float value = alpha * sum;
  if (accumulate) value += *y;
  if (bias != nullptr) value += *bias;
  *y = value;
}

// y for T = Tokens rows: every row of W is streamed once, two chains of sums for each token.
template <class F, int Tokens>
void linear_rows(const Workers& workers, float* y, const float* x, const HostMatrix& w,
                 const float* bias, float alpha, bool accumulate) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  workers.pool->parallel_for(w.rows, [&](int64_t begin, int64_t end, int) {
    float buffer[kRunBuffer];
    for (int64_t o = begin; o < end; ++o) {
      Reg sum[Tokens][2];
      unroll<Tokens>([&](auto t)
                         NEIRO_INLINE_BODY { sum[t.value][0] = sum[t.value][1] = F::zero(); });
      for (int64_t i = 0; i < w.cols; i += kRun) {
        const int64_t run = smaller(kRun, w.cols - i);
        const float* values = decode_run<F>(w, o, i, run, buffer);
        int64_t j = 0;
        for (; j + 2 * L <= run; j += 2 * L) {
          const Reg first = F::load(values + j);
          const Reg second = F::load(values + j + L);
          unroll<Tokens>([&](auto t) NEIRO_INLINE_BODY {
            const float* x_run = x + t.value * w.cols + i + j;
            sum[t.value][0] = F::fma(F::load(x_run), first, sum[t.value][0]);
            sum[t.value][1] = F::fma(F::load(x_run + L), second, sum[t.value][1]);
          });
        }
        for (; j < run; j += L) {
          const Reg first = load_up_to<F>(values + j, run - j);
          unroll<Tokens>([&](auto t) NEIRO_INLINE_BODY {
            const Reg left = load_up_to<F>(x + t.value * w.cols + i + j, run - j);
            sum[t.value][0] = F::fma(left, first, sum[t.value][0]);
          });
        }
      }
      unroll<Tokens>([&](auto t) NEIRO_INLINE_BODY {
        store_sum<F>(y + t.value * w.rows + o, F::sum(F::add(sum[t.value][0], sum[t.value][1])),
                     bias != nullptr ? bias + o : nullptr, alpha, accumulate);
      });
    }
  });
}

// The same where NF4 blocks begin with rows: codes meet x as they are, and the scale comes to the
// sum of the block.
template <class F, int Tokens>
void linear_rows_nf4(const Workers& workers, float* y, const float* x, const HostMatrix& w,
                     const float* bias, float alpha, bool accumulate) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  const int64_t blocks = w.cols / kNf4Block;
  workers.pool->parallel_for(w.rows, [&](int64_t begin, int64_t end, int) {
    for (int64_t o = begin; o < end; ++o) {
      const uint8_t* codes = static_cast<const uint8_t*>(w.data) + o * w.cols / 2;
      Reg sum[Tokens];
      unroll<Tokens>([&](auto t) NEIRO_INLINE_BODY { sum[t.value] = F::zero(); });
      for (int64_t b = 0; b < blocks; ++b, codes += kNf4Block / 2) {
        Reg part[Tokens];
        unroll<Tokens>([&](auto t) NEIRO_INLINE_BODY { part[t.value] = F::zero(); });
        unroll<kNf4Block / L>([&](auto vector) NEIRO_INLINE_BODY {
          constexpr int i = decltype(vector)::value * L;
          const Reg right = F::lookup_nibbles(codes + i / 2, kNf4Code);
          unroll<Tokens>([&](auto t) NEIRO_INLINE_BODY {
            const float* x_run = x + t.value * w.cols + b * kNf4Block + i;
            part[t.value] = F::fma(F::load(x_run), right, part[t.value]);
          });
        });
        const Reg scale = F::set(nf4_scale<F>(w, o * blocks + b));
        unroll<Tokens>([&](auto t) NEIRO_INLINE_BODY {
          sum[t.value] = F::fma(part[t.value], scale, sum[t.value]);
        });
      }
      unroll<Tokens>([&](auto t) NEIRO_INLINE_BODY {
        store_sum<F>(y + t.value * w.rows + o, F::sum(sum[t.value]),
                     bias != nullptr ? bias + o : nullptr, alpha, accumulate);
      });
    }
  });
}

template <class F, int Tokens>
void linear_few(const Workers& workers, float* y, const float* x, const HostMatrix& w,
                const float* bias, float alpha, bool accumulate) {
  if (w.dtype == DType::kNF4 && w.cols % kNf4Block == 0) {
    linear_rows_nf4<F, Tokens>(workers, y, x, w, bias, alpha, accumulate);
  } else {
    linear_rows<F, Tokens>(workers, y, x, w, bias, alpha, accumulate);
  }
}

// The products of whole micro-batches, in steps of P.
template <class P>
void product_forward(const Workers& workers, float* y, const float* x, const HostMatrix& w,
                     const float* bias, int64_t T, float alpha, bool accumulate) {
  constexpr int64_t kWidth = Blocks<P>::kWidth;
  gemm<P>(
      workers, y, T, w.rows, w.cols, {alpha, accumulate, bias},
      [&](float* out, int64_t m, int64_t rows, int64_t k, int64_t depth) {
        pack_left_rows<P>(out, x + m * w.cols, w.cols, rows, k, depth);
      },
      [&](float* out, int64_t n, int64_t columns, int64_t k, int64_t depth) {
        for (int64_t p = 0; p < columns; p += kWidth) {
          pack_rows_across<P>(out + p * depth, w, n + p, columns - p, k, depth, kWidth);
        }
      });
}

template <class P>
void product_backward_input(const Workers& workers, float* dx, const float* dy, const HostMatrix& w,
                            int64_t T, float alpha, bool accumulate) {
  gemm<P>(
      workers, dx, T, w.cols, w.rows, {alpha, accumulate, nullptr},
      [&](float* out, int64_t m, int64_t rows, int64_t k, int64_t depth) {
        pack_left_rows<P>(out, dy + m * w.rows, w.rows, rows, k, depth);
      },
      [&](float* out, int64_t n, int64_t columns, int64_t k, int64_t depth) {
        pack_columns<P>(out, w, k, depth, n, columns, Blocks<P>::kWidth);
      });
}

template <class P>
void product_backward_weight(const Workers& workers, float* dw, const float* dy, const float* x,
                             int64_t T, int64_t out_size, int64_t in, float alpha) {
  HostMatrix right;
  right.rows = T;
  right.cols = in;
  right.data = x;
  gemm<P>(
      workers, dw, out_size, in, T, {alpha, true, nullptr},
      [&](float* out, int64_t m, int64_t rows, int64_t k, int64_t depth) {
        pack_left_columns<P>(out, dy + m, out_size, T, rows, k, depth);
      },
      [&](float* out, int64_t n, int64_t columns, int64_t k, int64_t depth) {
        pack_columns<P>(out, right, k, depth, n, columns, Blocks<P>::kWidth);
      });
}

template <class F>
void linear_forward(const Workers& workers, float* y, const float* x, const HostMatrix& w,
                    const float* bias, int64_t T, float alpha, bool accumulate) {
  switch (T) {
    case 0:
      return;
    case 1:
      return linear_few<F, 1>(workers, y, x, w, bias, alpha, accumulate);
    case 2:
      return linear_few<F, 2>(workers, y, x, w, bias, alpha, accumulate);
    case 3:
      return linear_few<F, 3>(workers, y, x, w, bias, alpha, accumulate);
    case 4:
      return linear_few<F, 4>(workers, y, x, w, bias, alpha, accumulate);
    default:
      return product_forward<F32Step<F>>(workers, y, x, w, bias, T, alpha, accumulate);
  }
}

template <class F>
void linear_backward_input(const Workers& workers, float* dx, const float* dy, const HostMatrix& w,
                           int64_t T, float alpha, bool accumulate) {
  if (T > 0) product_backward_input<F32Step<F>>(workers, dx, dy, w, T, alpha, accumulate);
}

template <class F>
void linear_backward_weight(const Workers& workers, float* dw, const float* dy, const float* x,
                            int64_t T, int64_t out_size, int64_t in, float alpha) {
  if (T > 0) product_backward_weight<F32Step<F>>(workers, dw, dy, x, T, out_size, in, alpha);
}

// Threads share out columns; each column is one chain of additions in the order of t.
template <class F>
void linear_backward_bias(const Workers& workers, float* dbias, const float* dy, int64_t T,
                          int64_t out_size) {
  constexpr int L = F::kLanes;
  workers.pool->parallel_for(divide_up(out_size, L), [&](int64_t begin, int64_t end, int) {
    for (int64_t o = begin * L; o < smaller(end * L, out_size); o += L) {
      const int64_t n = smaller(L, out_size - o);
      typename F::Reg sum = F::zero();
      for (int64_t t = 0; t < T; ++t) {
        sum = F::add(sum, load_up_to<F>(dy + t * out_size + o, n));
      }
      F::store_n(dbias + o, F::add(F::load_n(dbias + o, n), sum), n);
    }
  });
}

}  // namespace neiro::simd
