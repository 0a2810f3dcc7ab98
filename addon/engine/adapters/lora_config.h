// What an adapter is: rank, strength and where it attaches, in PEFT's words, and the file
// adapter_config.json that says so.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/json.h"

namespace neiro {

// PEFT's word for every linear layer that the model has, the head left out.
inline constexpr const char* kAllLinear = "all-linear";

struct LoraConfig {
  int64_t rank = 0;
  double alpha = 0;
  bool rs_lora = false;
  double dropout = 0;                       // on the input of A, while training
  std::vector<std::string> target_modules;  // names of linear layers, or kAllLinear alone

  // alpha / rank, or alpha / sqrt(rank) with rsLoRA (Kalajdzievski 2023).
  float scale() const;
  bool targets(const std::string& module) const;
};

// Throws Error BAD_OPTION {option, value, expected}.
void check_lora_config(const LoraConfig& config);

// The adapter for a model that has these modules: kAllLinear becomes their names, and the names
// stand in the model's order. Throws Error BAD_OPTION {option targetModules, value, expected} for
// one that the model does not have; expected names those that it has.
LoraConfig with_modules(LoraConfig config, const std::vector<std::string>& modules);
// The first target module that is not among them; empty where there is none such.
std::string missing_module(const LoraConfig& config, const std::vector<std::string>& modules);

// The same adapter in another order of modules counts as the same; dropout may differ.
bool same_adapter(const LoraConfig& a, const LoraConfig& b);

// Throws Error UNSUPPORTED_ADAPTER {field, value} for what PEFT knows and the engine does not, or
// BAD_ADAPTER_CONFIG {field}.
LoraConfig parse_adapter_config(const Json& json);
// With all the keys that PEFT writes.
std::string adapter_config_text(const LoraConfig& config, const std::string& base_model_name);

}  // namespace neiro
