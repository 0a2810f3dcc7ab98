// What a checkpoint needs of the engine: trained values and AdamW's moments, as one safetensors
// file with tensors param.NAME, exp_avg.NAME and exp_avg_sq.NAME. Its metadata say the number of
// the last step and which set of instructions computed it: another one rounds in another order, so
// a run that goes on elsewhere is the same training, but not to the same bits.
#pragma once

#include <cstdint>
#include <string>

#include "train/parameters.h"

namespace neiro {

struct StateInfo {
  int64_t step = 0;
  std::string written_by;  // Device::arithmetic(); empty in a file of before this was recorded
  std::string here;        // that of the device which read it; empty where nothing was read
};

// Appears whole or not at all, flushed to disk. Throws what io throws.
void save_state(const Device& device, const Parameters& parameters, const StateInfo& info,
                const std::string& path);

// Throws Error STATE_MISMATCH {file, tensor, expected, actual} or what io throws,
// with nothing changed.
StateInfo load_state(const Device& device, const Parameters& parameters, const std::string& path);

}  // namespace neiro
