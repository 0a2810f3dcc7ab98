// The settings of VeRA (Kopiczko et al. 2024): one random pair for all layers, frozen; each layer
// learns only how much of each of its rows counts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/peft_fields.h"
#include "io/json.h"

namespace neiro {

struct VeraConfig {
  int64_t rank = 0;
  double first = 0.1;  // value of every lambda_d at the start
  double dropout = 0;  // on the input of A, while training
};

// Throws Error BAD_OPTION {option, value, expected}.
void check_config(const VeraConfig& config, const std::vector<std::string>& targets);
// "VERA, r 64"
std::string describe(const VeraConfig& config);
// What VERA's adapter_config.json says of it, and the keys that PEFT writes for it.
VeraConfig read_vera_config(PeftFields& fields);
Json::Object peft_fields(const VeraConfig& config);

}  // namespace neiro
