// Gated activations (Shazeer 2020): f(gate) * up, f of backend/operations.h.
#include <cmath>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {
namespace {

// f and its slope at one point.
struct Point {
  double value, slope;
};

// With s = 1 / (1 + e^-z):  f = z s,  f' = s (1 + z (1 - s))
struct Silu {
  static Point at(double z) {
    const double s = 1.0 / (1.0 + std::exp(-z));
    return {z * s, s * (1.0 + z * (1.0 - s))};
  }
};

// With P = (1 + erf(z / sqrt(2))) / 2:  f = z P,  f' = P + z e^(-z^2 / 2) / sqrt(2 pi)
struct Gelu {
  static Point at(double z) {
    constexpr double kRootHalf = 0.70710678118654752440, kDensity = 0.39894228040143267794;
    const double p = 0.5 * (1.0 + std::erf(z * kRootHalf));
    return {z * p, p + z * kDensity * std::exp(-0.5 * z * z)};
  }
};

// With t = tanh(r (z + c z^3)):  f = z (1 + t) / 2,
// f' = (1 + t) / 2 + z (1 - t^2) r (1 + 3 c z^2) / 2
struct GeluTanh {
  static Point at(double z) {
    constexpr double kR = 0.79788456080286535588, kC = 0.044715;
    const double t = std::tanh(kR * (z + kC * z * z * z));
    return {0.5 * z * (1.0 + t),
            0.5 * (1.0 + t) + 0.5 * z * (1.0 - t * t) * kR * (1.0 + 3.0 * kC * z * z)};
  }
};

template <class F>
void forward(const Workers& workers, float* y, const float* gate, const float* up, int64_t n) {
  workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) y[i] = static_cast<float>(F::at(gate[i]).value * up[i]);
  });
}

template <class F>
void backward(const Workers& workers, float* dgate, float* dup, const float* dy, const float* gate,
              const float* up, int64_t n) {
  workers.pool->parallel_for(n, [&](int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i) {
      const Point point = F::at(gate[i]);
      const double d = dy[i];
      const double u = up[i];
      dup[i] = static_cast<float>(d * point.value);
      dgate[i] = static_cast<float>(d * u * point.slope);
    }
  });
}

}  // namespace

void gated_forward(const Workers& workers, float* y, const float* gate, const float* up, int64_t n,
                   Activation f) {
  switch (f) {
    case Activation::kSilu:
      return forward<Silu>(workers, y, gate, up, n);
    case Activation::kGelu:
      return forward<Gelu>(workers, y, gate, up, n);
    case Activation::kGeluTanh:
      return forward<GeluTanh>(workers, y, gate, up, n);
  }
}

void gated_backward(const Workers& workers, float* dgate, float* dup, const float* dy,
                    const float* gate, const float* up, int64_t n, Activation f) {
  switch (f) {
    case Activation::kSilu:
      return backward<Silu>(workers, dgate, dup, dy, gate, up, n);
    case Activation::kGelu:
      return backward<Gelu>(workers, dgate, dup, dy, gate, up, n);
    case Activation::kGeluTanh:
      return backward<GeluTanh>(workers, dgate, dup, dy, gate, up, n);
  }
}

}  // namespace neiro::scalar
