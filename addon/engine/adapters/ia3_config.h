// The settings of IA3 (Liu et al. 2022): learnt factors on what linear layers give, or, for those
// of the feed-forward block, on what they are given.
#pragma once

#include <string>
#include <vector>

#include "adapters/peft_fields.h"
#include "io/json.h"

namespace neiro {

struct Ia3Config {
  std::vector<std::string> feedforward_modules;  // those of the targets that scale their input

  bool scales_input(const std::string& path) const;
};

// Throws Error BAD_OPTION {option, value, expected}.
void check_config(const Ia3Config& config, const std::vector<std::string>& targets);
// "IA3, inputs of down_proj"
std::string describe(const Ia3Config& config);
// What IA3's adapter_config.json says of it, and the keys that PEFT writes for it.
Ia3Config read_ia3_config(PeftFields& fields);
Json::Object peft_fields(const Ia3Config& config);

}  // namespace neiro
