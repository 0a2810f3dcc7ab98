// Which linear layers an adapter stands around, in PEFT's words: by their last words ("q_proj"),
// ends or whole names of their paths, or an expression over these; less those that are excluded; of
// all decoder layers or of some.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/peft_fields.h"
#include "core/pattern.h"
#include "io/json.h"

namespace neiro {

// Whether `name` is the whole path or its last words: "q_proj" and "self_attn.q_proj" of
// "model.layers.0.self_attn.q_proj".
bool names_path(std::string_view name, std::string_view path);

struct ModuleChoice {
  ModuleChoice() = default;
  ModuleChoice(std::vector<std::string> chosen) : names(std::move(chosen)) {}
  ModuleChoice(std::initializer_list<std::string> chosen) : names(chosen) {}

  std::vector<std::string> names;  // or kAllLinear alone
  std::string expression;          // instead of names; of the whole path
  std::vector<std::string> excluded;
  std::string excluded_expression;
  std::vector<int64_t> layers;  // numbers of decoder layers; empty = all of them

  // `layer` is the number of the decoder layer that the path stands in.
  bool takes(const std::string& path, int64_t layer) const;
  // Words alone, of all layers: what most choices are.
  bool plain() const;
};

// target_modules, exclude_modules, layers_to_transform and layers_pattern. Error
// UNSUPPORTED_ADAPTER {field, value} for an expression that is not understood (core/pattern.h).
ModuleChoice read_module_choice(PeftFields& fields);
// The keys that PEFT writes for it.
Json::Object peft_fields(const ModuleChoice& choice);

}  // namespace neiro
