// Kinds of fields, and what may stand in the file without meaning anything to the computation.
#include "adapters/peft_fields.h"

#include <algorithm>
#include <functional>

#include "core/error.h"

namespace neiro {
namespace {

// They tell of the file, of how training began or was spread over machines, or are read only
// beside another field that is refused.
constexpr const char* kDescribing[] = {"auto_mapping",      "base_model_name_or_path",
                                       "corda_config",      "ensure_weight_tying",
                                       "eva_config",        "inference_mode",
                                       "layers_pattern",    "lora_ga_config",
                                       "megatron_core",     "peft_version",
                                       "qalora_group_size", "revision",
                                       "runtime_config"};

[[noreturn]] void unsupported(const std::string& field, const std::string& value) {
  throw Error("UNSUPPORTED_ADAPTER", {{"field", field}, {"value", value}});
}

[[noreturn]] void bad(const std::string& field) {
  throw Error("BAD_ADAPTER_CONFIG", {{"field", field}});
}

bool says_nothing(const Json& value) {
  if (value.is_null() || value.boolean() == false) return true;
  if (value.array()) return value.array()->empty();
  if (value.object()) return value.object()->empty();
  return value.string() && (value.string()->empty() || *value.string() == "none");
}

// As text, so that 1 and 1.0 or two texts are compared alike.
bool same(const Json& a, const Json& b) { return a.text() == b.text(); }

}  // namespace

const Json* PeftFields::find(const char* name) {
  asked_.insert(name);
  const Json* value = json_.find(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

void PeftFields::require(const char* name) {
  if (find(name) == nullptr) bad(name);
}

std::string PeftFields::text(const char* name) {
  const Json* value = find(name);
  if (value == nullptr || value->string() == nullptr) bad(name);
  return *value->string();
}

std::string PeftFields::text(const char* name, const std::string& fallback) {
  return find(name) == nullptr ? fallback : text(name);
}

int64_t PeftFields::integer(const char* name) {
  const Json* value = find(name);
  if (value == nullptr || !value->integer()) bad(name);
  return *value->integer();
}

double PeftFields::number(const char* name) {
  const Json* value = find(name);
  if (value == nullptr || !value->number()) bad(name);
  return *value->number();
}

double PeftFields::number(const char* name, double fallback) {
  return find(name) == nullptr ? fallback : number(name);
}

bool PeftFields::flag(const char* name, bool fallback) {
  const Json* value = find(name);
  if (value == nullptr) return fallback;
  if (!value->boolean()) bad(name);
  return *value->boolean();
}

std::optional<std::string> PeftFields::text_alone(const char* name) {
  const Json* value = find(name);
  if (value == nullptr || value->string() == nullptr) return std::nullopt;
  return *value->string();
}

std::vector<int64_t> PeftFields::integers(const char* name, const std::set<std::string>& members) {
  const Json* value = find(name);
  if (value == nullptr) return {};
  if (const Json::Object* object = value->object()) {
    if (object->size() != 1 || !members.contains(object->front().first)) {
      throw Error("UNSUPPORTED_ADAPTER", {{"field", name}, {"value", value->text()}});
    }
    value = &object->front().second;
  }
  const Json::Array alone = {*value};
  std::vector<int64_t> numbers;
  for (const Json& one : value->array() ? *value->array() : alone) {
    if (one.integer().value_or(-1) < 0) bad(name);
    numbers.push_back(*one.integer());
  }
  return numbers;
}

std::vector<std::pair<std::string, double>> PeftFields::numbers(const char* name) {
  const Json* value = find(name);
  if (value == nullptr) return {};
  if (value->object() == nullptr) bad(name);
  std::vector<std::pair<std::string, double>> numbers;
  for (const auto& [key, number] : *value->object()) {
    if (!number.number()) bad(name);
    numbers.emplace_back(key, *number.number());
  }
  return numbers;
}

std::vector<std::string> PeftFields::names(const char* name) {
  const Json* value = find(name);
  if (value == nullptr) return {};
  if (value->array() == nullptr) bad(name);
  std::vector<std::string> names;
  for (const Json& one : *value->array()) {
    if (one.string() == nullptr) bad(name);
    names.push_back(*one.string());
  }
  return names;
}

void PeftFields::one_of(const char* name, const std::vector<Json>& understood) {
  const Json* value = find(name);
  if (value == nullptr) return;
  const bool known = std::any_of(understood.begin(), understood.end(),
                                 [&](const Json& one) { return same(*value, one); });
  if (!known) unsupported(name, value->text());
}

void PeftFields::refuse_the_rest() const {
  if (json_.object() == nullptr) bad("peft_type");
  for (const auto& [name, value] : *json_.object()) {
    const bool describes = std::any_of(std::begin(kDescribing), std::end(kDescribing),
                                       [&name = name](const char* one) { return name == one; });
    if (!describes && !asked_.contains(name) && !says_nothing(value)) {
      unsupported(name, value.text());
    }
  }
}

}  // namespace neiro
