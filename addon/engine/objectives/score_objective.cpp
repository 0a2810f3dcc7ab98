// One row for each example through the head; then the loss that the config asks for.
#include "objectives/score_objective.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.h"
#include "objectives/head_rows.h"

namespace neiro {
namespace {

// Transformers' word for the problem, and what a target of it may be.
struct Problem {
  const char* name;
  bool (*allows)(float target, int64_t labels);
};

Problem problem_of(ScoreProblem problem) {
  switch (problem) {
    case ScoreProblem::kSingleLabel:
      return {"single_label_classification", [](float t, int64_t labels) {
                return t >= 0 && t < static_cast<float>(labels) && t == std::floor(t);
              }};
    case ScoreProblem::kMultiLabel:
      return {"multi_label_classification", [](float t, int64_t) { return t >= 0 && t <= 1; }};
    case ScoreProblem::kRegression:
      break;
  }
  return {"regression", [](float t, int64_t) { return std::isfinite(t); }};
}

// Of example tokens [begin, end): the last one that is no padding; the first where all are.
int32_t last_real(const Batch& batch, int32_t begin, int32_t end, int32_t pad) {
  int32_t at = end - 1;
  while (at > begin && batch.tokens[static_cast<size_t>(at)] == pad) --at;
  return at;
}

}  // namespace

int64_t ScoreObjective::per_example() const {
  const ScoreConfig& score = model_.config.score;
  return score.problem == ScoreProblem::kSingleLabel ? 1 : score.labels;
}

void ScoreObjective::check_read(const Batch& batch, int64_t max_tokens) const {
  check_tokens(batch.tokens, batch.lengths, model_.config.vocab_size, max_tokens);
}

void ScoreObjective::check(const Batch& batch, int64_t max_tokens) const {
  const ScoreConfig& score = model_.config.score;
  check_read(batch, max_tokens);
  if (static_cast<int64_t>(batch.targets.size()) != count(batch)) {
    throw Error("BAD_TARGET_COUNT", {{"expected", std::to_string(count(batch))},
                                     {"actual", std::to_string(batch.targets.size())}});
  }
  const size_t examples = batch.lengths.size();
  if (!batch.weights.empty() && batch.weights.size() != examples) {
    throw Error("BAD_TARGET_COUNT", {{"expected", std::to_string(examples)},
                                     {"actual", std::to_string(batch.weights.size())}});
  }
  for (const float weight : batch.weights) {
    if (std::isfinite(weight) && weight >= 0) continue;
    throw Error("BAD_TARGET", {{"target", std::to_string(weight)},
                               {"problem", "weight"},
                               {"labels", std::to_string(score.labels)}});
  }
  const Problem problem = problem_of(score.problem);
  for (const float target : batch.targets) {
    if (problem.allows(target, score.labels)) continue;
    throw Error("BAD_TARGET", {{"target", std::to_string(target)},
                               {"problem", problem.name},
                               {"labels", std::to_string(score.labels)}});
  }
}

int64_t ScoreObjective::count(const Batch& batch) const {
  return static_cast<int64_t>(batch.lengths.size()) * per_example();
}

int64_t ScoreObjective::lay_scored_rows(const Pass& pass, const Batch& batch) const {
  const ScoreConfig& score = model_.config.score;
  int32_t begin = 0;
  int32_t shift = 0;  // rows of an adapter that stand before, up to this example
  int32_t* next = buffers_.staging;
  for (const int32_t length : batch.lengths) {
    const int32_t end = begin + length;
    shift += static_cast<int32_t>(pass.rows.before);
    const bool first = score.pooling == Pooling::kFirst;
    *next++ = shift + (first ? begin : last_real(batch, begin, end, score.pad_token));
    begin = end;
  }
  const int64_t examples = next - buffers_.staging;
  pass.device->upload(buffers_.rows, buffers_.staging, examples);
  return examples;
}

int64_t ScoreObjective::loss(const Pass& pass, const Batch& batch, const Matrix& hidden,
                             const Matrix& d_hidden, float coefficient) const {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const ScoreProblem problem = model_.config.score.problem;
  const int64_t examples = lay_scored_rows(pass, batch);
  const int64_t terms = count(batch);
  if (problem == ScoreProblem::kSingleLabel) {
    for (int64_t s = 0; s < examples; ++s) {
      buffers_.staging[s] = static_cast<int32_t>(batch.targets[static_cast<size_t>(s)]);
    }
    device.upload(buffers_.labels, buffers_.staging, examples);
  } else {
    device.upload(buffers_.targets, batch.targets.data(), terms);
  }
  const bool way_back = static_cast<bool>(d_hidden.data);
  if (way_back) set_weighted_coefficients(device, batch, coefficient);
  through_head(pass, model_, head_, scored(pass, hidden, d_hidden, examples),
               [&](int64_t first, const Matrix& scores) {
                 const int64_t at = first * per_example();
                 const DevicePtr<float> losses = buffers_.losses + at;
                 const DevicePtr<const float> targets = buffers_.targets + at;
                 DevicePtr<const float> coefficients;
                 if (way_back) coefficients = buffers_.coefficients + at;
                 switch (problem) {
                   case ScoreProblem::kSingleLabel:
                     return ops.cross_entropy(device, losses, scores, buffers_.labels + at,
                                              coefficients);
                   case ScoreProblem::kMultiLabel:
                     return ops.binary_cross_entropy(device, losses, scores, targets, coefficients);
                   case ScoreProblem::kRegression:
                     return ops.squared_error(device, losses, scores, targets, coefficients);
                 }
               });
  if (!batch.weights.empty()) {
    device.upload(buffers_.weights, batch.weights.data(), examples);
    const Matrix losses{DType::kF32, examples, per_example(), buffers_.losses.as<std::byte>(), {}};
    ops.scale_rows(device, losses, losses, buffers_.weights);
  }
  if (way_back) close_way_back(pass, hidden, d_hidden);
  return terms;
}

void ScoreObjective::set_weighted_coefficients(const Device& device, const Batch& batch,
                                               float coefficient) const {
  const int64_t terms = count(batch);
  if (batch.weights.empty()) return set_coefficients(device, buffers_, terms, coefficient);
  for (int64_t i = 0; i < terms; ++i) {
    buffers_.floats[i] = coefficient * batch.weights[static_cast<size_t>(i / per_example())];
  }
  device.upload(buffers_.coefficients, buffers_.floats, terms);
}

HeadRows ScoreObjective::scored(const Pass& pass, const Matrix& hidden, const Matrix& d_hidden,
                                int64_t examples) const {
  if (model_.config.score.pooling != Pooling::kMean) {
    return {hidden, d_hidden, buffers_.rows, examples};
  }
  Matrix d_tokens = d_hidden;
  if (d_hidden.data && model_.final_norm.exists()) d_tokens = head_.d_tokens.first(hidden.rows);
  return {norm_tokens(pass, model_, head_, hidden),
          d_tokens,
          {},
          examples,
          pass.rows.sequences.offsets};
}

void ScoreObjective::close_way_back(const Pass& pass, const Matrix& hidden,
                                    const Matrix& d_hidden) const {
  if (model_.config.score.pooling != Pooling::kMean || !model_.final_norm.exists()) return;
  norm_tokens_backward(pass, model_, head_, d_hidden, hidden);
}

double ScoreObjective::collect(const Device& device, const Batch& batch,
                               ExampleLoss* examples) const {
  const int64_t terms = count(batch);
  device.download(buffers_.floats, buffers_.losses, terms);
  double sum = 0;
  for (int64_t i = 0; i < terms; ++i) {
    ExampleLoss& example = examples[i / per_example()];
    sum += buffers_.floats[i];
    example.nll_sum += buffers_.floats[i];
    ++example.learnt;
  }
  return sum;
}

int64_t ScoreObjective::value_count(const Batch& batch) const {
  return static_cast<int64_t>(batch.lengths.size()) * model_.config.score.labels;
}

void ScoreObjective::values(const Pass& pass, const Batch& batch, const Matrix& hidden,
                            float* out) const {
  const int64_t examples = lay_scored_rows(pass, batch);
  through_head(pass, model_, head_, scored(pass, hidden, {}, examples),
               [&](int64_t first, const Matrix& scores) {
                 pass.device->download(out + first * scores.cols, scores.floats(),
                                       scores.elements());
               });
}

void ScoreObjective::send_back(const Pass& pass, const Batch& batch, const Matrix& hidden,
                               const Matrix& d_hidden, const float* gradient) const {
  const int64_t examples = lay_scored_rows(pass, batch);
  through_head(pass, model_, head_, scored(pass, hidden, d_hidden, examples),
               [&](int64_t first, const Matrix& scores) {
                 pass.device->upload(scores.floats(), gradient + first * scores.cols,
                                     scores.elements());
               });
  close_way_back(pass, hidden, d_hidden);
}

}  // namespace neiro
