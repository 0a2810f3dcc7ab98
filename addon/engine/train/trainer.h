// One optimizer update over several micro-batches, and gradients alone. Not the loop: schedules,
// epochs and stopping are the caller's.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

#include "objectives/objective.h"
#include "train/parameters.h"
#include "train/workspace.h"

namespace neiro {

struct StepOptions {
  double learning_rate = 0;
  int64_t step = 1;  // 1 for the first update: bias correction and dropout streams
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 0;
  double max_grad_norm = 0;    // clip by global norm; 0 = never
  double lora_plus_ratio = 1;  // how many times as fast B learns
};
// Throws Error BAD_OPTION {option, value, expected}.
void check_step_options(const StepOptions& options);

struct StepResult {
  double loss = 0;  // mean over all terms (learnt tokens) of all micro-batches
  double grad_norm = 0;
  int64_t learnt_tokens = 0;
  int64_t tokens = 0;
  double seconds = 0;
  bool skipped = false;  // loss or norm not finite: weights and moments are as before
};

class Trainer {
 public:
  // Everything handed over must outlive it. `pass` carries device, config, rope and seed; `adapter`
  // is null in full training.
  Trainer(const Pass& pass, const Model& model, const Parameters& parameters, Adapter* adapter,
          const Workspace& workspace, const Objective& objective);

  // Batches must be checked. Throws Error NO_LEARNT_TOKENS {rows}, or CANCELLED with weights and
  // moments unchanged.
  StepResult step(const std::vector<Batch>& micro_batches, const StepOptions& options);
  // An update by hand, for a loss that is made elsewhere of what the head says: forward and
  // backward for each micro-batch, then update. Gradients add up from the first forward after an
  // update. Forward writes out[head.value_count(batch)] of the objective or of a head beside it,
  // and keeps what backward needs until the next pass of any kind, which forget() must be told of.
  // Dropout as in that step. Throws Error CANCELLED; gradients are as before then.
  void forward(const HeadValues& head, const Batch& batch, int64_t step, float* out);
  // From the gradient of the loss by what forward gave. Throws Error NO_FORWARD_PASS.
  void backward(const std::vector<float>& gradient);
  // `loss` decides with the norm whether weights change at all. Throws Error NO_FORWARD_PASS.
  StepResult update(double loss, const StepOptions& options);
  void forget() { kept_.reset(); }

  // Loss, norm and gradients (in the parameters) without an update; dropout as in step 1.
  StepResult gradients(const std::vector<Batch>& micro_batches);

 private:
  // Leaves loss and norm on the device.
  StepResult accumulate(const std::vector<Batch>& micro_batches, int64_t step);
  // AdamW with clipping, from the gradients there are and the loss on the device.
  void apply(const StepOptions& options, StepResult& result);
  // Hidden states after the last layer of micro-batch i of the step.
  Matrix read(Pass& pass, const Batch& batch, int64_t step, size_t i) const;
  void look(StepResult& result) const;

  Pass pass_;
  const Model& model_;
  const Parameters& parameters_;
  Adapter* adapter_;
  const Workspace& workspace_;
  const Objective& objective_;

  // Of the last forward by hand.
  struct Kept {
    Pass pass;
    Batch batch;
    Matrix hidden;
    const HeadValues* head = nullptr;
  };
  std::optional<Kept> kept_;
  size_t gathered_ = 0;  // micro-batches read by hand since the last update
  int64_t tokens_ = 0;   // and the tokens in them
};

}  // namespace neiro
