// What every update of AdamW multiplies with, of its options and its step: the one place for all
// devices. Compiled once, without the instructions of any processor's own kernels.
#pragma once

#include "backend/operations.h"

namespace neiro {

// With t = step:
struct AdamWFactors {
  float decay;      // 1 - learning_rate * weight_decay
  float mix1;       // 1 - beta1
  float mix2;       // 1 - beta2
  float beta1;      // as given
  float beta2;      // as given
  float step_size;  // learning_rate / (1 - beta1^t)
  float root2;      // sqrt(1 - beta2^t)
  float epsilon;    // as given
};

// Made in double, as Python does, and rounded once.
AdamWFactors factors_of(const AdamW& options);

}  // namespace neiro
