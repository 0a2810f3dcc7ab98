// The activations of backend/operations.h at one point: f and its slope, by their formulas.
#pragma once

#include <cmath>

#include "backend/cpu/kernels.h"

namespace neiro::scalar {

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

// With t = tanh(z):  f = t,  f' = 1 - t^2
struct Tanh {
  static Point at(double z) {
    const double t = std::tanh(z);
    return {t, 1.0 - t * t};
  }
};

// f = max(z, 0); its slope at 0 is 0, as PyTorch has it.
struct Relu {
  static Point at(double z) { return {z > 0 ? z : 0.0, z > 0 ? 1.0 : 0.0}; }
};

// With s = 1 / (1 + e^-z):  f = s,  f' = s (1 - s)
struct Sigmoid {
  static Point at(double z) {
    const double s = 1.0 / (1.0 + std::exp(-z));
    return {s, s * (1.0 - s)};
  }
};

struct Identity {
  static Point at(double z) { return {z, 1.0}; }
};

// Calls use(F{}) with the struct of `f`: the choice is made once, not for every value.
template <class Use>
void with_points(Activation f, Use use) {
  switch (f) {
    case Activation::kSilu:
      return use(Silu{});
    case Activation::kGelu:
      return use(Gelu{});
    case Activation::kGeluTanh:
      return use(GeluTanh{});
    case Activation::kTanh:
      return use(Tanh{});
    case Activation::kRelu:
      return use(Relu{});
    case Activation::kSigmoid:
      return use(Sigmoid{});
    case Activation::kNone:
      return use(Identity{});
  }
}

}  // namespace neiro::scalar
