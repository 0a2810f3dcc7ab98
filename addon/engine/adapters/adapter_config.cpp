// What every kind has, and the choice of the kind.
#include "adapters/adapter_config.h"

#include <algorithm>
#include <iterator>
#include <string_view>

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

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Whether `name` is the end of the path, or of that of a module which the path lies in.
bool holds_path(const std::string& name, const std::string& path) {
  for (size_t end = path.size(); end != std::string::npos; end = path.rfind('.', end - 1)) {
    if (path.substr(0, end).ends_with(name)) return true;
    if (end == 0) break;
  }
  return false;
}

// What is its own at one layer; empty where all layers are alike.
std::string own_at(const AdapterConfig& config, const std::string& path) {
  const LoraConfig* lora = std::get_if<LoraConfig>(&config.kind);
  if (lora == nullptr || (lora->rank_pattern.empty() && lora->alpha_pattern.empty())) return "";
  const LoraConfig own = lora->at(path);
  return " (r " + std::to_string(own.rank) + ", scale " + Json(own.scale()).text() + ")";
}

// Words where each stands for all its layers and these are alike, else every path.
std::string described_places(const AdapterConfig& config, const std::vector<ModuleName>& modules) {
  if (modules.empty()) return " " + Json(peft_fields(config.modules)).text();
  std::string words, paths;
  bool whole = true;
  for (const std::string& word : module_words(modules)) {
    size_t all = 0, taken = 0;
    for (const ModuleName& one : modules) {
      if (one.module != word) continue;
      ++all;
      if (!config.modules.takes(one.path, one.layer)) continue;
      ++taken;
      const std::string own = own_at(config, one.path);
      whole = whole && own.empty();
      paths += " " + one.path + own;
    }
    if (taken > 0) words += " " + word;
    whole = whole && (taken == 0 || taken == all);
  }
  return whole ? words : paths;
}

}  // namespace

bool AdapterConfig::trains_whole(const std::string& path) const {
  return std::any_of(whole_modules.begin(), whole_modules.end(),
                     [&](const std::string& name) { return holds_path(name, path); });
}

void check_adapter_config(const AdapterConfig& config) {
  std::visit([&](const auto& kind) { check_config(kind, config.modules.names); }, config.kind);
  if (!stands_around_layers(config)) return;
  require_option(!config.modules.names.empty() || !config.modules.expression.empty(),
                 "targetModules", "none", "at least one module");
}

void check_names(const AdapterConfig& config, const std::vector<ModuleName>& modules,
                 const std::vector<std::string>& whole,
                 const std::vector<std::string>& parameters) {
  const ModuleChoice& choice = config.modules;
  require_option(Pattern::read(choice.expression).has_value(), "targetPattern", choice.expression,
                 "an expression without references and look-around");
  const auto require_known = [](bool good, const char* option, const std::string& name,
                                const std::vector<std::string>& known) {
    std::string expected = "any of ";
    if (!good) refuse_option(option, name, expected += list_of(known));
  };
  const auto any = [&](auto is) { return std::any_of(modules.begin(), modules.end(), is); };
  for (const std::string& name : choice.excluded) {
    require_known(any([&](const ModuleName& one) { return names_path(name, one.path); }),
                  "excludeModules", name, module_words(modules));
  }
  for (const int64_t layer : choice.layers) {
    require_option(any([&](const ModuleName& one) { return one.layer == layer; }), "layers", layer,
                   "numbers of the model's layers, from 0");
  }
  for (const std::string& name : config.whole_modules) {
    require_known(contains(whole, name), "wholeModules", name, whole);
  }
  const LoraConfig* lora = std::get_if<LoraConfig>(&config.kind);
  if (lora == nullptr) return;
  const std::string unused = lora->unused_key([&](const Pattern& key) {
    const auto of_experts = [&](const std::string& path) { return key.matches(path); };
    return std::any_of(parameters.begin(), parameters.end(), of_experts) ||
           any([&](const ModuleName& one) {
             return choice.takes(one.path, one.layer) && key.matches(one.path);
           });
  });
  require_option(unused.empty(), "rankPattern, alphaPattern", unused,
                 "ends of names of layers that learn");
}

