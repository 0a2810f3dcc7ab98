// Angles of the rotary position embedding (Su et al. 2021), with the scalings that a config can ask
// for, as Transformers computes them: in float, so that far positions agree with the reference.
#pragma once

#include <cstdint>
#include <vector>

#include "backend/planned_memory.h"

namespace neiro {

struct ModelConfig;

struct RopeConfig {
  enum class Kind { kDefault, kLinear, kLlama3, kLongRope, kYarn, kProportional };
  Kind kind = Kind::kDefault;
  double theta = 10000.0;
  double factor = 1.0;           // linear, llama3, yarn, proportional
  double turned = 1.0;           // proportional: the share of the waves, the others stand still
  double low_freq_factor = 1.0;  // llama3
  double high_freq_factor = 4.0;
  int64_t original_max_position_embeddings = 0;  // llama3, longrope, yarn
  // yarn: waves that turn more often than this within the original positions are kept, those that
  // turn less often than that are slowed by `factor`; the bounds rounded to whole waves or not
  double beta_fast = 32.0, beta_slow = 1.0;
  bool truncate = true;
  // longrope: what each wavelength is multiplied by, in passes whose longest example is within
  // the original positions and in those with a longer one. [rotary / 2]
  std::vector<double> short_factors, long_factors;
  double attention_factor = 1.0;  // longrope, yarn: cosines and sines are multiplied by it
  // Queries grow as positions pass multiples n of the original ones: by 1 + this * ln(1 + n)
  // (llama_4_scaling_beta). 0 = they do not.
  double query_growth = 0;
};

struct RopeTable {
  int64_t positions = 0;     // 0 = there is no such table
  int half = 0;              // rotary / 2
  DevicePtr<float> cosines;  // [positions, half]
  DevicePtr<float> sines;    // [positions, half]
};

// The tables of one RopeConfig.
struct Rope {
  RopeTable table;
  RopeTable far;      // instead, for passes whose longest example is longer than `reach`
  int64_t reach = 0;  // tokens
  RopeTable queries;  // of queries where they grow, which `table` then is of keys alone

  const RopeTable& of(int64_t longest) const {
    return far.positions > 0 && longest > reach ? far : table;
  }
  // Is there another table for long sequences?
  bool by_length() const { return far.positions > 0; }
  const RopeTable& of_queries(int64_t longest) const {
    return queries.positions > 0 ? queries : of(longest);
  }
};

// Those of a model.
struct Ropes {
  Rope all;
  Rope windowed;  // of the layers with a window, where the config has another rope for these

  const Rope& of(bool window) const {
    return window && windowed.table.positions > 0 ? windowed : all;
  }
};

// Inverse frequencies [rotary / 2], scaled; of the far table or of the other.
std::vector<float> rope_frequencies(const RopeConfig& config, int rotary, bool far = false);

Ropes place_ropes(PlannedMemory& memory, const ModelConfig& config, int64_t positions);
void fill_ropes(const Device& device, const Ropes& ropes, const ModelConfig& config);

}  // namespace neiro
