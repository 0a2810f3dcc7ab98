// IA3's fields of adapter_config.json, both ways.
#include "adapters/ia3_config.h"

#include <algorithm>

#include "adapters/module_choice.h"
#include "core/error.h"
#include "core/option.h"

namespace neiro {

bool Ia3Config::scales_input(const std::string& path) const {
  return std::any_of(feedforward_modules.begin(), feedforward_modules.end(),
                     [&](const std::string& name) { return names_path(name, path); });
}

void check_config(const Ia3Config& config, const std::vector<std::string>& targets) {
  const auto among = [&](const std::string& name) {
    return std::find(targets.begin(), targets.end(), name) != targets.end();
  };
  // Names that are said in other words on either side say nothing wrong.
  const auto word = [](const std::string& name) { return name.find('.') == std::string::npos; };
  if (targets.empty() || !std::all_of(targets.begin(), targets.end(), word)) return;
  for (const std::string& name : config.feedforward_modules) {
    require_option(among(name) || among(kAllLinear), "feedforwardModules", name,
                   "any of the target modules");
  }
}

std::string describe(const Ia3Config& config) {
  std::vector<std::string> names = config.feedforward_modules;
  std::sort(names.begin(), names.end());
  std::string text = "IA3, inputs of";
  for (const std::string& name : names) text += " " + name;
  return text;
}

Ia3Config read_ia3_config(PeftFields& fields) {
  Ia3Config config;
  if (const std::optional<std::string> one = fields.text_alone("feedforward_modules")) {
    throw Error("UNSUPPORTED_ADAPTER", {{"field", "feedforward_modules"}, {"value", *one}});
  }
  config.feedforward_modules = fields.names("feedforward_modules");
  fields.one_of("init_ia3_weights", {true, false});
  return config;
}

Json::Object peft_fields(const Ia3Config& config) {
  Json::Array names;
  for (const std::string& name : config.feedforward_modules) names.push_back(name);
  return {{"feedforward_modules", names}, {"init_ia3_weights", true}, {"peft_type", "IA3"}};
}

}  // namespace neiro
