// The score head (classification, rewards, numbers), as Transformers' *ForSequenceClassification:
// the scores of an example are those of one of its tokens or of their mean (Pooling); their loss is
// the cross entropy over the labels, one for each label by itself, or the squared error.
#pragma once

#include "objectives/head_rows.h"
#include "objectives/objective.h"

namespace neiro {

class ScoreObjective : public Objective {
 public:
  ScoreObjective(const Model& model, const HeadBuffers& head, const LossBuffers& buffers)
      : Objective(model, head, buffers) {}

  // Also throws Error BAD_TARGET_COUNT {expected, actual} or BAD_TARGET {target, problem, labels}.
  void check(const Batch& batch, int64_t max_tokens) const override;
  int64_t count(const Batch& batch) const override;
  int64_t loss(const Pass& pass, const Batch& batch, const Matrix& hidden, const Matrix& d_hidden,
               float coefficient) const override;
  double collect(const Device& device, const Batch& batch, ExampleLoss* examples) const override;

  void check_read(const Batch& batch, int64_t max_tokens) const override;
  int64_t value_count(const Batch& batch) const override;
  void values(const Pass& pass, const Batch& batch, const Matrix& hidden,
              float* out) const override;
  void send_back(const Pass& pass, const Batch& batch, const Matrix& hidden, const Matrix& d_hidden,
                 const float* gradient) const override;

 private:
  // Terms of one example's loss.
  int64_t per_example() const;
  // Uploads the rows that are scored, in pass.rows; returns how many.
  int64_t lay_scored_rows(const Pass& pass, const Batch& batch) const;
  // `coefficient` times the weight of each term's example, in buffers().coefficients.
  void set_weighted_coefficients(const Device& device, const Batch& batch, float coefficient) const;
  // What of these hidden states [T, C] goes through the head, and where its gradient goes.
  HeadRows scored(const Pass& pass, const Matrix& hidden, const Matrix& d_hidden,
                  int64_t examples) const;
  // d_hidden[T, C] from what scored() had the head write.
  void close_way_back(const Pass& pass, const Matrix& hidden, const Matrix& d_hidden) const;
};

}  // namespace neiro
