// Addition, and multiplication by a number, in place.
#pragma once

#include "backend/cpu/simd/pack.h"

namespace neiro::simd {

template <class F>
void add(const Workers& workers, float* y, const float* x, int64_t n) {
  constexpr int L = F::kLanes;
  workers.pool->parallel_for(divide_up(n, L), [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin * L; i < smaller(end * L, n); i += L) {
      const int64_t count = smaller(L, n - i);
      const auto sum = F::add(load_up_to<F>(y + i, count), load_up_to<F>(x + i, count));
      F::store_n(y + i, sum, count);
    }
  });
}

template <class F>
void scale(const Workers& workers, float* y, int64_t n, float alpha) {
  constexpr int L = F::kLanes;
  workers.pool->parallel_for(divide_up(n, L), [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin * L; i < smaller(end * L, n); i += L) {
      const int64_t count = smaller(L, n - i);
      F::store_n(y + i, F::mul(load_up_to<F>(y + i, count), F::set(alpha)), count);
    }
  });
}

}  // namespace neiro::simd
