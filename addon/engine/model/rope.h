// Angles of the rotary position embedding (Su et al. 2021), with the scalings that a config can ask
// for, as Transformers computes them: in float, so that far positions agree with the reference.
#pragma once

#include <cstdint>
#include <vector>

#include "backend/planned_memory.h"

namespace neiro {

struct RopeConfig {
  // yarn, dynamic and longrope find their place here.
  enum class Kind { kDefault, kLinear, kLlama3 };
  Kind kind = Kind::kDefault;
  double theta = 10000.0;
  double factor = 1.0;           // linear, llama3
  double low_freq_factor = 1.0;  // llama3
  double high_freq_factor = 4.0;
  int64_t original_max_position_embeddings = 0;
};

struct RopeTable {
  int64_t positions = 0;
  int half = 0;              // head_dim / 2
  DevicePtr<float> cosines;  // [positions, half]
  DevicePtr<float> sines;    // [positions, half]
};

// Inverse frequencies [head_dim / 2], scaled.
std::vector<float> rope_frequencies(const RopeConfig& config, int head_dim);

RopeTable place_rope_table(PlannedMemory& memory, int64_t positions, int head_dim);
void fill_rope_table(const Device& device, const RopeTable& table, const RopeConfig& config);

}  // namespace neiro
