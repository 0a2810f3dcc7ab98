// The error behind every refused setting.
#include "core/option.h"

#include "core/error.h"

namespace neiro {

void refuse_option(const std::string& option, const std::string& value,
                   const std::string& expected) {
  throw Error("BAD_OPTION", {{"option", option}, {"value", value}, {"expected", expected}});
}

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  return list;
}

}  // namespace neiro
