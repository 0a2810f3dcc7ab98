// Rotary position embedding; formulas in scalar/rope.cpp. Interleaved pairs (GLM) take the plain
// kernel.
#pragma once

#include "backend/cpu/scalar/kernels.h"
#include "backend/cpu/simd/pack.h"

namespace neiro::simd {

template <class F, bool kForward>
void rope(const Workers& workers, float* x, const int32_t* positions, const float* cos_table,
          const float* sin_table, int64_t T, int heads, const RopeShape& shape) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  const int64_t half = shape.rotary / 2;
  workers.pool->parallel_for(T, [&](int64_t begin, int64_t end, int) {
    for (int64_t t = begin; t < end; ++t) {
      const float* cosine = cos_table + positions[t] * half;
      const float* sine = sin_table + positions[t] * half;
      for (int h = 0; h < heads; ++h) {
        float* row = x + (t * heads + h) * shape.head_dim;
        for (int64_t i = 0; i < half; i += L) {
          const int64_t n = smaller(L, half - i);
          const Reg c = load_up_to<F>(cosine + i, n);
          const Reg s = load_up_to<F>(sine + i, n);
          const Reg a = load_up_to<F>(row + i, n);
          const Reg b = load_up_to<F>(row + half + i, n);
          if constexpr (kForward) {
            F::store_n(row + i, F::fnma(b, s, F::mul(a, c)), n);
            F::store_n(row + half + i, F::fma(a, s, F::mul(b, c)), n);
          } else {
            F::store_n(row + i, F::fma(b, s, F::mul(a, c)), n);
            F::store_n(row + half + i, F::fnma(a, s, F::mul(b, c)), n);
          }
        }
      }
    }
  });
}

template <class F>
void rope_forward(const Workers& workers, float* x, const int32_t* positions,
                  const float* cos_table, const float* sin_table, int64_t T, int heads,
                  const RopeShape& shape) {
  if (shape.interleaved) {
    return scalar::rope_forward(workers, x, positions, cos_table, sin_table, T, heads, shape);
  }
  rope<F, true>(workers, x, positions, cos_table, sin_table, T, heads, shape);
}

template <class F>
void rope_backward(const Workers& workers, float* dx, const int32_t* positions,
                   const float* cos_table, const float* sin_table, int64_t T, int heads,
                   const RopeShape& shape) {
  if (shape.interleaved) {
    return scalar::rope_backward(workers, dx, positions, cos_table, sin_table, T, heads, shape);
  }
  rope<F, false>(workers, dx, positions, cos_table, sin_table, T, heads, shape);
}

}  // namespace neiro::simd
