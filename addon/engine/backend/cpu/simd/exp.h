// The exponential of a vector, within 2 ulp of std::exp (a test holds it to that).
#pragma once

#include "backend/cpu/simd/common.h"

namespace neiro::simd {

// e^x = 2^n e^r with n = round(x / ln 2), |r| <= ln 2 / 2; ln 2 is subtracted in two parts so that
// r keeps its low bits. e^r by its Taylor series to r^7: the next term is below 1e-8.
// Below -104 the result is 0 (also at -infinity), above 89 infinity; NaN stays NaN.
template <class F>
typename F::Reg exponential(typename F::Reg x) {
  using Reg = typename F::Reg;
  x = F::max(F::set(-104.0f), F::min(F::set(89.0f), x));
  const Reg n = F::round(F::mul(x, F::set(1.44269504f)));
  Reg r = F::fnma(n, F::set(0.693359375f), x);  // ln 2 to 9 bits
  r = F::fnma(n, F::set(-2.12194440e-4f), r);   // the rest
  Reg sum = F::set(1.0f / 5040.0f);
  sum = F::fma(sum, r, F::set(1.0f / 720.0f));
  sum = F::fma(sum, r, F::set(1.0f / 120.0f));
  sum = F::fma(sum, r, F::set(1.0f / 24.0f));
  sum = F::fma(sum, r, F::set(1.0f / 6.0f));
  sum = F::fma(sum, r, F::set(0.5f));
  sum = F::fma(sum, r, F::set(1.0f));
  sum = F::fma(sum, r, F::set(1.0f));
  return F::scale_by_power(sum, n);
}

}  // namespace neiro::simd
