// Pruning by magnitude (Han et al. 2015): the weights of linear layers that are nearest to zero
// become zero. What is zero and stays so is the parameters' (parameters.h).
#pragma once

#include <cstdint>
#include <vector>

#include "backend/device.h"
#include "train/parameters.h"

namespace neiro {

enum class PrunePattern {
  kLayer,     // the same share of every matrix
  kGlobal,    // the smallest of all matrices together
  kTwoOfFour  // two of each four neighbours in a row
};

struct Pruning {
  PrunePattern pattern = PrunePattern::kLayer;
  double amount = 0.5;  // share that becomes zero; not read for kTwoOfFour
};

struct Pruned {
  int64_t zeros = 0;    // in the linear layers now
  int64_t weights = 0;  // of these layers
};

// Of a count that is no whole number the nearest goes; among equal magnitudes the first. Throws
// Error BAD_OPTION {option, value, expected}, with nothing changed.
Pruned prune(const Device& device, const std::vector<Parameter>& parameters,
             const Pruning& pruning);

}  // namespace neiro