AdapterConfig with_modules(AdapterConfig config, const std::vector<ModuleName>& modules,
                           const std::vector<std::string>& whole) {
  const std::vector<std::string> words = module_words(modules);
  const std::string missing = missing_module(config, modules);
  if (!missing.empty()) refuse_option("targetModules", missing, "any of " + list_of(words));
  if (config.modules.plain()) {
    std::vector<std::string> found;
    for (const ModuleName& one : modules) {
      if (config.trains_whole(one.path)) continue;
      if (config.modules.takes(one.path, one.layer) && !contains(found, one.module)) {
        found.push_back(one.module);
      }
    }
    config.modules.names = std::move(found);
  }
  std::erase_if(config.whole_modules, [&](const std::string& name) {
    return std::none_of(whole.begin(), whole.end(),
                        [&](const std::string& path) { return holds_path(name, path); });
  });
  return config;
}

std::string missing_module(const AdapterConfig& config, const std::vector<ModuleName>& modules) {
  const ModuleChoice& choice = config.modules;
  if (!stands_around_layers(config)) return "";
  for (const std::string& name : choice.names) {
    const bool found = std::any_of(modules.begin(), modules.end(), [&](const ModuleName& one) {
      return name == kAllLinear || names_path(name, one.path);
    });
    if (!found) return name;
  }
  const bool any = std::any_of(modules.begin(), modules.end(), [&](const ModuleName& one) {
    return choice.takes(one.path, one.layer);
  });
  if (any) return "";
  return choice.expression.empty() ? list_of(choice.names) : choice.expression;
}

std::vector<std::string> module_words(const std::vector<ModuleName>& modules) {
  std::vector<std::string> words;
  for (const ModuleName& one : modules) {
    if (!contains(words, one.module)) words.push_back(one.module);
  }
  return words;
}

std::string describe(const AdapterConfig& config, const std::vector<ModuleName>& modules) {
  std::string text = std::visit([](const auto& kind) { return describe(kind); }, config.kind);
  if (stands_around_layers(config)) text += ", on" + described_places(config, modules);
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
  } else if (type == "VERA") {
    config.kind = read_vera_config(fields);
  } else if (type == "P_TUNING") {
    config.kind = read_virtual_tokens_config(fields, VirtualTokensConfig::Kind::kEncoded);
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
    config.modules = read_module_choice(fields);
    config.whole_modules = fields.names("modules_to_save");
    // Embeddings, the language head, and those of sequence classification: PEFT names both of
    // these, whichever the model has; then the layers before the last of an encoder's. Others are
    // not trained here, and beside the base alone such an adapter is wrong.
    for (const std::string& module : config.whole_modules) {
      constexpr std::string_view kKnown[] = {
          "embed_tokens", "word_embeddings", "tok_embeddings", "lm_head",      "score",
          "classifier",   "pre_classifier",  "pooler",         "pooler.dense", "head.dense"};
      if (std::find(std::begin(kKnown), std::end(kKnown), module) != std::end(kKnown)) continue;
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
    object.emplace_back("fan_in_fan_out", false);
    const Json::Object chosen = peft_fields(config.modules);
    object.insert(object.end(), chosen.begin(), chosen.end());
    if (!std::holds_alternative<Ia3Config>(config.kind) && config.modules.layers.empty()) {
      object.insert(object.end(), {{"layers_pattern", nullptr}, {"layers_to_transform", nullptr}});
    }
  }
  std::sort(object.begin(), object.end(),
            [](const Json::Member& a, const Json::Member& b) { return a.first < b.first; });
  return Json(object).text(2);
}

}  // namespace neiro
