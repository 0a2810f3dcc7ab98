// Next-token loss over the learnt positions only: rows of hidden states are gathered, and head and
// loss run over chunks of them, so that logits of what is not learnt are never computed.
#pragma once

#include <cstdint>

#include "core/arena.h"
#include "model/head.h"
#include "objectives/batch.h"

namespace neiro {

struct LossBuffers {
  int32_t* rows = nullptr;     // [T] positions that predict a learnt token
  int32_t* labels = nullptr;   // [T] what they predict
  int32_t* example = nullptr;  // [T] whose they are
  float* nll = nullptr;        // [chunk rows]
};
LossBuffers place_loss_buffers(Arena& arena, int64_t T, int64_t chunk_rows);

struct ExampleLoss {
  double nll_sum = 0;
  int64_t learnt = 0;
};

// Sum of -log p over the learnt tokens of pass.rows, whose hidden states are hidden[T, C].
// With d_hidden the gradient of scale * sum is written to it, and the head's own gradients are
// added. With examples [batch.lengths.size()] each example's part is added there.
double token_loss(const Pass& pass, const Model& model, const HeadBuffers& head,
                  const LossBuffers& buffers, const Batch& batch, const float* hidden,
                  float* d_hidden, float scale, ExampleLoss* examples);

}  // namespace neiro
