// A product loop that never leaves the registers: the ceiling that shares are measured against.
#pragma once

#include "backend/cpu/simd/product_step.h"

namespace neiro::simd {

// Does `rounds` rounds of 12 independent steps of P; returns their number of operations (one
// product and one sum for each value). `sink` keeps the compiler from leaving the work out.
template <class P>
double register_products(int64_t rounds, float* sink) {
  using F = typename P::Vector;
  constexpr int kChains = 12;
  typename P::Sum sum[kChains];
  const typename F::Reg a = F::set(1.0f);
  typename F::Reg b = F::set(1e-6f);
  unroll<kChains>([&](auto i) NEIRO_INLINE_BODY {
    sum[i.value] = P::multiply(F::set(*sink + static_cast<float>(i.value)), b, P::zero());
  });
  for (int64_t round = 0; round < rounds; ++round) {
    unroll<kChains>([&](auto i)
                        NEIRO_INLINE_BODY { sum[i.value] = P::multiply(a, b, sum[i.value]); });
  }
  typename F::Reg total = F::zero();
  unroll<kChains>([&](auto i)
                      NEIRO_INLINE_BODY { total = F::add(total, P::result(sum[i.value])); });
  *sink = F::sum(total);
  return 2.0 * kChains * F::kLanes * P::kDepth * static_cast<double>(rounds);
}

}  // namespace neiro::simd
