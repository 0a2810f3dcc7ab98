// What an adapter is: its kind with the kind's settings, and where it attaches, in PEFT's words;
// and the file adapter_config.json that says so.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "adapters/ia3_config.h"
#include "adapters/lora_config.h"
#include "io/json.h"

namespace neiro {

struct AdapterConfig {
  std::variant<LoraConfig, Ia3Config> kind;
  std::vector<std::string> target_modules;  // names of linear layers, or kAllLinear alone

  bool targets(const std::string& module) const;
};

// Throws Error BAD_OPTION {option, value, expected}.
void check_adapter_config(const AdapterConfig& config);

// The adapter for a model that has these modules: kAllLinear becomes their names, and the names
// stand in the model's order. Throws Error BAD_OPTION {option targetModules, value, expected} for
// one that the model does not have; expected names those that it has.
AdapterConfig with_modules(AdapterConfig config, const std::vector<std::string>& modules);
// The first target module that is not among them; empty where there is none such.
std::string missing_module(const AdapterConfig& config, const std::vector<std::string>& modules);

// What the adapter computes, in one line: "LORA, r 8, scale 2, on q_proj v_proj". Two adapters of
// one model (with_modules) are the same exactly where these are; dropout may differ.
std::string describe(const AdapterConfig& config);

// Throws Error UNSUPPORTED_ADAPTER {field, value} for what PEFT knows and the engine does not, or
// BAD_ADAPTER_CONFIG {field}.
AdapterConfig parse_adapter_config(const Json& json);
// With all the keys that PEFT writes.
std::string adapter_config_text(const AdapterConfig& config, const std::string& base_model_name);

}  // namespace neiro
