// Several LoRA adapters of one base as one, each with a weight, as PEFT's add_weighted_adapter:
// from folders to a folder, on the host.
#pragma once

#include <string>
#include <vector>

namespace neiro {

// linear: A and B summed apart, each times the square root of weight * scale, for equal ranks (not
// the sum of what they do, but small). cat: their exact sum, of the sum of their ranks. svd: the
// part of it that an adapter of the largest of their ranks can hold.
enum class Combination { kLinear, kCat, kSvd };

struct CombineOptions {
  std::vector<std::string> dirs;  // PEFT folders
  std::vector<double> weights;    // one each; below 0 takes off, but not with kLinear
  Combination how = Combination::kCat;
  std::string dir;              // written: a new folder, whole or not at all
  std::string base_model_name;  // empty: as the first says
};

// Throws Error BAD_OPTION {option, value, expected}, UNSUPPORTED_ADAPTER {field, value} for what is
// more than a plain LoRA around linear layers, ADAPTER_MISMATCH {tensor, expected, actual} where
// they are of different models, or what io throws.
void combine_adapters(const CombineOptions& options);

}  // namespace neiro
