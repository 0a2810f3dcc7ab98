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

bool stands_around_layers(const AdapterConfig& config) {
  return !std::holds_alternative<VirtualTokensConfig>(config.kind);
}

}  // namespace

bool AdapterConfig::trains_whole(const std::string& module) const {
  return std::find(whole_modules.begin(), whole_modules.end(), module) != whole_modules.end();
}

bool AdapterConfig::targets(const std::string& module) const {
  return std::any_of(target_modules.begin(), target_modules.end(),
                     [&](const std::string& name) { return name == module || name == kAllLinear; });
}

void check_adapter_config(const AdapterConfig& config) {
  std::visit([&](const auto& kind) { check_config(kind, config.target_modules); }, config.kind);
  if (!stands_around_layers(config)) return;
  require_option(!config.target_modules.empty(), "targetModules", "none", "at least one module");
}

AdapterConfig with_modules(AdapterConfig config, const std::vector<std::string>& modules,
                           const std::string& head) {
  const std::string missing = missing_module(config, modules);
  if (!missing.empty()) {
    refuse_option("targetModules", missing, "any of " + list_of(modules));
  }
  std::vector<std::string> found;
  for (const std::string& module : modules) {
    if (config.targets(module)) found.push_back(module);
  }
  config.target_modules = std::move(found);
  const bool whole = config.trains_whole(head);
  config.whole_modules.clear();
  if (whole) config.whole_modules.push_back(head);
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
  if (stands_around_layers(config)) text += ", on";
  for (const std::string& module : config.target_modules) text += " " + module;
  for (const std::string& module : config.whole_modules) text += ", " + module + " whole";
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
  } else if (type == "PROMPT_TUNING") {
    config.kind = read_virtual_tokens_config(fields, VirtualTokensConfig::Kind::kPrompt);
  } else if (type == "PREFIX_TUNING") {
    config.kind = read_virtual_tokens_config(fields, VirtualTokensConfig::Kind::kPrefix);
  } else {
    throw Error("UNSUPPORTED_ADAPTER", {{"field", "peft_type"}, {"value", type}});
  }
  // It must be the task of the model's head, which is not known here.
  fields.one_of("task_type", {kLanguageTask, kScoreTask});
  config.task = fields.text("task_type", "");
  if (stands_around_layers(config)) {
    config.target_modules = fields.modules("target_modules");
    config.whole_modules = fields.names("modules_to_save");
    // The heads of sequence classification: PEFT names both, whichever the model has. Others are
    // not trained here, and beside the base alone such an adapter is wrong.
    for (const std::string& module : config.whole_modules) {
      if (module == "score" || module == "classifier") continue;
      throw Error("UNSUPPORTED_ADAPTER", {{"field", "modules_to_save"}, {"value", module}});
    }
  }
  fields.refuse_the_rest();
  check_adapter_config(config);
  return config;
}

std::string adapter_config_text(const AdapterConfig& config, const std::string& base_model_name,
                                const std::string& task) {
  Json::Object object = std::visit([](const auto& kind) { return peft_fields(kind); }, config.kind);
  const std::vector<std::string>& whole = config.whole_modules;
  const Json::Object common = {
      {"auto_mapping", nullptr},
      {"base_model_name_or_path", base_model_name.empty() ? Json() : Json(base_model_name)},
      {"inference_mode", true},
      {"modules_to_save", whole.empty() ? Json() : Json(list_of_names(whole))},
      {"peft_version", kPeftVersion},
      {"revision", nullptr},
      {"task_type", task},
  };
  object.insert(object.end(), common.begin(), common.end());
  if (stands_around_layers(config)) {
    object.insert(object.end(), {{"exclude_modules", nullptr},
                                 {"fan_in_fan_out", false},
                                 {"target_modules", list_of_names(config.target_modules)}});
  }
  std::sort(object.begin(), object.end(),
            [](const Json::Member& a, const Json::Member& b) { return a.first < b.first; });
  return Json(object).text(2);
}

}  // namespace neiro
