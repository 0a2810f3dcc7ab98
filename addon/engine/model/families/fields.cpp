// Kinds, ranges and their errors.
#include "model/families/fields.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"

namespace neiro {

void unsupported_model(const std::string& field, const std::string& value) {
  throw Error("UNSUPPORTED_MODEL", {{"field", field}, {"value", value}});
}

void bad_config(const std::string& field, const std::string& value, const std::string& expected) {
  throw Error("BAD_CONFIG", {{"field", field}, {"value", value}, {"expected", expected}});
}

const Json* Fields::find(const char* name) const {
  const Json* value = json_.find(name);
  return value != nullptr && !value->is_null() ? value : nullptr;
}

std::optional<int64_t> Fields::integer(const char* name, int64_t low, int64_t high) const {
  const Json* value = find(name);
  if (value == nullptr) return std::nullopt;
  const std::optional<int64_t> number = value->integer();
  if (!number || *number < low || *number > high) {
    bad_config(name, value->text(),
               "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
  }
  return number;
}

int64_t Fields::required(const char* name, int64_t low, int64_t high) const {
  const std::optional<int64_t> value = integer(name, low, high);
  if (!value) bad_config(name, "nothing", "a whole number");
  return *value;
}

double Fields::positive(const char* name, double fallback) const {
  const Json* value = find(name);
  if (value == nullptr) return fallback;
  const std::optional<double> number = value->number();
  if (!number || !std::isfinite(*number) || *number <= 0) {
    bad_config(name, value->text(), "a number above 0");
  }
  return *number;
}

double Fields::zero_or_more(const char* name, double fallback) const {
  const Json* value = find(name);
  return value != nullptr && value->number() == 0.0 ? 0.0 : positive(name, fallback);
}

std::vector<double> Fields::positives(const char* name, size_t count) const {
  const Json* list = find(name);
  const std::string expected = std::to_string(count) + " numbers above 0";
  if (list == nullptr) bad_config(name, "nothing", expected);
  std::vector<double> numbers;
  if (list->array() != nullptr) {
    for (const Json& item : *list->array()) numbers.push_back(item.number().value_or(0));
  }
  const bool good = std::all_of(numbers.begin(), numbers.end(),
                                [](double x) { return std::isfinite(x) && x > 0; });
  if (numbers.size() != count || !good) bad_config(name, list->text(), expected);
  return numbers;
}

bool Fields::flag(const char* name, bool fallback) const {
  const Json* value = find(name);
  if (value == nullptr) return fallback;
  if (!value->boolean()) bad_config(name, value->text(), "true or false");
  return *value->boolean();
}

std::string Fields::text(const char* name, const std::string& fallback) const {
  const Json* value = find(name);
  if (value == nullptr) return fallback;
  if (value->string() == nullptr) bad_config(name, value->text(), "a text");
  return *value->string();
}

}  // namespace neiro
