// AdamW; formulas and rounding as scalar/adamw.cpp, to the bit.
#pragma once

#include "backend/adamw_factors.h"
#include "backend/cpu/simd/pack.h"

namespace neiro::simd {

template <class F>
void adamw(const Workers& workers, float* param, float* m, float* v, const float* grad, int64_t n,
           const AdamW& o, float grad_scale) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  const AdamWFactors f = factors_of(o);
  const Reg decay = F::set(f.decay);
  const Reg mix1 = F::set(f.mix1);
  const Reg mix2 = F::set(f.mix2);
  const Reg keep2 = F::set(f.beta2);
  const Reg root2 = F::set(f.root2);
  const Reg step_size = F::set(f.step_size);
  const Reg epsilon = F::set(f.epsilon);
  const Reg scale = F::set(grad_scale);
  workers.pool->parallel_for(divide_up(n, L), [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin * L; i < smaller(end * L, n); i += L) {
      const int64_t count = smaller(L, n - i);
      const Reg g = F::mul(load_up_to<F>(grad + i, count), scale);
      const Reg p = F::mul(load_up_to<F>(param + i, count), decay);
      const Reg m_old = load_up_to<F>(m + i, count);
      const Reg m_new = F::add(m_old, F::mul(mix1, F::sub(g, m_old)));
      const Reg v_kept = F::mul(load_up_to<F>(v + i, count), keep2);
      const Reg v_new = F::add(v_kept, F::mul(F::mul(mix2, g), g));
      const Reg denominator = F::add(F::div(F::sqrt(v_new), root2), epsilon);
      F::store_n(m + i, m_new, count);
      F::store_n(v + i, v_new, count);
      F::store_n(param + i, F::sub(p, F::div(F::mul(step_size, m_new), denominator)), count);
    }
  });
}

}  // namespace neiro::simd
