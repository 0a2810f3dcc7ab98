// adapter_config.json, field by field. What was asked for is understood; whatever else the file
// says must say nothing: a field that PEFT adds tomorrow is refused as soon as someone uses it.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "io/json.h"

namespace neiro {

// PEFT's word for every linear layer that the model has, the head left out.
inline constexpr const char* kAllLinear = "all-linear";

class PeftFields {
 public:
  explicit PeftFields(const Json& json) : json_(json) {}

  // Throw Error BAD_ADAPTER_CONFIG {field} where there is none of the kind.
  void require(const char* name);
  std::string text(const char* name);
  std::string text(const char* name, const std::string& fallback);  // null and absent: `fallback`
  int64_t integer(const char* name);
  double number(const char* name);
  // Null and absent mean `fallback`.
  double number(const char* name, double fallback);
  bool flag(const char* name, bool fallback);
  // The text where the field is one; empty for a list, null or nothing.
  std::optional<std::string> text_alone(const char* name);
  // A whole number from 0, several, or none where it is absent.
  // In an object they may stand as its only member, which is one of `members`; another is refused.
  std::vector<int64_t> integers(const char* name, const std::set<std::string>& members = {});
  // Numbers by name, in the file's order.
  std::vector<std::pair<std::string, double>> numbers(const char* name);
  // One of these, or absent: anything else is refused with UNSUPPORTED_ADAPTER.
  void one_of(const char* name, const std::vector<Json>& understood);

  // A field that may say anything.
  void pass_over(const char* name) { asked_.insert(name); }
  // Names, or none where it is absent.
  std::vector<std::string> names(const char* name);

  // Throws Error UNSUPPORTED_ADAPTER {field, value} for the first field that was not asked for,
  // does not only describe, and is neither null, false nor empty.
  void refuse_the_rest() const;

 private:
  const Json* find(const char* name);

  const Json& json_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace neiro
