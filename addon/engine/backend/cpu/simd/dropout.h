// Inverted dropout with the same mask as scalar/dropout.cpp, bit for bit.
#pragma once

#include "backend/cpu/simd/pack.h"

namespace neiro::simd {

template <class F>
void dropout(const Workers& workers, float* y, const float* x, int64_t n, float p, PhiloxKey key) {
  constexpr int L = F::kLanes;
  constexpr int64_t kGroup = 2 * L;  // numbers drawn at a time, from kGroup / 4 Philox blocks
  const typename F::Reg scale = F::set(1.0f / (1.0f - p));
  const typename F::Reg threshold = F::set(p);
  workers.pool->parallel_for(divide_up(n, kGroup), [&](int64_t begin, int64_t end, int) {
    for (int64_t group = begin; group < end; ++group) {
      typename F::Reg draw[2];
      F::uniforms(key.seed, key.stream, static_cast<uint64_t>(group * (kGroup / 4)), draw);
      for (int v = 0; v < 2; ++v) {
        const int64_t i = group * kGroup + v * L;
        if (i >= n) break;
        const typename F::Reg kept = F::mul(load_up_to<F>(x + i, n - i), scale);
        F::store_n(y + i, F::where_le(threshold, draw[v], kept, F::zero()), smaller(L, n - i));
      }
    }
  });
}

}  // namespace neiro::simd
