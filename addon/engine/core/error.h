// The one exception of the engine: a code for what happened and the figures behind it. Its
// sentences stand in main/words (errors); the engine has none, and nothing in it prints, exits or
// aborts.
#pragma once

#include <exception>
#include <map>
#include <string>
#include <utility>

namespace neiro {

// Codes are SCREAMING_SNAKE and stable. The details fill the placeholders of the code's sentences:
// Error("FILE_MISSING", {{"file", path}}) for "{file} does not exist." The tests read throw sites
// in this form, so the code is a literal and the details are a list where the error is made.
class Error : public std::exception {
 public:
  using Details = std::map<std::string, std::string>;

  explicit Error(std::string code, Details details = {})
      : code(std::move(code)), details(std::move(details)), text_(this->code) {
    for (const auto& [name, value] : this->details) text_ += " " + name + "=\"" + value + "\"";
  }

  // For logs: FILE_MISSING file="/models/config.json"
  const char* what() const noexcept override { return text_.c_str(); }

  const std::string code;
  const Details details;

 private:
  std::string text_;
};

}  // namespace neiro
