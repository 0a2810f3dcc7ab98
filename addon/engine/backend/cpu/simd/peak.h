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
  NEIRO_UNROLL
  for (int i = 0; i < kChains; ++i) sum[i] = F::set(*sink + static_cast<float>(i));
  const typename F::Reg a = F::set(0.999999f);
  const typename F::Reg b = F::set(1e-6f);
  for (int64_t round = 0; round < rounds; ++round) {
    NEIRO_UNROLL
    for (int i = 0; i < kChains; ++i) sum[i] = F::fma(sum[i], a, b);
  }
  typename F::Reg total = F::zero();
  NEIRO_UNROLL
  for (int i = 0; i < kChains; ++i) total = F::add(total, sum[i]);
  *sink = F::sum(total);
  return 2.0 * kChains * F::kLanes * static_cast<double>(rounds);
}

}  // namespace neiro::simd
