// What a model learns, by the kind of its head: which rows of the hidden states go through it, what
// the loss of each term is, and what a mean runs over. Trainer and evaluation know only this; a
// kind is a class of it (token_objective.h, score_objective.h).
#pragma once

#include <cstdint>
#include <memory>

#include "objectives/head_values.h"

namespace neiro {

class Objective : public HeadValues {
 public:
  // Throws the errors of batch.h for what this kind cannot learn from.
  virtual void check(const Batch& batch, int64_t max_tokens) const = 0;
  // Terms of the batch's loss: learnt tokens, examples, or values.
  virtual int64_t count(const Batch& batch) const = 0;

  // The loss of each term, whose hidden states are hidden[T, C], into buffers().losses in the order
  // of the batch; it stays on the device. Returns how many they are. With d_hidden[T, C] the
  // gradient of `coefficient` times their sum is written to it and the head's own gradients are
  // added; without ({}), nothing goes back.
  virtual int64_t loss(const Pass& pass, const Batch& batch, const Matrix& hidden,
                       const Matrix& d_hidden, float coefficient) const = 0;
  // Downloads what loss() left: each example's part is added to examples [batch.lengths.size()];
  // returns the sum of all.
  virtual double collect(const Device& device, const Batch& batch, ExampleLoss* examples) const = 0;

  const LossBuffers& buffers() const { return buffers_; }

 protected:
  Objective(const Model& model, const HeadBuffers& head, const LossBuffers& buffers)
      : model_(model), head_(head), buffers_(buffers) {}

  const Model& model_;
  const HeadBuffers& head_;
  const LossBuffers& buffers_;
};

// The kind for the model's head. What is handed over must outlive it.
std::unique_ptr<Objective> make_objective(const Model& model, const HeadBuffers& head,
                                          const LossBuffers& buffers);

}  // namespace neiro
