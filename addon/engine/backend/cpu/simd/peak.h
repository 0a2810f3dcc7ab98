// A product loop that never leaves the registers: the ceiling that shares are measured against.
#pragma once

#include "backend/cpu/simd/common.h"

namespace neiro::simd {

// Does `rounds` rounds of 12 independent vector multiply-adds; returns their number of F32
// operations. `sink` keeps the compiler from leaving the work out.
template <class F>
double register_products(int64_t rounds, float* sink) {
  constexpr int kChains = 12;
  typename F::Reg sum[kChains];
  unroll<kChains>([&](auto i) NEIRO_INLINE_BODY {
    sum[i.value] = F::set(*sink + static_cast<float>(i.value));
  });
  const typename F::Reg a = F::set(0.999999f);
  const typename F::Reg b = F::set(1e-6f);
  for (int64_t round = 0; round < rounds; ++round) {
    unroll<kChains>([&](auto i) NEIRO_INLINE_BODY { sum[i.value] = F::fma(sum[i.value], a, b); });
  }
  typename F::Reg total = F::zero();
  unroll<kChains>([&](auto i) NEIRO_INLINE_BODY { total = F::add(total, sum[i.value]); });
  *sink = F::sum(total);
  return 2.0 * kChains * F::kLanes * static_cast<double>(rounds);
}

}  // namespace neiro::simd
