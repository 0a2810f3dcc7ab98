// What a head says of a batch, for losses that are made elsewhere of it (preferences, rewards,
// policies, tasks of their own): its numbers, and the way back from their gradient.
#pragma once

#include <cstdint>

#include "objectives/batch.h"
#include "objectives/token_loss.h"

namespace neiro {

class HeadValues {
 public:
  virtual ~HeadValues() = default;

  // Throws the errors of batch.h; what a kind would learn from need not be there.
  virtual void check_read(const Batch& batch, int64_t max_tokens) const = 0;
  virtual int64_t value_count(const Batch& batch) const = 0;
  // out[value_count] on the host: [T] log p of each learnt token in its place, 0 in the others; of
  // a score head [examples, labels] the scores.
  virtual void values(const Pass& pass, const Batch& batch, const Matrix& hidden,
                      float* out) const = 0;
  // From gradient[value_count], of a loss by these values: writes d_hidden[T, C] and adds the
  // head's own gradients.
  virtual void send_back(const Pass& pass, const Batch& batch, const Matrix& hidden,
                         const Matrix& d_hidden, const float* gradient) const = 0;
};

}  // namespace neiro
