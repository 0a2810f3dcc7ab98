// Root mean square normalisation; formulas in scalar/rms_norm.cpp.
#pragma once

#include <cmath>

#include "backend/cpu/simd/pack.h"

namespace neiro::simd {

template <class F>
void rms_norm_forward(const Workers& workers, float* y, float* rstd, const float* x, const float* w,
                      float base, int64_t R, int64_t C, float eps) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  const Reg bases = F::set(base);
  workers.pool->parallel_for(R, [&](int64_t begin, int64_t end, int) {
    for (int64_t r = begin; r < end; ++r) {
      const float* x_row = x + r * C;
      Reg squares = F::zero();
      for (int64_t c = 0; c < C; c += L) {
        const Reg value = load_up_to<F>(x_row + c, C - c);
        squares = F::fma(value, value, squares);
      }
      rstd[r] = 1.0f / ::sqrtf(F::sum(squares) / static_cast<float>(C) + eps);
      const Reg scale = F::set(rstd[r]);
      for (int64_t c = 0; c < C; c += L) {
        const int64_t n = smaller(L, C - c);
        const Reg value = F::mul(load_up_to<F>(x_row + c, n), scale);
        F::store_n(y + r * C + c, F::mul(value, F::add(bases, load_up_to<F>(w + c, n))), n);
      }
    }
  });
}

template <class F>
void rms_norm_backward(const Workers& workers, float* dx, float* dw, const float* dy,
                       const float* x, const float* w, float base, const float* rstd, int64_t R,
                       int64_t C, bool accumulate) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  const Reg bases = F::set(base);
  if (dw != nullptr) {
    workers.pool->parallel_for(divide_up(C, L), [&](int64_t begin, int64_t end, int) {
      for (int64_t c = begin * L; c < smaller(end * L, C); c += L) {
        const int64_t n = smaller(L, C - c);
        Reg sum = F::zero();
        for (int64_t r = 0; r < R; ++r) {
          const Reg normed = F::mul(load_up_to<F>(x + r * C + c, n), F::set(rstd[r]));
          sum = F::fma(load_up_to<F>(dy + r * C + c, n), normed, sum);
        }
        F::store_n(dw + c, F::add(F::load_n(dw + c, n), sum), n);
      }
    });
  }
  workers.pool->parallel_for(R, [&](int64_t begin, int64_t end, int) {
    for (int64_t r = begin; r < end; ++r) {
      const Reg scale = F::set(rstd[r]);
      Reg sum = F::zero();
      for (int64_t c = 0; c < C; c += L) {
        const Reg normed = F::mul(load_up_to<F>(x + r * C + c, C - c), scale);
        const Reg grad = F::mul(load_up_to<F>(dy + r * C + c, C - c),
                                F::add(bases, load_up_to<F>(w + c, C - c)));
        sum = F::fma(grad, normed, sum);
      }
      const Reg mean = F::set(F::sum(sum) / static_cast<float>(C));
      for (int64_t c = 0; c < C; c += L) {
        const int64_t n = smaller(L, C - c);
        const Reg normed = F::mul(load_up_to<F>(x + r * C + c, n), scale);
        const Reg grad =
            F::mul(load_up_to<F>(dy + r * C + c, n), F::add(bases, load_up_to<F>(w + c, n)));
        Reg result = F::mul(scale, F::fnma(normed, mean, grad));
        float* out = dx + r * C + c;
        if (accumulate) result = F::add(F::load_n(out, n), result);
        F::store_n(out, result, n);
      }
    }
  });
}

}  // namespace neiro::simd
