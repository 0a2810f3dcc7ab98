// Gated activation; formulas in scalar/swiglu.cpp.
#pragma once

#include "backend/cpu/simd/exp.h"
#include "backend/cpu/simd/pack.h"

namespace neiro::simd {

template <class F>
typename F::Reg sigmoid(typename F::Reg z) {
  const typename F::Reg one = F::set(1.0f);
  return F::div(one, F::add(one, exponential<F>(F::sub(F::zero(), z))));
}

template <class F>
void swiglu_forward(const Workers& workers, float* y, const float* gate, const float* up,
                    int64_t n) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  workers.pool->parallel_for(divide_up(n, L), [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin * L; i < smaller(end * L, n); i += L) {
      const int64_t count = smaller(L, n - i);
      const Reg g = load_up_to<F>(gate + i, count);
      const Reg u = load_up_to<F>(up + i, count);
      F::store_n(y + i, F::mul(F::mul(g, sigmoid<F>(g)), u), count);
    }
  });
}

template <class F>
void swiglu_backward(const Workers& workers, float* dgate, float* dup, const float* dy,
                     const float* gate, const float* up, int64_t n) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  workers.pool->parallel_for(divide_up(n, L), [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin * L; i < smaller(end * L, n); i += L) {
      const int64_t count = smaller(L, n - i);
      const Reg g = load_up_to<F>(gate + i, count);
      const Reg u = load_up_to<F>(up + i, count);
      const Reg d = load_up_to<F>(dy + i, count);
      const Reg s = sigmoid<F>(g);
      const Reg one = F::set(1.0f);
      const Reg slope = F::fma(g, F::sub(one, s), one);
      F::store_n(dup + i, F::mul(d, F::mul(g, s)), count);
      F::store_n(dgate + i, F::mul(F::mul(F::mul(d, u), s), slope), count);
    }
  });
}

}  // namespace neiro::simd
