// Next-token loss over the learnt positions only: rows of hidden states are gathered, and head and
// loss run over chunks of them, so that logits of what is not learnt are never computed.
#pragma once

#include <cstdint>

#include "backend/planned_memory.h"
#include "model/head.h"
#include "objectives/batch.h"

namespace neiro {

struct LossBuffers {
  DevicePtr<int32_t> rows;     // [T] positions that predict a learnt token
  DevicePtr<int32_t> labels;   // [T] what they predict
  DevicePtr<float> nll;        // [T] -log p of each
  int32_t* staging = nullptr;  // [T] on the host, of rows and labels
  float* host_nll = nullptr;   // [T] on the host
};
LossBuffers place_loss_buffers(PlannedMemory& memory, int64_t T);

struct ExampleLoss {
  double nll_sum = 0;
  int64_t learnt = 0;
};

// -log p of the learnt tokens of pass.rows, whose hidden states are hidden[T, C], into buffers.nll
// in the order of the batch; it stays on the device. Returns how many they are. With d_hidden[T, C]
// the gradient of scale * their sum is written to it, and the head's own gradients are added.
int64_t token_loss(const Pass& pass, const Model& model, const HeadBuffers& head,
                   const LossBuffers& buffers, const Batch& batch, const Matrix& hidden,
                   const Matrix& d_hidden, float scale);

// Downloads what token_loss left: each example's part is added to examples [batch.lengths.size()];
// returns the sum of all.
double collect_loss(const Device& device, const LossBuffers& buffers, const Batch& batch,
                    ExampleLoss* examples);

}  // namespace neiro
