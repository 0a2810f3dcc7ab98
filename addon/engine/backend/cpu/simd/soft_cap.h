// Soft caps; formulas in scalar/soft_cap.cpp.
#pragma once

#include "backend/cpu/simd/pack.h"
#include "backend/cpu/simd/tanh.h"

namespace neiro::simd {

template <class F>
void soft_cap_forward(const Workers& workers, float* y, float* slope, int64_t n, float cap) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  const Reg caps = F::set(cap);
  const Reg share = F::set(1.0f / cap);
  workers.pool->parallel_for(divide_up(n, L), [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin * L; i < smaller(end * L, n); i += L) {
      const int64_t count = smaller(L, n - i);
      const Reg t = hyperbolic_tangent<F>(F::mul(load_up_to<F>(y + i, count), share));
      F::store_n(y + i, F::mul(caps, t), count);
      if (slope != nullptr) F::store_n(slope + i, F::fnma(t, t, F::set(1.0f)), count);
    }
  });
}

template <class F>
void soft_cap_backward(const Workers& workers, float* dy, const float* slope, int64_t n) {
  constexpr int L = F::kLanes;
  workers.pool->parallel_for(divide_up(n, L), [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin * L; i < smaller(end * L, n); i += L) {
      const int64_t count = smaller(L, n - i);
      F::store_n(dy + i, F::mul(load_up_to<F>(dy + i, count), load_up_to<F>(slope + i, count)),
                 count);
    }
  });
}

}  // namespace neiro::simd
