// The one table of families, and how a config finds its own.
#include "model/families/families.h"

#include <algorithm>

#include "core/error.h"
#include "core/option.h"
#include "model/families/family.h"

namespace neiro {

extern const Family kGemma, kGemma2, kGemma3, kLlama, kMistral, kPhi3, kQwen2, kQwen3;

namespace {

constexpr const Family* kFamilies[] = {&kGemma,   &kGemma2, &kGemma3, &kLlama,
                                       &kMistral, &kPhi3,   &kQwen2,  &kQwen3};

[[noreturn]] void unknown_architecture(const std::string& name) {
  throw Error("UNKNOWN_ARCHITECTURE",
              {{"architecture", name}, {"known", list_of(known_families())}});
}

std::vector<std::string> read_architectures(const Fields& fields) {
  const Json* list = fields.find("architectures");
  if (list == nullptr) return {};
  if (list->array() == nullptr) bad_config("architectures", list->text(), "a list of names");
  std::vector<std::string> names;
  for (const Json& name : *list->array()) {
    if (name.string() == nullptr) bad_config("architectures", list->text(), "a list of names");
    names.push_back(*name.string());
  }
  return names;
}

// The family that one of the classes belongs to; null where none is known.
const Family* family_of(const std::vector<std::string>& architectures) {
  for (const Family* family : kFamilies) {
    if (std::find(architectures.begin(), architectures.end(), family->architecture) !=
        architectures.end()) {
      return family;
    }
  }
  return nullptr;
}

// Made to continue text, or the model without any head.
bool speaks(const std::string& architecture) {
  return architecture.ends_with("ForCausalLM") || architecture.ends_with("Model");
}

// By model_type, as Transformers does: the class beside it may be missing, without its head, or
// spelled as in other years. A class of another family or for another task is a contradiction.
const Family& find_family(const Fields& fields) {
  const std::string model_type = fields.text("model_type", "");
  const std::vector<std::string> architectures = read_architectures(fields);
  for (const std::string& name : architectures) {
    if (!speaks(name)) unknown_architecture(name);
  }
  const Family* named = family_of(architectures);
  for (const Family* family : kFamilies) {
    if (model_type.empty() ? family != named : model_type != family->model_type) continue;
    if (named != nullptr && named != family) unknown_architecture(architectures.front());
    return *family;
  }
  if (!architectures.empty()) unknown_architecture(architectures.front());
  unknown_architecture(model_type.empty() ? "unnamed" : model_type);
}

}  // namespace

const std::vector<std::string>& known_families() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for (const Family* family : kFamilies) list.emplace_back(family->model_type);
    return list;
  }();
  return names;
}

ModelConfig parse_config(const Json& json) {
  const Fields fields(json);
  const Family& family = find_family(fields);
  if (fields.find("quantization_config")) unsupported_model("quantization_config", "set");
  ModelConfig config = family.read(fields);
  config.family = family.model_type;
  return config;
}

}  // namespace neiro
