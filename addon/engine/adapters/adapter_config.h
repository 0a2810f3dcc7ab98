// What an adapter is: its kind with the kind's settings, and where it attaches, in PEFT's words;
// and the file adapter_config.json that says so.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "adapters/ia3_config.h"
#include "adapters/lora_config.h"
#include "adapters/module_choice.h"
#include "adapters/vera_config.h"
#include "adapters/virtual_tokens_config.h"
#include "io/json.h"

namespace neiro {

// PEFT's task_type of a model with a language head, and of one with a score head.
inline constexpr const char* kLanguageTask = "CAUSAL_LM";
inline constexpr const char* kScoreTask = "SEQ_CLS";

struct AdapterConfig {
  std::variant<LoraConfig, Ia3Config, VeraConfig, VirtualTokensConfig> kind;
  ModuleChoice modules;  // the linear layers that it stands around
  // Trained whole beside them (modules_to_save); names that the model does not have mean nothing.
  std::vector<std::string> whole_modules = {};
  // Of a file, its task_type; empty where it says none. Another task is a part of another model:
  // one with a head that is not here.
  std::string task = {};

  // Whether the layer of this path is one of them or inside of one, by PEFT's rule: names are ends
  // of the names of modules ("classifier" of "pre_classifier", too).
  bool trains_whole(const std::string& path) const;
};

// Throws Error BAD_OPTION {option, value, expected}.
void check_adapter_config(const AdapterConfig& config);

// A linear layer of the model, by name: the last word, the path, and its decoder layer's number.
struct ModuleName {
  std::string module, path;
  int64_t layer = 0;
};

// The adapter for a model that has these linear layers: where words alone are named, kAllLinear
// becomes the model's, and they stand in its order. Throws Error BAD_OPTION {option targetModules,
// value, expected} for a name that no layer has, and where none is chosen; expected names the
// model's words. Whole modules stay where they name one of the model's, of the paths `whole`.
AdapterConfig with_modules(AdapterConfig config, const std::vector<ModuleName>& modules,
                           const std::vector<std::string>& whole = {});
// The first name of the choice that no layer has, or the expression where it takes none; empty
// where there is none such.
std::string missing_module(const AdapterConfig& config, const std::vector<ModuleName>& modules);
// The last words of the layers, each once, in the model's order.
std::vector<std::string> module_words(const std::vector<ModuleName>& modules);

// Whatever is named stands in the model, too: excluded layers, numbers of layers, keys of patterns
// and whole modules, of which the model has these. A file may name more, as PEFT's do; what someone
// asks for may not. Throws Error BAD_OPTION {option, value, expected}.
// `parameters`: the weights of experts that learn, by path.
void check_names(const AdapterConfig& config, const std::vector<ModuleName>& modules,
                 const std::vector<std::string>& whole, const std::vector<std::string>& parameters);

// What the adapter computes of a model with these layers, in one line: "LORA, r 8, scale 2, on
// q_proj v_proj". Two adapters are the same exactly where these are; dropout may differ. Without
// layers the choice is told as it stands.
std::string describe(const AdapterConfig& config, const std::vector<ModuleName>& modules = {});

// Throws Error UNSUPPORTED_ADAPTER {field, value} for what PEFT knows and the engine does not, or
// BAD_ADAPTER_CONFIG {field}.
AdapterConfig parse_adapter_config(const Json& json);
// With all the keys that PEFT writes; task is its task_type.
std::string adapter_config_text(const AdapterConfig& config, const std::string& base_model_name,
                                const std::string& task = kLanguageTask);

}  // namespace neiro
