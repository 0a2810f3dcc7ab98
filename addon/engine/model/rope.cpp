// Frequencies and the table of angles.
#include "model/rope.h"

#include <algorithm>
#include <cmath>

namespace neiro {
namespace {

constexpr double kTwoPi = 6.283185307179586476925;

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

}  // namespace

std::vector<float> rope_frequencies(const RopeConfig& config, int head_dim) {
  std::vector<float> frequencies(static_cast<size_t>(head_dim / 2));
  for (int i = 0; i < head_dim / 2; ++i) {
    const float exponent = static_cast<float>(2 * i) / static_cast<float>(head_dim);
    float frequency = 1.0f / static_cast<float>(std::pow(config.theta, exponent));
    switch (config.kind) {
      case RopeConfig::Kind::kDefault:
        break;
      case RopeConfig::Kind::kLinear:
        frequency = static_cast<float>(frequency / config.factor);
        break;
      case RopeConfig::Kind::kLlama3:
        frequency = llama3_frequency(config, frequency);
        break;
    }
    frequencies[static_cast<size_t>(i)] = frequency;
  }
  return frequencies;
}

RopeTable place_rope_table(PlannedMemory& memory, int64_t positions, int head_dim) {
  RopeTable table;
  table.positions = positions;
  table.half = head_dim / 2;
  table.cosines = memory.take<float>(MemoryCategory::kWorkspace, positions * table.half);
  table.sines = memory.take<float>(MemoryCategory::kWorkspace, positions * table.half);
  return table;
}

void fill_rope_table(const Device& device, const RopeTable& table, const RopeConfig& config) {
  constexpr int64_t kPositions = 1024;  // made on the host and uploaded at a time
  const std::vector<float> frequencies = rope_frequencies(config, table.half * 2);
  std::vector<float> cosines(static_cast<size_t>(kPositions * table.half)), sines(cosines);
  for (int64_t first = 0; first < table.positions; first += kPositions) {
    const int64_t n = std::min(kPositions, table.positions - first);
    size_t at = 0;
    for (int64_t p = first; p < first + n; ++p) {
      for (const float frequency : frequencies) {
        const float angle = static_cast<float>(p) * frequency;
        cosines[at] = static_cast<float>(std::cos(static_cast<double>(angle)));
        sines[at++] = static_cast<float>(std::sin(static_cast<double>(angle)));
      }
    }
    device.upload(table.cosines + first * table.half, cosines.data(), n * table.half);
    device.upload(table.sines + first * table.half, sines.data(), n * table.half);
  }
}

}  // namespace neiro
