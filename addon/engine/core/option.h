// One wording for a setting that cannot be: expected X for NAME, got Y. Costs nothing while all is
// well: a step calls it and may not allocate.
#pragma once

#include <concepts>
#include <string>
#include <vector>

namespace neiro {

// Throws Error BAD_OPTION {option, value, expected}.
[[noreturn]] void refuse_option(const std::string& option, const std::string& value,
                                const std::string& expected);

// "q_proj, k_proj, v_proj"
std::string list_of(const std::vector<std::string>& names);

inline const std::string& option_text(const std::string& value) { return value; }
inline std::string option_text(const char* value) { return value; }
std::string option_text(std::integral auto value) { return std::to_string(value); }
std::string option_text(std::floating_point auto value) { return std::to_string(value); }

template <class Value>
void require_option(bool good, const char* option, const Value& value, const char* expected) {
  if (!good) refuse_option(option, option_text(value), expected);
}

}  // namespace neiro
