// adapter_config.json, both ways.
#include "adapters/lora_config.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "core/error.h"
#include "core/option.h"
#include "model/model.h"

namespace neiro {
namespace {

// The release whose files these are: readers look at it to know which keys to expect.
constexpr const char* kPeftVersion = "0.21.2";

constexpr int64_t kMaxRank = 4096;

[[noreturn]] void unsupported(const std::string& field, const std::string& value) {
  throw Error("UNSUPPORTED_ADAPTER", {{"field", field}, {"value", value}});
}

[[noreturn]] void bad(const std::string& field) {
  throw Error("BAD_ADAPTER_CONFIG", {{"field", field}});
}

// Absent, null, false, empty or the one value that means "not used".
bool unused(const Json* value, const char* neutral) {
  if (value == nullptr || value->is_null() || value->boolean() == false) return true;
  if (value->array()) return value->array()->empty();
  if (value->object()) return value->object()->empty();
  return value->string() && *value->string() == neutral;
}

// 16, not 16.0, as PEFT writes it.
Json number_of(double value) {
  if (value == std::floor(value) && std::fabs(value) < 1e15) return static_cast<int64_t>(value);
  return value;
}

struct Switch {
  const char* field;
  const char* neutral;
};
// Everything in adapter_config.json that would change the computation.
constexpr Switch kSwitches[] = {{"use_dora", ""},
                                {"use_qalora", ""},
                                {"use_bdlora", ""},
                                {"bias", "none"},
                                {"lora_bias", ""},
                                {"fan_in_fan_out", ""},
                                {"modules_to_save", ""},
                                {"rank_pattern", ""},
                                {"alpha_pattern", ""},
                                {"layers_to_transform", ""},
                                {"layer_replication", ""},
                                {"exclude_modules", ""},
                                {"target_parameters", ""},
                                {"trainable_token_indices", ""},
                                {"alora_invocation_tokens", ""},
                                {"arrow_config", ""},
                                {"kasa_config", ""},
                                {"velora_config", ""},
                                {"monteclora_config", ""}};

}  // namespace

float LoraConfig::scale() const {
  const double r = static_cast<double>(rank);
  return static_cast<float>(alpha / (rs_lora ? std::sqrt(r) : r));
}

bool LoraConfig::targets(const std::string& module) const {
  return std::any_of(target_modules.begin(), target_modules.end(),
                     [&](const std::string& name) { return name == module || name == kAllLinear; });
}

void check_lora_config(const LoraConfig& config) {
  require_option(config.rank >= 1 && config.rank <= kMaxRank, "rank", config.rank,
                 "a whole number from 1 to 4096");
  require_option(std::isfinite(config.alpha) && config.alpha > 0, "alpha", config.alpha,
                 "a number above 0");
  require_option(config.dropout >= 0 && config.dropout < 1, "dropout", config.dropout,
                 "a number from 0 to below 1");
  require_option(!config.target_modules.empty(), "targetModules", "none", "at least one module");
}

LoraConfig with_modules(LoraConfig config, const std::vector<std::string>& modules) {
  const std::string missing = missing_module(config, modules);
  if (!missing.empty()) {
    refuse_option("targetModules", missing, "any of " + list_of(modules));
  }
  std::vector<std::string> found;
  for (const std::string& module : modules) {
    if (config.targets(module)) found.push_back(module);
  }
  config.target_modules = std::move(found);
  return config;
}

std::string missing_module(const LoraConfig& config, const std::vector<std::string>& modules) {
  if (config.targets(kAllLinear)) return "";
  for (const std::string& module : config.target_modules) {
    if (std::find(modules.begin(), modules.end(), module) == modules.end()) return module;
  }
  return "";
}

bool same_adapter(const LoraConfig& a, const LoraConfig& b) {
  const auto set = [](const LoraConfig& config) {
    return std::set<std::string>(config.target_modules.begin(), config.target_modules.end());
  };
  return a.rank == b.rank && a.scale() == b.scale() && set(a) == set(b);
}

LoraConfig parse_adapter_config(const Json& json) {
  const Json* type = json.find("peft_type");
  if (type == nullptr || type->string() == nullptr) bad("peft_type");
  if (*type->string() != "LORA") unsupported("peft_type", *type->string());
  for (const Switch& entry : kSwitches) {
    const Json* value = json.find(entry.field);
    if (!unused(value, entry.neutral)) unsupported(entry.field, value->text());
  }
  LoraConfig config;
  const Json* rank = json.find("r");
  if (rank == nullptr || !rank->integer()) bad("r");
  config.rank = *rank->integer();
  const Json* alpha = json.find("lora_alpha");
  if (alpha == nullptr || !alpha->number()) bad("lora_alpha");
  config.alpha = *alpha->number();
  if (const Json* rs = json.find("use_rslora")) config.rs_lora = rs->boolean().value_or(false);
  if (const Json* p = json.find("lora_dropout")) config.dropout = p->number().value_or(0.0);
  const Json* modules = json.find("target_modules");
  if (modules == nullptr || modules->is_null()) bad("target_modules");
  if (modules->string() && *modules->string() == kAllLinear) {
    config.target_modules = {kAllLinear};
  } else {
    // A text of another kind is a regular expression over the model's names.
    if (modules->array() == nullptr) unsupported("target_modules", modules->text());
    for (const Json& module : *modules->array()) {
      if (module.string() == nullptr) bad("target_modules");
      config.target_modules.push_back(*module.string());
    }
  }
  check_lora_config(config);
  return config;
}

std::string adapter_config_text(const LoraConfig& config, const std::string& base_model_name) {
  Json::Array modules;
  for (const std::string& module : config.target_modules) modules.push_back(module);
  Json name;
  if (!base_model_name.empty()) name = Json(base_model_name);
  const Json::Object object = {
      {"alora_invocation_tokens", nullptr},
      {"alpha_pattern", Json::Object{}},
      {"arrow_config", nullptr},
      {"auto_mapping", nullptr},
      {"base_model_name_or_path", name},
      {"bias", "none"},
      {"corda_config", nullptr},
      {"ensure_weight_tying", false},
      {"eva_config", nullptr},
      {"exclude_modules", nullptr},
      {"fan_in_fan_out", false},
      {"inference_mode", true},
      {"init_lora_weights", true},
      {"kasa_config", nullptr},
      {"layer_replication", nullptr},
      {"layers_pattern", nullptr},
      {"layers_to_transform", nullptr},
      {"loftq_config", Json::Object{}},
      {"lora_alpha", number_of(config.alpha)},
      {"lora_bias", false},
      {"lora_dropout", config.dropout},
      {"lora_ga_config", nullptr},
      {"megatron_config", nullptr},
      {"megatron_core", "megatron.core"},
      {"modules_to_save", nullptr},
      {"monteclora_config", nullptr},
      {"peft_type", "LORA"},
      {"peft_version", kPeftVersion},
      {"qalora_group_size", 16},
      {"r", config.rank},
      {"rank_pattern", Json::Object{}},
      {"revision", nullptr},
      {"target_modules", modules},
      {"target_parameters", nullptr},
      {"task_type", "CAUSAL_LM"},
      {"trainable_token_indices", nullptr},
      {"use_bdlora", nullptr},
      {"use_dora", false},
      {"use_qalora", false},
      {"use_rslora", config.rs_lora},
      {"velora_config", nullptr},
  };
  return Json(object).text(2);
}

}  // namespace neiro
