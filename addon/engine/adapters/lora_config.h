// What an adapter is: rank, strength and where it attaches, in PEFT's words, and the file
// adapter_config.json that says so.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/json.h"

namespace neiro {

struct LoraConfig {
  int64_t rank = 0;
  double alpha = 0;
  bool rs_lora = false;
  double dropout = 0;                       // on the input of A, while training
  std::vector<std::string> target_modules;  // any of kLinearModules' names

  // alpha / rank, or alpha / sqrt(rank) with rsLoRA (Kalajdzievski 2023).
  float scale() const;
  bool targets(const std::string& module) const;
};

// Throws Error BAD_OPTION {option, value, expected}.
void check_lora_config(const LoraConfig& config);

// The same adapter in another order of modules counts as the same; dropout may differ.
bool same_adapter(const LoraConfig& a, const LoraConfig& b);

// Throws Error UNSUPPORTED_ADAPTER {field, value} for what PEFT knows and the engine does not, or
// BAD_ADAPTER_CONFIG {field}.
LoraConfig parse_adapter_config(const Json& json);
// With all the keys that PEFT writes. Modules in the order of the computation.
std::string adapter_config_text(const LoraConfig& config, const std::string& base_model_name);

}  // namespace neiro
