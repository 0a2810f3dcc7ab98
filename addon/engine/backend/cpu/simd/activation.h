// Activations, and a feed-forward block's without a gate; formulas in scalar/activation_points.h.
#pragma once

#include "backend/cpu/scalar/kernels.h"
#include "backend/cpu/simd/exp.h"
#include "backend/cpu/simd/pack.h"
#include "backend/cpu/simd/tanh.h"

namespace neiro::simd {

template <class F>
typename F::Reg sigmoid(typename F::Reg z) {
  const typename F::Reg one = F::set(1.0f);
  return F::div(one, F::add(one, exponential<F>(F::sub(F::zero(), z))));
}

// f(z), and x * f'(z).
template <class F>
struct Silu {
  using Reg = typename F::Reg;
  static Reg value(Reg z) { return F::mul(z, sigmoid<F>(z)); }
  static Reg times_slope(Reg x, Reg z) {
    const Reg s = sigmoid<F>(z);
    const Reg one = F::set(1.0f);
    return F::mul(F::mul(x, s), F::fma(z, F::sub(one, s), one));
  }
};

template <class F>
struct GeluTanh {
  using Reg = typename F::Reg;
  static constexpr float kR = 0.7978845608f, kC = 0.044715f;
  static Reg tangent(Reg z) {
    const Reg cubic = F::fma(F::mul(F::mul(z, z), F::set(kC)), z, z);
    return hyperbolic_tangent<F>(F::mul(F::set(kR), cubic));
  }
  static Reg value(Reg z) {
    return F::mul(F::mul(F::set(0.5f), z), F::add(F::set(1.0f), tangent(z)));
  }
  static Reg times_slope(Reg x, Reg z) {
    const Reg one = F::set(1.0f);
    const Reg t = tangent(z);
    const Reg inner = F::mul(F::set(kR), F::fma(F::mul(F::set(3 * kC), z), z, one));
    const Reg curve = F::mul(F::mul(z, F::fnma(t, t, one)), inner);
    return F::mul(F::mul(x, F::set(0.5f)), F::add(F::add(one, t), curve));
  }
};

template <class F>
struct Sigmoid {
  using Reg = typename F::Reg;
  static Reg value(Reg z) { return sigmoid<F>(z); }
  static Reg times_slope(Reg x, Reg z) {
    const Reg s = sigmoid<F>(z);
    return F::mul(F::mul(x, s), F::sub(F::set(1.0f), s));
  }
};

template <class F>
struct Identity {
  using Reg = typename F::Reg;
  static Reg value(Reg z) { return z; }
  static Reg times_slope(Reg x, Reg) { return x; }
};

template <class F, class Function>
void activation_forward_of(const Workers& workers, float* y, const float* x, int64_t n) {
  constexpr int L = F::kLanes;
  workers.pool->parallel_for(divide_up(n, L), [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin * L; i < smaller(end * L, n); i += L) {
      const int64_t count = smaller(L, n - i);
      F::store_n(y + i, Function::value(load_up_to<F>(x + i, count)), count);
    }
  });
}

template <class F, class Function>
void activation_backward_of(const Workers& workers, float* dx, const float* dy, const float* x,
                            int64_t n) {
  constexpr int L = F::kLanes;
  workers.pool->parallel_for(divide_up(n, L), [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin * L; i < smaller(end * L, n); i += L) {
      const int64_t count = smaller(L, n - i);
      const typename F::Reg d = load_up_to<F>(dy + i, count);
      F::store_n(dx + i, Function::times_slope(d, load_up_to<F>(x + i, count)), count);
    }
  });
}

template <class F>
void activation_forward(const Workers& workers, float* y, const float* x, int64_t n, Activation f) {
  switch (f) {
    case Activation::kSilu:
      return activation_forward_of<F, Silu<F>>(workers, y, x, n);
    case Activation::kGeluTanh:
      return activation_forward_of<F, GeluTanh<F>>(workers, y, x, n);
    case Activation::kSigmoid:
      return activation_forward_of<F, Sigmoid<F>>(workers, y, x, n);
    case Activation::kNone:
      return activation_forward_of<F, Identity<F>>(workers, y, x, n);
    case Activation::kGelu:  // no fast erf yet
    case Activation::kTanh:  // of a few rows only
    case Activation::kRelu:
      return scalar::activation_forward(workers, y, x, n, f);
  }
}

template <class F>
void activation_backward(const Workers& workers, float* dx, const float* dy, const float* x,
                         int64_t n, Activation f) {
  switch (f) {
    case Activation::kSilu:
      return activation_backward_of<F, Silu<F>>(workers, dx, dy, x, n);
    case Activation::kGeluTanh:
      return activation_backward_of<F, GeluTanh<F>>(workers, dx, dy, x, n);
    case Activation::kSigmoid:
      return activation_backward_of<F, Sigmoid<F>>(workers, dx, dy, x, n);
    case Activation::kNone:
      return activation_backward_of<F, Identity<F>>(workers, dx, dy, x, n);
    case Activation::kGelu:
    case Activation::kTanh:
    case Activation::kRelu:
      return scalar::activation_backward(workers, dx, dy, x, n, f);
  }
}

}  // namespace neiro::simd
