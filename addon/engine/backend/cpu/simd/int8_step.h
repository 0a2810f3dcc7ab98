// Products of INT8: a cell holds four values of k as bytes, and a block of kInt8Group of them has a
// scale for each row and each column, so that an outlier spoils no more than its group. Within a
// group sums are exact.
#pragma once

#include "backend/cpu/simd/common.h"

namespace neiro::simd {

// Dot is the instruction: left bytes (that kLeftOffset was added to) times right bytes, and what
// makes bytes of floats.
template <class Dot>
struct Int8Step {
  using Vector = typename Dot::Vector;
  using F = Vector;
  using Reg = typename F::Reg;
  using Sum = typename Dot::Sum;
  using Bytes = Dot;
  static constexpr int kDepth = 4;
  static constexpr bool kInPlace = false;
  static constexpr int64_t kGroupSteps = kInt8Group / kDepth;
  static constexpr int64_t kBlockSteps = 12 * kGroupSteps;
  // Behind the cells of a group: the scale of a row; the scale of a column, and what undoes the
  // offset of the left bytes in its sums.
  static constexpr int kLeftScales = 1;
  static constexpr int kRightScales = 2;

  static Sum zero() { return Dot::zero(); }
  static Reg broadcast(const float* cell) { return F::set(*cell); }
  static Reg load(const float* cells) { return F::load(cells); }
  static Sum multiply(Reg left, Reg right, Sum sum) { return Dot::multiply(left, right, sum); }
  // `right`: the scales of a vector of columns, behind them (`width` floats apart) the rest.
  static Sum begin(const float* right, int64_t width) { return Dot::load(right + width); }
  static Reg add_scaled(Sum sum, const float* left, const float* right, Reg total) {
    return F::fma(F::mul(F::set(*left), F::load(right)), Dot::as_floats(sum), total);
  }
  static Reg result(Sum sum) { return Dot::as_floats(sum); }
};

}  // namespace neiro::simd
