// Gated activations; formulas in scalar/gated.cpp.
#pragma once

#include "backend/cpu/simd/activation.h"

namespace neiro::simd {

template <class F, class Function>
void gated_forward_of(const Workers& workers, float* y, const float* gate, const float* up,
                      int64_t n) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  workers.pool->parallel_for(divide_up(n, L), [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin * L; i < smaller(end * L, n); i += L) {
      const int64_t count = smaller(L, n - i);
      const Reg g = load_up_to<F>(gate + i, count);
      const Reg u = load_up_to<F>(up + i, count);
      F::store_n(y + i, F::mul(Function::value(g), u), count);
    }
  });
}

template <class F, class Function>
void gated_backward_of(const Workers& workers, float* dgate, float* dup, const float* dy,
                       const float* gate, const float* up, int64_t n) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  workers.pool->parallel_for(divide_up(n, L), [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin * L; i < smaller(end * L, n); i += L) {
      const int64_t count = smaller(L, n - i);
      const Reg g = load_up_to<F>(gate + i, count);
      const Reg u = load_up_to<F>(up + i, count);
      const Reg d = load_up_to<F>(dy + i, count);
      F::store_n(dup + i, F::mul(d, Function::value(g)), count);
      F::store_n(dgate + i, Function::times_slope(F::mul(d, u), g), count);
    }
  });
}

template <class F>
void gated_forward(const Workers& workers, float* y, const float* gate, const float* up, int64_t n,
                   Activation f) {
  switch (f) {
    case Activation::kSilu:
      return gated_forward_of<F, Silu<F>>(workers, y, gate, up, n);
    case Activation::kGeluTanh:
      return gated_forward_of<F, GeluTanh<F>>(workers, y, gate, up, n);
    case Activation::kSigmoid:
      return gated_forward_of<F, Sigmoid<F>>(workers, y, gate, up, n);
    case Activation::kNone:
      return gated_forward_of<F, Identity<F>>(workers, y, gate, up, n);
    case Activation::kGelu:  // of no large model: the plain one will do
    case Activation::kTanh:
    case Activation::kRelu:
      return scalar::gated_forward(workers, y, gate, up, n, f);
  }
}

template <class F>
void gated_backward(const Workers& workers, float* dgate, float* dup, const float* dy,
                    const float* gate, const float* up, int64_t n, Activation f) {
  switch (f) {
    case Activation::kSilu:
      return gated_backward_of<F, Silu<F>>(workers, dgate, dup, dy, gate, up, n);
    case Activation::kGeluTanh:
      return gated_backward_of<F, GeluTanh<F>>(workers, dgate, dup, dy, gate, up, n);
    case Activation::kSigmoid:
      return gated_backward_of<F, Sigmoid<F>>(workers, dgate, dup, dy, gate, up, n);
    case Activation::kNone:
      return gated_backward_of<F, Identity<F>>(workers, dgate, dup, dy, gate, up, n);
    case Activation::kGelu:
    case Activation::kTanh:
    case Activation::kRelu:
      return scalar::gated_backward(workers, dgate, dup, dy, gate, up, n, f);
  }
}

}  // namespace neiro::simd
