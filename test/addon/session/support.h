// Sessions on tiny models, and batches for them.
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "backend/transfer.h"
#include "session/session.h"
#include "tiny_model.h"

inline neiro::AdapterConfig all_modules(double dropout = 0, bool dora = false) {
  neiro::LoraConfig lora;
  lora.rank = 3;
  lora.alpha = 4;
  lora.dora = dora;
  lora.dropout = dropout;
  return {lora, {neiro::kAllLinear}};
}

inline neiro::AdapterConfig virtual_tokens(neiro::VirtualTokensConfig::Kind kind,
                                           int64_t tokens = 3) {
  neiro::VirtualTokensConfig config;
  config.kind = kind;
  config.tokens = tokens;
  return {config, {}};
}

inline neiro::AdapterConfig with_tokens(neiro::AdapterConfig config) {
  std::get<neiro::LoraConfig>(config.kind).tokens = {9, 3, 4, 5};
  return config;
}

// One adapter of each kind around linear layers.
inline std::vector<neiro::AdapterConfig> every_kind(double dropout = 0) {
  return {all_modules(dropout),
          all_modules(dropout, true),
          {neiro::Ia3Config{{"down_proj"}}, {neiro::kAllLinear}},
          {neiro::VeraConfig{12, 0.1, dropout}, {neiro::kAllLinear}},
          with_tokens(all_modules(dropout))};
}

inline neiro::LoraConfig& lora_of(neiro::OpenOptions& options) {
  return std::get<neiro::LoraConfig>(options.adapter.kind);
}

inline neiro::OpenOptions options_for(const TempFolder& folder,
                                      neiro::TrainKind train = neiro::TrainKind::kAdapter) {
  neiro::OpenOptions options;
  options.model_dir = folder.path();
  options.seed = 5;
  options.threads = 2;
  options.max_tokens = 64;
  options.max_context = 32;
  options.train = train;
  options.adapter = all_modules();
  return options;
}

// Examples of these lengths; every third token is not learnt.
inline neiro::Batch batch_of(const std::vector<int32_t>& lengths, int64_t vocab = 41,
                             uint64_t seed = 1) {
  neiro::Batch batch;
  batch.lengths = lengths;
  int64_t n = 0;
  for (const int32_t length : lengths) n += length;
  for (int64_t i = 0; i < n; ++i) {
    const float u = neiro::uniform({seed, 99}, static_cast<uint64_t>(i));
    batch.tokens.push_back(static_cast<int32_t>(u * static_cast<float>(vocab)));
    batch.labels.push_back(i % 3 == 2 ? neiro::kNotLearnt : batch.tokens.back());
  }
  return batch;
}

// The same for a score head: labels by turns, or numbers from 0 to 1.
inline neiro::Batch score_batch_of(const std::vector<int32_t>& lengths, const TinyModel& model,
                                   uint64_t seed = 1) {
  neiro::Batch batch = batch_of(lengths, model.vocab, seed);
  batch.labels.clear();
  // 0 is the padding of tiny models: here no example ends in it
  for (int32_t& token : batch.tokens) token = std::max(token, 1);
  const bool one = model.problem == "single_label_classification";
  const int64_t labels = model.labels;
  const int64_t count = static_cast<int64_t>(lengths.size()) * (one ? 1 : labels);
  for (int64_t i = 0; i < count; ++i) {
    const float u = neiro::uniform({seed, 98}, static_cast<uint64_t>(i));
    batch.targets.push_back(one ? static_cast<float>(i % labels) : u);
  }
  return batch;
}

// An adapter that does something, or weights as they are in full training: noise for the pairs, and
// noise about 1 for factors and lengths.
inline void stir(const neiro::Session& session, uint64_t seed = 7) {
  uint64_t number = 0;
  bool adapter = false;
  for (const neiro::Parameter& p : session.parameters()) {
    const bool pair = p.name.find(".lora_A.") != std::string::npos ||
                      p.name.find(".lora_B.") != std::string::npos ||
                      p.name.find(".vera_lambda_") != std::string::npos;
    const bool about_one = p.name.ends_with(".ia3_l") || p.name.ends_with("magnitude_vector");
    if (!pair && !about_one) continue;
    std::vector<float> values(static_cast<size_t>(p.size));
    neiro::fill_normal(values.data(), p.size, 0.2f, {seed, number++});
    for (float& value : values) value += about_one ? 1.0f : 0.0f;
    session.device().upload(p.value, values.data(), p.size);
    adapter = true;
  }
  if (adapter) session.adapter().values_changed(session.device());
}

inline std::vector<std::vector<float>> gradients_of(neiro::Session& session,
                                                    const std::vector<neiro::Batch>& batches) {
  session.gradients(batches);
  std::vector<std::vector<float>> all;
  for (const neiro::Parameter& p : session.parameters()) {
    all.push_back(neiro::downloaded(session.device(), p.grad, p.size));
  }
  return all;
}

// Sets one value of a parameter.
inline void poke(const neiro::Session& session, size_t parameter, int64_t at, float value) {
  session.device().upload(session.parameters()[parameter].value + at, &value, 1);
}

inline std::vector<std::vector<float>> values_of(const neiro::Session& session) {
  std::vector<std::vector<float>> all;
  for (const neiro::Parameter& p : session.parameters()) {
    all.push_back(neiro::downloaded(session.device(), p.value, p.size));
  }
  return all;
}

// Largest difference over the largest value.
inline double distance(const std::vector<std::vector<float>>& a,
                       const std::vector<std::vector<float>>& b) {
  double difference = 0, largest = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t j = 0; j < a[i].size(); ++j) {
      difference = std::max(difference, std::fabs(static_cast<double>(a[i][j]) - b[i][j]));
      largest = std::max(largest, std::fabs(static_cast<double>(a[i][j])));
    }
  }
  return difference / largest;
}

inline neiro::StepOptions step_options(int64_t step) {
  neiro::StepOptions options;
  options.learning_rate = 1e-2;
  options.step = step;
  options.weight_decay = 0.01;
  options.max_grad_norm = 1;
  return options;
}

inline std::vector<double> train(neiro::Session& session, int64_t from, int64_t to) {
  std::vector<double> losses;
  for (int64_t step = from; step <= to; ++step) {
    const uint64_t seed = static_cast<uint64_t>(step);
    const std::vector<neiro::Batch> batches = {batch_of({13, 7}, 41, seed),
                                               batch_of({19}, 41, seed + 100)};
    losses.push_back(session.step(batches, step_options(step)).loss);
  }
  return losses;
}
