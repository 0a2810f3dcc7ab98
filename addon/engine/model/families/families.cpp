// The one table of families, and how a config finds its own.
#include "model/families/families.h"

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

// By model_type, with which architectures must agree; by architectures where that alone is there.
const Family& find_family(const Fields& fields) {
  const std::string model_type = fields.text("model_type", "");
  std::string architecture;
  if (const Json* list = fields.find("architectures")) {
    if (list->array() == nullptr || list->array()->size() != 1 ||
        list->array()->front().string() == nullptr) {
      bad_config("architectures", list->text(), "a list of one name");
    }
    architecture = *list->array()->front().string();
  }
  for (const Family* family : kFamilies) {
    const bool same_class = architecture == family->architecture;
    if (model_type.empty()
            ? same_class
            : model_type == family->model_type && (architecture.empty() || same_class)) {
      return *family;
    }
  }
  if (!architecture.empty()) unknown_architecture(architecture);
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
