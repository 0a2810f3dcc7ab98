// The learnt tokens of a micro-batch and their log-probabilities: what every objective over text is
// made of. Rows of hidden states are gathered, and head and loss run over chunks of them, so that
// logits of what is not learnt are never computed.
// An objective has two phases: the log-probability of each label, and from these one coefficient
// for each, whose gradient goes back. Where the coefficients do not depend on the log-probabilities
// (supervised fine-tuning) both are one call and the head's product is made once; else
// (preferences, policies) token_loss is called without coefficients and then again with them.
#pragma once

#include <cstdint>

#include "backend/planned_memory.h"
#include "model/head.h"
#include "objectives/batch.h"

namespace neiro {

// Of every objective. N = terms of the loss: T with a language head, for a score head up to T times
// its labels.
struct LossBuffers {
  DevicePtr<int32_t> rows;        // [T] rows that go through the head
  DevicePtr<int32_t> labels;      // [T] what they should say
  DevicePtr<float> targets;       // [N] likewise, of a score head
  DevicePtr<float> weights;       // [T] what each example counts, of a score head
  DevicePtr<float> losses;        // [N] of each term; -log p of each learnt token
  DevicePtr<float> coefficients;  // [N] what each counts on the way back
  int32_t* staging = nullptr;     // [T] on the host, of rows and labels
  float* floats = nullptr;        // [N] on the host, of losses and coefficients
};
LossBuffers place_loss_buffers(PlannedMemory& memory, const ModelConfig& config, int64_t T);

struct ExampleLoss {
  double nll_sum = 0;
  int64_t learnt = 0;
};

// The same coefficient for the first n of the learnt tokens, in buffers.coefficients.
void set_coefficients(const Device& device, const LossBuffers& buffers, int64_t n, float value);
// One for each learnt token of the batch, from the gradient[T] of a loss by the log p of each
// token.
void set_coefficients(const Device& device, const LossBuffers& buffers, const Batch& batch,
                      const float* gradient);

// -log p of the learnt tokens of pass.rows, whose hidden states are hidden[T, C], into
// buffers.losses in the order of the batch; it stays on the device. Returns how many they are. With
// d_hidden[T, C] the gradient of the sum of coefficient * -log p is written to it, by
// buffers.coefficients, and the head's own gradients are added; without ({}), nothing goes back.
int64_t token_loss(const Pass& pass, const Model& model, const HeadBuffers& head,
                   const LossBuffers& buffers, const Batch& batch, const Matrix& hidden,
                   const Matrix& d_hidden);

// Downloads what token_loss left: each example's part is added to examples [batch.lengths.size()];
// returns the sum of all.
double collect_loss(const Device& device, const LossBuffers& buffers, const Batch& batch,
                    ExampleLoss* examples);
// The same as log p of each learnt token in its place of out[T], 0 in the others.
void collect_log_probabilities(const Device& device, const LossBuffers& buffers, const Batch& batch,
                               float* out);

}  // namespace neiro
