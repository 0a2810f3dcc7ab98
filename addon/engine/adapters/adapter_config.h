// What an adapter is: its kind with the kind's settings, and where it attaches, in PEFT's words;
// and the file adapter_config.json that says so.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "adapters/ia3_config.h"
#include "adapters/lora_config.h"
#include "adapters/virtual_tokens_config.h"
#include "io/json.h"

namespace neiro {

// PEFT's task_type of a model with a language head, and of one with a score head.
inline constexpr const char* kLanguageTask = "CAUSAL_LM";
inline constexpr const char* kScoreTask = "SEQ_CLS";

struct AdapterConfig {
  std::variant<LoraConfig, Ia3Config, VirtualTokensConfig> kind;
  std::vector<std::string> target_modules;  // names of linear layers, or kAllLinear alone
  // Trained whole beside them (modules_to_save); names that the model does not have mean nothing.
  std::vector<std::string> whole_modules = {};
  // Of a file, its task_type; empty where it says none. Another task is a part of another model:
  // one with a head that is not here.
  std::string task = {};

  bool targets(const std::string& module) const;
  bool trains_whole(const std::string& module) const;
};

// Throws Error BAD_OPTION {option, value, expected}.
void check_adapter_config(const AdapterConfig& config);

// The adapter for a model that has these modules: kAllLinear becomes their names, and the names
// stand in the model's order. Throws Error BAD_OPTION {option targetModules, value, expected} for
// one that the model does not have; expected names those that it has. Whole modules stay where one
// is the model's `head`.
AdapterConfig with_modules(AdapterConfig config, const std::vector<std::string>& modules,
                           const std::string& head = "");
// The first target module that is not among them; empty where there is none such.
std::string missing_module(const AdapterConfig& config, const std::vector<std::string>& modules);

// What the adapter computes, in one line: "LORA, r 8, scale 2, on q_proj v_proj". Two adapters of
// one model (with_modules) are the same exactly where these are; dropout may differ.
std::string describe(const AdapterConfig& config);

// Throws Error UNSUPPORTED_ADAPTER {field, value} for what PEFT knows and the engine does not, or
// BAD_ADAPTER_CONFIG {field}.
AdapterConfig parse_adapter_config(const Json& json);
// With all the keys that PEFT writes; task is its task_type.
std::string adapter_config_text(const AdapterConfig& config, const std::string& base_model_name,
                                const std::string& task = kLanguageTask);

}  // namespace neiro
