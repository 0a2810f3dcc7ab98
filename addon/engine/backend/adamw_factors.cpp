// In the order of torch.optim.AdamW.
#include "backend/adamw_factors.h"

#include <cmath>

namespace neiro {

AdamWFactors factors_of(const AdamW& o) {
  const double steps = static_cast<double>(o.step);
  const double correction1 = 1.0 - std::pow(static_cast<double>(o.beta1), steps);
  const double correction2 = 1.0 - std::pow(static_cast<double>(o.beta2), steps);
  return {
      .decay = static_cast<float>(1.0 - static_cast<double>(o.learning_rate) * o.weight_decay),
      .mix1 = static_cast<float>(1.0 - o.beta1),
      .mix2 = static_cast<float>(1.0 - o.beta2),
      .beta1 = o.beta1,
      .beta2 = o.beta2,
      .step_size = static_cast<float>(o.learning_rate / correction1),
      .root2 = static_cast<float>(std::sqrt(correction2)),
      .epsilon = o.epsilon,
  };
}

}  // namespace neiro
