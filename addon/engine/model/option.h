// One wording for a setting that cannot be: expected X for NAME, got Y.
#pragma once

#include <string>

#include "core/error.h"

namespace neiro {

// Throws Error BAD_OPTION {option, value, expected} unless good.
inline void require_option(bool good, const std::string& option, const std::string& value,
                           const std::string& expected) {
  if (good) return;
  throw Error("BAD_OPTION", "Expected " + expected + " for " + option + ", got " + value + ".",
              "Correct this setting.",
              {{"option", option}, {"value", value}, {"expected", expected}});
}
inline void require_option(bool good, const std::string& option, double value,
                           const std::string& expected) {
  if (!good) require_option(good, option, std::to_string(value), expected);
}

}  // namespace neiro
