// The language head: -log p of every learnt token, each counting alike.
#pragma once

#include "objectives/objective.h"

namespace neiro {

class TokenObjective : public Objective {
 public:
  TokenObjective(const Model& model, const HeadBuffers& head, const LossBuffers& buffers)
      : Objective(model, head, buffers) {}

  void check(const Batch& batch, int64_t max_tokens) const override {
    check_batch(batch, model_.config.vocab_size, max_tokens);
  }
  int64_t count(const Batch& batch) const override { return count_learnt(batch); }
  int64_t loss(const Pass& pass, const Batch& batch, const Matrix& hidden, const Matrix& d_hidden,
               float coefficient) const override {
    if (d_hidden.data) set_coefficients(*pass.device, buffers_, count_learnt(batch), coefficient);
    return token_loss(pass, model_, head_, buffers_, batch, hidden, d_hidden);
  }
  double collect(const Device& device, const Batch& batch, ExampleLoss* examples) const override {
    return collect_loss(device, buffers_, batch, examples);
  }

  void check_read(const Batch& batch, int64_t max_tokens) const override {
    check(batch, max_tokens);
  }
  int64_t value_count(const Batch& batch) const override { return batch.size(); }
  void values(const Pass& pass, const Batch& batch, const Matrix& hidden,
              float* out) const override {
    token_loss(pass, model_, head_, buffers_, batch, hidden, {});
    collect_log_probabilities(*pass.device, buffers_, batch, out);
  }
  void send_back(const Pass& pass, const Batch& batch, const Matrix& hidden, const Matrix& d_hidden,
                 const float* gradient) const override {
    set_coefficients(*pass.device, buffers_, batch, gradient);
    token_loss(pass, model_, head_, buffers_, batch, hidden, d_hidden);
  }
};

}  // namespace neiro
