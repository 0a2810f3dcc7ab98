// What every kind has, and the choice of the kind.
#include "adapters/adapter_config.h"

#include <algorithm>

#include "core/error.h"
#include "core/option.h"

namespace neiro {
namespace {

// The release whose files these are: readers look at it to know which keys to expect.
constexpr const char* kPeftVersion = "0.21.2";

Json::Array list_of_names(const std::vector<std::string>& names) {
  return {names.begin(), names.end()};
}

}  // namespace

bool AdapterConfig::targets(const std::string& module) const {
  return std::any_of(target_modules.begin(), target_modules.end(),
                     [&](const std::string& name) { return name == module || name == kAllLinear; });
}

void check_adapter_config(const AdapterConfig& config) {
  std::visit([&](const auto& kind) { check_config(kind, config.target_modules); }, config.kind);
  require_option(!config.target_modules.empty(), "targetModules", "none", "at least one module");
}

AdapterConfig with_modules(AdapterConfig config, const std::vector<std::string>& modules) {
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

std::string missing_module(const AdapterConfig& config, const std::vector<std::string>& modules) {
  if (config.targets(kAllLinear)) return "";
  for (const std::string& module : config.target_modules) {
    if (std::find(modules.begin(), modules.end(), module) == modules.end()) return module;
  }
  return "";
}

std::string describe(const AdapterConfig& config) {
  std::string text = std::visit([](const auto& kind) { return describe(kind); }, config.kind);
  text += ", on";
  for (const std::string& module : config.target_modules) text += " " + module;
  return text;
}

AdapterConfig parse_adapter_config(const Json& json) {
  PeftFields fields(json);
  AdapterConfig config;
  const std::string type = fields.text("peft_type");
  if (type == "LORA") {
    config.kind = read_lora_config(fields);
  } else if (type == "IA3") {
    config.kind = read_ia3_config(fields);
  } else {
    throw Error("UNSUPPORTED_ADAPTER", {{"field", "peft_type"}, {"value", type}});
  }
  // Of another task it would be a part of another model: one with a head that is not here.
  fields.one_of("task_type", {"CAUSAL_LM"});
  config.target_modules = fields.modules("target_modules");
  fields.refuse_the_rest();
  check_adapter_config(config);
  return config;
}

std::string adapter_config_text(const AdapterConfig& config, const std::string& base_model_name) {
  Json::Object object = std::visit([](const auto& kind) { return peft_fields(kind); }, config.kind);
  const Json::Object common = {
      {"auto_mapping", nullptr},
      {"base_model_name_or_path", base_model_name.empty() ? Json() : Json(base_model_name)},
      {"exclude_modules", nullptr},
      {"fan_in_fan_out", false},
      {"inference_mode", true},
      {"modules_to_save", nullptr},
      {"peft_version", kPeftVersion},
      {"revision", nullptr},
      {"target_modules", list_of_names(config.target_modules)},
      {"task_type", "CAUSAL_LM"},
  };
  object.insert(object.end(), common.begin(), common.end());
  std::sort(object.begin(), object.end(),
            [](const Json::Member& a, const Json::Member& b) { return a.first < b.first; });
  return Json(object).text(2);
}

}  // namespace neiro
