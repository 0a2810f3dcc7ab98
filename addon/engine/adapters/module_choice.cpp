// PEFT's rules for names of modules (tuners_utils.check_target_module_exists).
#include "adapters/module_choice.h"

#include <algorithm>

#include "core/error.h"

namespace neiro {
namespace {

bool any_names(const std::vector<std::string>& names, const std::string& path) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return names_path(name, path); });
}

// Checked when it was read.
bool fits(const std::string& expression, const std::string& path) {
  const std::optional<Pattern> pattern = Pattern::read(expression);
  return pattern && pattern->matches(path);
}

// A list of names, or a text that is an expression.
void read_names(PeftFields& fields, const char* field, std::vector<std::string>& names,
                std::string& expression) {
  if (const std::optional<std::string> text = fields.text_alone(field)) {
    if (!Pattern::read(*text)) {
      throw Error("UNSUPPORTED_ADAPTER", {{"field", field}, {"value", *text}});
    }
    expression = *text;
    return;
  }
  names = fields.names(field);
}

Json::Array list_of_names(const std::vector<std::string>& names) {
  return {names.begin(), names.end()};
}

}  // namespace

bool names_path(std::string_view name, std::string_view path) {
  if (!path.ends_with(name)) return false;
  return path.size() == name.size() || path[path.size() - name.size() - 1] == '.';
}

bool ModuleChoice::takes(const std::string& path, int64_t layer) const {
  if (!layers.empty() && std::find(layers.begin(), layers.end(), layer) == layers.end()) {
    return false;
  }
  if (any_names(excluded, path)) return false;
  if (!excluded_expression.empty() && fits(excluded_expression, path)) return false;
  if (!expression.empty()) return fits(expression, path);
  return (names.size() == 1 && names[0] == kAllLinear) || any_names(names, path);
}

bool ModuleChoice::plain() const {
  return expression.empty() && excluded.empty() && excluded_expression.empty() && layers.empty() &&
         std::none_of(names.begin(), names.end(),
                      [](const std::string& name) { return name.find('.') != std::string::npos; });
}

ModuleChoice read_module_choice(PeftFields& fields) {
  fields.require("target_modules");
  ModuleChoice choice;
  if (fields.text_alone("target_modules") == kAllLinear) {
    choice.names = {kAllLinear};
  } else {
    read_names(fields, "target_modules", choice.names, choice.expression);
  }
  read_names(fields, "exclude_modules", choice.excluded, choice.excluded_expression);
  choice.layers = fields.integers("layers_to_transform");
  // The list that the numbers count in; "layers" is what every family here calls it.
  if (!choice.layers.empty())
    fields.one_of("layers_pattern", {"layers", Json::Array{"layers"}, ""});
  return choice;
}

Json::Object peft_fields(const ModuleChoice& choice) {
  const auto said = [](const std::vector<std::string>& names, const std::string& expression) {
    if (!expression.empty()) return Json(expression);
    return names.empty() ? Json() : Json(list_of_names(names));
  };
  Json::Array layers;
  for (const int64_t layer : choice.layers) layers.push_back(layer);
  Json::Object object = {{"exclude_modules", said(choice.excluded, choice.excluded_expression)},
                         {"target_modules", said(choice.names, choice.expression)}};
  if (!layers.empty()) {
    object.insert(object.end(), {{"layers_pattern", "layers"}, {"layers_to_transform", layers}});
  }
  return object;
}

}  // namespace neiro
