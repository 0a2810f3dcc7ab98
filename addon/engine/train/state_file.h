// What a checkpoint needs of the engine: trained values and AdamW's moments, as one safetensors
// file with tensors param.NAME, exp_avg.NAME and exp_avg_sq.NAME, and the number of the last step.
#pragma once

#include <cstdint>
#include <string>

#include "train/parameters.h"

namespace neiro {

// Appears whole or not at all, flushed to disk. Throws what io throws.
void save_state(const Parameters& parameters, int64_t step, const std::string& path);

// Returns the step. Throws Error STATE_MISMATCH {file, tensor, expected, actual} or what io throws,
// with nothing changed.
int64_t load_state(const Parameters& parameters, const std::string& path);

}  // namespace neiro
