// AdamW; formulas and rounding as scalar/adamw.cpp, to the bit.
#pragma once

#include <cmath>

#include "backend/cpu/simd/pack.h"

namespace neiro::simd {

template <class F>
void adamw(const Workers& workers, float* param, float* m, float* v, const float* grad, int64_t n,
           const AdamW& o, float grad_scale) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  const double steps = static_cast<double>(o.step);
  const double correction1 = 1.0 - ::pow(static_cast<double>(o.beta1), steps);
  const double correction2 = 1.0 - ::pow(static_cast<double>(o.beta2), steps);
  const double shrink = 1.0 - static_cast<double>(o.learning_rate) * o.weight_decay;
  const Reg decay = F::set(static_cast<float>(shrink));
  const Reg mix1 = F::set(static_cast<float>(1.0 - o.beta1));
  const Reg mix2 = F::set(static_cast<float>(1.0 - o.beta2));
  const Reg keep2 = F::set(o.beta2);
  const Reg root2 = F::set(static_cast<float>(::sqrt(correction2)));
  const Reg step_size = F::set(static_cast<float>(o.learning_rate / correction1));
  const Reg epsilon = F::set(o.epsilon);
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
