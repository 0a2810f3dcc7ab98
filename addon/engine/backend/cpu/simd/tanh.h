// The hyperbolic tangent of a vector, within a few ulp of std::tanh (a test holds it to that).
#pragma once

#include "backend/cpu/simd/exp.h"

namespace neiro::simd {

// Below 0.625 the polynomial x + x^3 P(x^2) of Cephes' tanhf (Moshier), where 1 - e^-2x would lose
// its low bits; above, 1 - 2 / (e^2x + 1) of |x| with the sign of x. NaN stays NaN.
template <class F>
typename F::Reg hyperbolic_tangent(typename F::Reg x) {
  using Reg = typename F::Reg;
  const Reg one = F::set(1.0f);
  const Reg negative = F::sub(F::zero(), x);
  const Reg size = F::max(negative, x);
  const Reg square = F::mul(x, x);
  Reg sum = F::set(-5.70498872745e-3f);
  sum = F::fma(sum, square, F::set(2.06390887954e-2f));
  sum = F::fma(sum, square, F::set(-5.37397155531e-2f));
  sum = F::fma(sum, square, F::set(1.33314422036e-1f));
  sum = F::fma(sum, square, F::set(-3.33332819422e-1f));
  const Reg small = F::fma(F::mul(sum, square), x, x);
  const Reg rest = F::div(F::set(2.0f), F::add(exponential<F>(F::add(size, size)), one));
  const Reg large = F::where_le(F::zero(), x, F::sub(one, rest), F::sub(rest, one));
  return F::where_le(size, F::set(0.625f), small, large);
}

}  // namespace neiro::simd
