// The one exception of the engine: what happened (code, message), what to do (hint), and the
// figures behind it (details), so that a caller can say the same in another language.
// Nothing in the engine prints, exits or aborts.
#pragma once

#include <exception>
#include <map>
#include <string>
#include <utility>

namespace neiro {

// Codes are SCREAMING_SNAKE and stable: main/contract/errors.ts lists every one with its words.
class Error : public std::exception {
 public:
  Error(std::string code, std::string message, std::string hint,
        std::map<std::string, std::string> details = {})
      : code(std::move(code)),
        message(std::move(message)),
        hint(std::move(hint)),
        details(std::move(details)) {}

  const char* what() const noexcept override { return message.c_str(); }

  const std::string code;
  const std::string message;                         // one plain English sentence: what is
  const std::string hint;                            // one plain English sentence: the way out
  const std::map<std::string, std::string> details;  // e.g. {"file": ..., "tensor": ...}
};

}  // namespace neiro
