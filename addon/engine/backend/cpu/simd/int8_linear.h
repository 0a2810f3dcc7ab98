// The products of micro-batches with a stored matrix, both rounded to groups of bytes.
#pragma once

#include "backend/cpu/simd/gemm.h"
#include "backend/cpu/simd/int8_pack.h"

namespace neiro::simd {

template <class P>
void int8_forward(const Workers& workers, float* y, const float* x, const HostMatrix& w,
                  const float* bias, int64_t T, float alpha, bool accumulate) {
  constexpr int64_t kWidth = Blocks<P>::kWidth;
  gemm<P>(
      workers, y, T, w.rows, w.cols, {alpha, accumulate, bias},
      [&](float* out, int64_t m, int64_t rows, int64_t k, int64_t depth) {
        pack_left_byte_rows<P>(out, x + m * w.cols, w.cols, rows, k, depth);
      },
      [&](float* out, int64_t n, int64_t columns, int64_t k, int64_t depth) {
        for (int64_t p = 0; p < columns; p += kWidth) {
          pack_byte_rows_across<P>(out + p * right_floats<P>(depth), w, n + p, columns - p, k,
                                   depth, kWidth);
        }
      });
}

template <class P>
void int8_backward_input(const Workers& workers, float* dx, const float* dy, const HostMatrix& w,
                         int64_t T, float alpha, bool accumulate) {
  if (T == 0) return;
  gemm<P>(
      workers, dx, T, w.cols, w.rows, {alpha, accumulate, nullptr},
      [&](float* out, int64_t m, int64_t rows, int64_t k, int64_t depth) {
        pack_left_byte_rows<P>(out, dy + m * w.rows, w.rows, rows, k, depth);
      },
      [&](float* out, int64_t n, int64_t columns, int64_t k, int64_t depth) {
        pack_byte_columns<P>(out, w, k, depth, n, columns, Blocks<P>::kWidth);
      });
}

}  // namespace neiro::simd
