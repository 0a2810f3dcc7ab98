// Reads JSON as it comes, value by value, and keeps none of it: memory does not grow with what a
// stranger's header holds. Strict as RFC 8259 is: what it does not allow, bytes that are not UTF-8,
// more than 64 levels and numbers out of range all end in the Error that the caller makes of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace neiro {

// The error for a fault at a byte of a file: what is read has a code of its own.
using JsonFault = Error (*)(const std::string& file, int64_t offset, const std::string& reason);

class JsonReader {
 public:
  enum class Kind { kNull, kBool, kNumber, kString, kArray, kObject };

  // `text` must outlive the reader. `file` is named in the errors that `fault` makes; `base` is
  // added to their offsets (where the text is a part of the file).
  JsonReader(std::string_view text, std::string file, JsonFault fault, int64_t base = 0);

  // What the next value is, without reading it.
  Kind peek();

  // The next value; an error when it is of another kind.
  void read_null();
  bool read_bool();
  std::string read_string();
  struct Number {
    bool is_integer;  // written without fraction and exponent, and within int64
    int64_t integer;
    double value;
  };
  Number read_number();
  int64_t read_integer();  // an error when it is not one
  // Reads past the next value, checking it as if it were wanted.
  void skip();

  // An array: enter_array(); while (next_item()) ...read one value...;
  void enter_array();
  bool next_item();
  // An object: enter_object(); while (next_member(name)) ...read one value...;
  // Names are not compared here: the caller knows best how.
  void enter_object();
  bool next_member(std::string& name);

  // After the last value: nothing but white space may follow.
  void finish();

  // Throws the error for this place.
  [[noreturn]] void fail(const std::string& reason) const;

 private:
  void skip_space();
  void expect(char c, const char* what);
  void enter(char bracket, const char* what);
  bool next(char closing);
  void read_word(std::string_view word);
  void read_escape(std::string& out);
  uint32_t read_hex4();

  std::string_view text_;
  std::string file_;
  JsonFault fault_;
  int64_t base_;
  size_t at_ = 0;
  std::vector<bool> first_;  // per open bracket: nothing read inside yet
};

// Length of the UTF-8 sequence that `text` begins with (1 to 4); 0 when it is not well formed:
// overlong, a surrogate, above U+10FFFF, or cut off (Unicode 15, table 3-7).
size_t utf8_sequence(std::string_view text);

}  // namespace neiro
