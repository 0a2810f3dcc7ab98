// Forward, loss, backward for each micro-batch; then norm, clipping, AdamW.
#include "train/trainer.h"

#include <chrono>
#include <cmath>
#include <string>
#include <utility>

#include "core/error.h"
#include "core/option.h"

namespace neiro {
namespace {

bool below_one(double x) { return x >= 0 && x < 1; }
bool finite_from_zero(double x) { return std::isfinite(x) && x >= 0; }

}  // namespace

void check_step_options(const StepOptions& o) {
  require_option(finite_from_zero(o.learning_rate), "learningRate", o.learning_rate, "0 or more");
  require_option(o.step >= 1, "step", o.step, "1 or more");
  require_option(below_one(o.beta1), "beta1", o.beta1, "a number from 0 to below 1");
  require_option(below_one(o.beta2), "beta2", o.beta2, "a number from 0 to below 1");
  require_option(std::isfinite(o.epsilon) && o.epsilon > 0, "epsilon", o.epsilon, "more than 0");
  require_option(finite_from_zero(o.weight_decay), "weightDecay", o.weight_decay, "0 or more");
  require_option(std::isfinite(o.lora_plus_ratio) && o.lora_plus_ratio > 0, "loraPlusRatio",
                 o.lora_plus_ratio, "more than 0");
  require_option(finite_from_zero(o.max_grad_norm), "maxGradNorm", o.max_grad_norm, "0 or more");
}

Trainer::Trainer(const Pass& pass, const Model& model, const Parameters& parameters,
                 Adapter* adapter, const Workspace& workspace, const Objective& objective)
    : pass_(pass),
      model_(model),
      parameters_(parameters),
      adapter_(adapter),
      workspace_(workspace),
      objective_(objective) {
  pass_.adapter = true;
  pass_.dropout = true;
}

StepResult Trainer::step(const std::vector<Batch>& micro_batches, const StepOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  StepResult result = accumulate(micro_batches, options.step);
  apply(options, result);
  result.skipped = !std::isfinite(result.loss) || !std::isfinite(result.grad_norm);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  result.seconds = took.count();
  return result;
}

void Trainer::apply(const StepOptions& options, StepResult& result) {
  AdamW adamw;
  adamw.learning_rate = static_cast<float>(options.learning_rate);
  adamw.beta1 = static_cast<float>(options.beta1);
  adamw.beta2 = static_cast<float>(options.beta2);
  adamw.epsilon = static_cast<float>(options.epsilon);
  adamw.weight_decay = static_cast<float>(options.weight_decay);
  adamw.step = options.step;
  // Decided on the device: the host has not seen the norm yet.
  const StepSums& sums = workspace_.sums;
  pass_.ops().clip_scale(*pass_.device, sums.grad_scale, sums.squares, sums.loss,
                         options.max_grad_norm);
  parameters_.update(*pass_.device, adamw, sums.grad_scale, options.lora_plus_ratio);
  if (adapter_ != nullptr) adapter_->values_changed(*pass_.device);
  look(result);
}

StepResult Trainer::gradients(const std::vector<Batch>& micro_batches) {
  // Whoever asks may have put values of their own there.
  if (adapter_ != nullptr) adapter_->values_changed(*pass_.device);
  StepResult result = accumulate(micro_batches, 1);
  look(result);
  return result;
}

// The one download of a step.
void Trainer::look(StepResult& result) const {
  double sums[2];
  pass_.device->download(sums, workspace_.sums.loss, 2);  // and squares behind it
  result.loss = sums[0] / static_cast<double>(result.learnt_tokens);
  result.grad_norm = std::sqrt(sums[1]);
}

StepResult Trainer::accumulate(const std::vector<Batch>& micro_batches, int64_t step) {
  StepResult result;
  size_t examples = 0;
  for (const Batch& batch : micro_batches) {
    examples += batch.lengths.size();
    result.tokens += batch.size();
    result.learnt_tokens += objective_.count(batch);
  }
  if (result.learnt_tokens == 0) {
    throw Error("NO_LEARNT_TOKENS", {{"rows", std::to_string(examples)}});
  }
  const Device& device = *pass_.device;
  const StepSums& sums = workspace_.sums;
  // Every token weighs the same, whatever micro-batch it stands in.
  const float coefficient = 1.0f / static_cast<float>(result.learnt_tokens);
  gathered_ = 0;
  forget();
  parameters_.zero_gradients(device);
  device.zero(sums.loss, 1);
  for (size_t i = 0; i < micro_batches.size(); ++i) {
    const Batch& batch = micro_batches[i];
    if (objective_.count(batch) == 0) continue;
    Pass pass = pass_;
    const Matrix hidden = read(pass, batch, step, i);
    const int64_t terms = objective_.loss(pass, batch, hidden,
                                          workspace_.rows.d_hidden.first(pass.rows.T), coefficient);
    // Before the way back, which needs the place where these stand.
    pass.ops().sum(device, sums.loss, objective_.buffers().losses, terms);
    transformer_backward(pass, model_, workspace_.rows, workspace_.layer);
  }
  parameters_.gradient_squares(device, sums.squares);
  return result;
}

Matrix Trainer::read(Pass& pass, const Batch& batch, int64_t step, size_t i) const {
  pass.check_cancelled();
  pass.random.stream = mix_stream(static_cast<uint64_t>(step), i);
  pass.rows = lay_rows(*pass.device, workspace_.rows, batch.tokens.data(), batch.lengths.data(),
                       static_cast<int64_t>(batch.lengths.size()), pass.rows_before());
  return transformer_forward(pass, model_, workspace_.rows, workspace_.layer, true);
}

void Trainer::forward(const HeadValues& head, const Batch& batch, int64_t step, float* out) {
  forget();
  Kept kept{pass_, batch, {}, &head};
  // Of the copy: the pass points at its tokens until the way back.
  kept.hidden = read(kept.pass, kept.batch, step, gathered_);
  head.values(kept.pass, kept.batch, kept.hidden, out);
  if (gathered_ == 0) {
    parameters_.zero_gradients(*pass_.device);
    tokens_ = 0;
  }
  ++gathered_;
  tokens_ += batch.size();
  kept_ = std::move(kept);
}

void Trainer::backward(const std::vector<float>& gradient) {
  if (!kept_) throw Error("NO_FORWARD_PASS");
  const Kept kept = std::move(*kept_);
  forget();
  const int64_t count = kept.head->value_count(kept.batch);
  require_option(static_cast<int64_t>(gradient.size()) == count, "gradient",
                 static_cast<int64_t>(gradient.size()),
                 ("as many numbers as forward gave, " + std::to_string(count)).c_str());
  kept.head->send_back(kept.pass, kept.batch, kept.hidden,
                       workspace_.rows.d_hidden.first(kept.pass.rows.T), gradient.data());
  transformer_backward(kept.pass, model_, workspace_.rows, workspace_.layer);
}

StepResult Trainer::update(double loss, const StepOptions& options) {
  if (gathered_ == 0) throw Error("NO_FORWARD_PASS");
  const auto start = std::chrono::steady_clock::now();
  StepResult result;
  result.tokens = tokens_;
  result.learnt_tokens = 1;  // the loss is a mean already
  pass_.device->upload(workspace_.sums.loss, &loss, 1);
  parameters_.gradient_squares(*pass_.device, workspace_.sums.squares);
  apply(options, result);
  gathered_ = 0;
  forget();
  result.skipped = !std::isfinite(result.loss) || !std::isfinite(result.grad_norm);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  result.seconds = took.count();
  return result;
}

}  // namespace neiro
