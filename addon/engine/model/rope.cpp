// Frequencies and the table of angles.
#include "model/rope.h"

#include <algorithm>
#include <cmath>

#include "model/config.h"

namespace neiro {
namespace {

constexpr double kTwoPi = 6.283185307179586476925;

// YaRN (Peng et al. 2023): how much of each wave is slowed, from 0 to 1 between two of them.
class YarnRamp {
 public:
  YarnRamp(const RopeConfig& config, int rotary) {
    if (config.kind != RopeConfig::Kind::kYarn) return;
    low_ = std::max(bound(config, rotary, config.beta_fast, std::floor), 0.0);
    high_ = std::min(bound(config, rotary, config.beta_slow, std::ceil), rotary - 1.0);
    if (low_ == high_) high_ += 0.001;
  }
  float slowed(size_t wave) const {
    const float at = (static_cast<float>(wave) - static_cast<float>(low_)) /
                     (static_cast<float>(high_) - static_cast<float>(low_));
    return std::clamp(at, 0.0f, 1.0f);
  }

 private:
  // The wave that turns so often within the original positions.
  static double bound(const RopeConfig& config, int rotary, double turns, double (*whole)(double)) {
    const double original = static_cast<double>(config.original_max_position_embeddings);
    const double wave =
        rotary * std::log(original / (turns * kTwoPi)) / (2 * std::log(config.theta));
    return config.truncate ? whole(wave) : wave;
  }

  double low_ = 0, high_ = 1;
};

// Llama 3.1: long waves are slowed by `factor`, short ones kept, those between blended.
float llama3_frequency(const RopeConfig& config, float frequency) {
  const double original = static_cast<double>(config.original_max_position_embeddings);
  const double wavelength = kTwoPi / frequency;
  if (wavelength < original / config.high_freq_factor) return frequency;
  if (wavelength > original / config.low_freq_factor) {
    return static_cast<float>(frequency / config.factor);
  }
  const double smooth = (original / wavelength - config.low_freq_factor) /
                        (config.high_freq_factor - config.low_freq_factor);
  return static_cast<float>((1.0 - smooth) * frequency / config.factor + smooth * frequency);
}

RopeTable place_table(PlannedMemory& memory, int64_t positions, int rotary) {
  RopeTable table;
  table.positions = positions;
  table.half = rotary / 2;
  table.cosines = memory.take<float>(MemoryCategory::kWorkspace, positions * table.half);
  table.sines = memory.take<float>(MemoryCategory::kWorkspace, positions * table.half);
  return table;
}

Rope place_rope(PlannedMemory& memory, const RopeConfig& config, int64_t positions, int rotary) {
  Rope rope;
  rope.table = place_table(memory, positions, rotary);
  if (config.kind == RopeConfig::Kind::kLongRope) {
    rope.reach = config.original_max_position_embeddings;
    if (positions > rope.reach) rope.far = place_table(memory, positions, rotary);
  }
  if (config.query_growth > 0) rope.queries = place_table(memory, positions, rotary);
  return rope;
}

enum class Of { kAll, kFar, kQueries };

// What cosines and sines are multiplied by.
float size_at(const RopeConfig& config, int64_t position, Of of) {
  const double factor = config.attention_factor;
  if (of != Of::kQueries) return static_cast<float>(factor);
  const int64_t passed = position / config.original_max_position_embeddings;
  const double growth = 1 + config.query_growth * std::log(1.0 + static_cast<double>(passed));
  return static_cast<float>(factor * growth);
}

void fill_table(const Device& device, const RopeTable& table, const RopeConfig& config, Of of) {
  constexpr int64_t kPositions = 1024;  // made on the host and uploaded at a time
  if (table.positions == 0) return;
  const std::vector<float> frequencies = rope_frequencies(config, table.half * 2, of == Of::kFar);
  std::vector<float> cosines(static_cast<size_t>(kPositions * table.half)), sines(cosines);
  for (int64_t first = 0; first < table.positions; first += kPositions) {
    const int64_t n = std::min(kPositions, table.positions - first);
    size_t at = 0;
    for (int64_t p = first; p < first + n; ++p) {
      const float factor = size_at(config, p, of);
      for (const float frequency : frequencies) {
        const float angle = static_cast<float>(p) * frequency;
        cosines[at] = static_cast<float>(std::cos(static_cast<double>(angle))) * factor;
        sines[at++] = static_cast<float>(std::sin(static_cast<double>(angle))) * factor;
      }
    }
    device.upload(table.cosines + first * table.half, cosines.data(), n * table.half);
    device.upload(table.sines + first * table.half, sines.data(), n * table.half);
  }
}

void fill_rope(const Device& device, const Rope& rope, const RopeConfig& config) {
  fill_table(device, rope.table, config, Of::kAll);
  fill_table(device, rope.far, config, Of::kFar);
  fill_table(device, rope.queries, config, Of::kQueries);
}

}  // namespace

std::vector<float> rope_frequencies(const RopeConfig& config, int rotary, bool far) {
  std::vector<float> frequencies(static_cast<size_t>(rotary / 2));
  const YarnRamp yarn(config, rotary);
  for (size_t i = 0; i < frequencies.size(); ++i) {
    const float exponent = static_cast<float>(2 * i) / static_cast<float>(rotary);
    const float wavelength = static_cast<float>(std::pow(config.theta, exponent));
    float frequency = 1.0f / wavelength;
    const float slow = 1.0f / (static_cast<float>(config.factor) * wavelength);
    switch (config.kind) {
      case RopeConfig::Kind::kDefault:
        break;
      case RopeConfig::Kind::kLinear:
        frequency = static_cast<float>(frequency / config.factor);
        break;
      case RopeConfig::Kind::kLlama3:
        frequency = llama3_frequency(config, frequency);
        break;
      case RopeConfig::Kind::kProportional: {
        const size_t turned = static_cast<size_t>(config.turned * rotary / 2);
        frequency = i < turned ? static_cast<float>(frequency / config.factor) : 0;
        break;
      }
      case RopeConfig::Kind::kYarn:
        frequency = slow * yarn.slowed(i) + frequency * (1.0f - yarn.slowed(i));
        break;
      case RopeConfig::Kind::kLongRope: {
        const std::vector<double>& factors = far ? config.long_factors : config.short_factors;
        frequency = 1.0f / (static_cast<float>(factors[i]) * wavelength);
        break;
      }
    }
    frequencies[i] = frequency;
  }
  return frequencies;
}

Ropes place_ropes(PlannedMemory& memory, const ModelConfig& config, int64_t positions) {
  Ropes ropes;
  if (config.rotary == 0) return ropes;
  ropes.all = place_rope(memory, config.rope, positions, config.rotary);
  if (config.window_rope) {
    const int rotary = config.window_rotary > 0 ? config.window_rotary : config.rotary;
    ropes.windowed = place_rope(memory, *config.window_rope, positions, rotary);
  }
  return ropes;
}

void fill_ropes(const Device& device, const Ropes& ropes, const ModelConfig& config) {
  if (config.rotary == 0) return;
  fill_rope(device, ropes.all, config.rope);
  if (config.window_rope) fill_rope(device, ropes.windowed, *config.window_rope);
}

}  // namespace neiro
