// Linear layers: which way round the stored matrix is packed, and a path for a few tokens.
#pragma once

#include "backend/cpu/simd/gemm.h"
#include "backend/cpu/simd/int8_pack.h"

namespace neiro::simd {

template <class F>
void store_sum(float* y, float sum, const float* bias, float alpha, bool accumulate) {
  float value = alpha * sum;
  if (accumulate) value += *y;
  if (bias != nullptr) value += *bias;
  *y = value;
}

// y of Tokens rows of x for row `o` of W: two chains of sums for each token, whose bits are the
// same whatever Tokens is.
template <class F, int Tokens>
void linear_row(float* y, const float* x, const HostMatrix& w, int64_t o, const float* bias,
                float alpha, bool accumulate) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  float buffer[kRunBuffer];
  Reg sum[Tokens][2];
  unroll<Tokens>([&](auto t) NEIRO_INLINE_BODY { sum[t.value][0] = sum[t.value][1] = F::zero(); });
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

// The same where NF4 blocks begin with rows: codes meet x as they are, and the scale comes to the
// sum of the block.
template <class F, int Tokens>
void linear_row_nf4(float* y, const float* x, const HostMatrix& w, int64_t o, const float* bias,
                    float alpha, bool accumulate) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  const int64_t blocks = w.cols / kNf4Block;
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

// A few tokens at a time for one row of W, which stays in the nearest cache meanwhile: W is
// streamed once, and the bits of a token's sums are those that it has alone.
template <class F>
void linear_forward_apart(const Workers& workers, float* y, const float* x, const HostMatrix& w,
                          const float* bias, int64_t T, float alpha, bool accumulate) {
  constexpr int kFew = 4;
  const bool nf4 = w.dtype == DType::kNF4 && w.cols % kNf4Block == 0;
  workers.pool->parallel_for(w.rows, [&](int64_t begin, int64_t end, int) {
    for (int64_t o = begin; o < end; ++o) {
      for (int64_t t = 0; t < T; t += kFew) {
        const auto rows = [&](auto tokens) NEIRO_INLINE_BODY {
          constexpr int n = decltype(tokens)::value;
          float* y_rows = y + t * w.rows;
          const float* x_rows = x + t * w.cols;
          if (nf4) {
            linear_row_nf4<F, n>(y_rows, x_rows, w, o, bias, alpha, accumulate);
          } else {
            linear_row<F, n>(y_rows, x_rows, w, o, bias, alpha, accumulate);
          }
        };
        switch (T - t) {
          case 1:
            rows(Index<1>{});
            break;
          case 2:
            rows(Index<2>{});
            break;
          case 3:
            rows(Index<3>{});
            break;
          default:
            rows(Index<kFew>{});
        }
      }
    }
  });
}

// Packing for steps of P: cells, or groups of bytes with their scales.
template <class P>
void pack_left(float* out, const float* x, int64_t columns, int64_t M, int64_t step0,
               int64_t steps) {
  if constexpr (P::kGroupSteps > 0) {
    pack_left_byte_rows<P>(out, x, columns, M, step0, steps);
  } else {
    pack_left_rows<P>(out, x, columns, M, step0, steps);
  }
}
template <class P>
void pack_across(float* out, const HostMatrix& w, int64_t row0, int64_t rows, int64_t step0,
                 int64_t steps, int64_t width) {
  if constexpr (P::kGroupSteps > 0) {
    pack_byte_rows_across<P>(out, w, row0, rows, step0, steps, width);
  } else {
    pack_rows_across<P>(out, w, row0, rows, step0, steps, width);
  }
}
template <class P>
void pack_down(float* out, const HostMatrix& w, int64_t step0, int64_t steps, int64_t col0,
               int64_t columns, int64_t width) {
  if constexpr (P::kGroupSteps > 0) {
    pack_byte_columns<P>(out, w, step0, steps, col0, columns, width);
  } else {
    pack_columns<P>(out, w, step0, steps, col0, columns, width);
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
        pack_left<P>(out, x + m * w.cols, w.cols, rows, k, depth);
      },
      [&](float* out, int64_t n, int64_t columns, int64_t k, int64_t depth) {
        for (int64_t p = 0; p < columns; p += kWidth) {
          pack_across<P>(out + p * right_floats<P>(depth), w, n + p, columns - p, k, depth, kWidth);
        }
      });
}

template <class P>
void product_backward_input(const Workers& workers, float* dx, const float* dy, const HostMatrix& w,
                            int64_t T, float alpha, bool accumulate) {
  gemm<P>(
      workers, dx, T, w.cols, w.rows, {alpha, accumulate, nullptr},
      [&](float* out, int64_t m, int64_t rows, int64_t k, int64_t depth) {
        pack_left<P>(out, dy + m * w.rows, w.rows, rows, k, depth);
      },
      [&](float* out, int64_t n, int64_t columns, int64_t k, int64_t depth) {
        pack_down<P>(out, w, k, depth, n, columns, Blocks<P>::kWidth);
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

template <class P>
void linear_forward(const Workers& workers, float* y, const float* x, const HostMatrix& w,
                    const float* bias, int64_t T, float alpha, bool accumulate) {
  using F = typename P::Vector;
  if (T <= kFewTokens) return linear_forward_apart<F>(workers, y, x, w, bias, T, alpha, accumulate);
  product_forward<P>(workers, y, x, w, bias, T, alpha, accumulate);
}

template <class P>
void linear_backward_input(const Workers& workers, float* dx, const float* dy, const HostMatrix& w,
                           int64_t T, float alpha, bool accumulate) {
  if (T > 0) product_backward_input<P>(workers, dx, dy, w, T, alpha, accumulate);
}

template <class P>
void linear_backward_weight(const Workers& workers, float* dw, const float* dy, const float* x,
                            int64_t T, int64_t out_size, int64_t in, float alpha) {
  if (T > 0) product_backward_weight<P>(workers, dw, dy, x, T, out_size, in, alpha);
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
