// The activations of backend/operations.h at one point: f and its slope, in F32.
#pragma once

#include "backend/cuda/device_code.h"
#include "backend/operations.h"

namespace neiro::cuda {

struct Point {
  float value, slope;
};

DEVICE float sigmoid(float z) { return 1.0f / (1.0f + expf(-z)); }

template <Activation f>
DEVICE Point point(float z) {
  if constexpr (f == Activation::kSilu) {
    const float s = sigmoid(z);
    return {z * s, s * (1.0f + z * (1.0f - s))};
  } else if constexpr (f == Activation::kGelu) {
    constexpr float kRootHalf = 0.70710678118654752440f, kDensity = 0.39894228040143267794f;
    const float p = 0.5f * (1.0f + erff(z * kRootHalf));
    return {z * p, p + z * kDensity * expf(-0.5f * z * z)};
  } else if constexpr (f == Activation::kGeluTanh) {
    constexpr float kR = 0.79788456080286535588f, kC = 0.044715f;
    const float t = tanhf(kR * (z + kC * z * z * z));
    return {0.5f * z * (1.0f + t),
            0.5f * (1.0f + t) + 0.5f * z * (1.0f - t * t) * kR * (1.0f + 3.0f * kC * z * z)};
  } else if constexpr (f == Activation::kTanh) {
    const float t = tanhf(z);
    return {t, 1.0f - t * t};
  } else if constexpr (f == Activation::kRelu) {
    return {z > 0 ? z : 0.0f, z > 0 ? 1.0f : 0.0f};
  } else if constexpr (f == Activation::kSigmoid) {
    const float s = sigmoid(z);
    return {s, s * (1.0f - s)};
  } else {
    return {z, 1.0f};
  }
}

template <Activation value>
struct ActivationTag {
  static constexpr Activation kValue = value;
};

// Calls use(ActivationTag<f>{}): the choice is made on the host, once.
template <class Use>
void with_activation(Activation f, Use use) {
  switch (f) {
    case Activation::kSilu:
      return use(ActivationTag<Activation::kSilu>{});
    case Activation::kGelu:
      return use(ActivationTag<Activation::kGelu>{});
    case Activation::kGeluTanh:
      return use(ActivationTag<Activation::kGeluTanh>{});
    case Activation::kTanh:
      return use(ActivationTag<Activation::kTanh>{});
    case Activation::kRelu:
      return use(ActivationTag<Activation::kRelu>{});
    case Activation::kSigmoid:
      return use(ActivationTag<Activation::kSigmoid>{});
    case Activation::kNone:
      return use(ActivationTag<Activation::kNone>{});
  }
}

}  // namespace neiro::cuda
