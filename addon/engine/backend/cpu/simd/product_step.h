// One step of a product: what the packed operands hold and how they meet. Packing and micro-kernel
// know no number type but this: both operands lie in cells of 32 bits, and a cell holds the values
// of one row (or column) for as many k as one instruction takes: one F32, two BF16, four INT8.
// So moving and transposing cells is the same for all, and only filling and multiplying differ.
#pragma once

#include "backend/cpu/simd/common.h"

namespace neiro::simd {

// What a step says whose sums are F32 already: nothing lies behind its cells. Another (int8_step.h)
// has groups of so many steps, behind whose cells lie so many floats of each row or column.
template <class Vectors>
struct Unscaled {
  static constexpr int64_t kBlockSteps = 384;  // longest block of K
  static constexpr int64_t kGroupSteps = 0;
  static constexpr int kLeftScales = 0;
  static constexpr int kRightScales = 0;
  static typename Vectors::Reg result(typename Vectors::Reg sum) { return sum; }  // in F32
};

// Floats of a row of a packed block of so many steps, and of a column.
template <class P>
constexpr int64_t groups_of(int64_t steps) {
  return P::kGroupSteps == 0 ? 0 : (steps + P::kGroupSteps - 1) / P::kGroupSteps;
}
template <class P>
constexpr int64_t left_floats(int64_t steps) {
  return steps + P::kLeftScales * groups_of<P>(steps);
}
template <class P>
constexpr int64_t right_floats(int64_t steps) {
  return steps + P::kRightScales * groups_of<P>(steps);
}

// F32: a value is its own cell, so that nothing is converted and nothing is copied. F as in
// common.h. Another number type brings a struct with the same names.
template <class F>
struct F32Step : Unscaled<F> {
  using Vector = F;
  using Reg = typename F::Reg;
  using Sum = typename F::Reg;      // of the products, one lane per column
  static constexpr int kDepth = 1;  // k that a step takes
  // Cells are the values themselves, so that they need not be made.
  static constexpr bool kInPlace = true;

  // Cells of n values that follow each other in k: ceil(n / kDepth), the last one filled up with
  // zeros. Where they are, or in buffer.
  static const float* cells_along(const float* values, int64_t, float*) { return values; }
  // Cells of n columns from rows[kDepth][n], which follow each other in k.
  static const float* cells_across(const float* const* rows, int64_t, float*) { return rows[0]; }

  static Sum zero() { return F::zero(); }
  static Reg broadcast(const float* cell) { return F::set(*cell); }
  static Reg load(const float* cells) { return F::load(cells); }
  // sum + left * right, over the kDepth values of each cell.
  static Sum multiply(Reg left, Reg right, Sum sum) { return F::fma(left, right, sum); }
};

// Products of BF16 where the processor has no instruction for them: values are rounded as they are
// packed, and go on as F32. The products of two BF16 are exact in F32, so this differs from an
// instruction only in how the sums are rounded.
template <class F>
struct RoundedStep : F32Step<F> {
  static constexpr bool kInPlace = false;

  static const float* cells_along(const float* values, int64_t n, float* buffer) {
    constexpr int L = F::kLanes;
    int64_t i = 0;
    for (; i + L <= n; i += L) F::store(buffer + i, F::round_to_bf16(F::load(values + i)));
    if (i < n) F::store(buffer + i, F::round_to_bf16(F::load_n(values + i, n - i)));
    return buffer;
  }
  static const float* cells_across(const float* const* rows, int64_t n, float* buffer) {
    return cells_along(rows[0], n, buffer);
  }
};

}  // namespace neiro::simd
