// The grammar of RFC 8259, one byte of look-ahead.
#include "io/json_reader.h"

#include <charconv>
#include <cmath>
#include <locale>
#include <sstream>

namespace neiro {
namespace {

constexpr size_t kMaxDepth = 64;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_utf8(std::string& out, uint32_t point) {
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xc0 | point >> 6);
    out += static_cast<char>(0x80 | (point & 0x3f));
  } else if (point < 0x10000) {
    out += static_cast<char>(0xe0 | point >> 12);
    out += static_cast<char>(0x80 | (point >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (point & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | point >> 18);
    out += static_cast<char>(0x80 | (point >> 12 & 0x3f));
    out += static_cast<char>(0x80 | (point >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (point & 0x3f));
  }
}

// The same in every locale, which strtod is not. Too large becomes infinite.
double to_double(std::string_view digits) {
  std::istringstream stream{std::string(digits)};
  stream.imbue(std::locale::classic());
  double value = 0.0;
  stream >> value;
  // A failed read means out of range at either end; below, the value is what is left of it.
  return stream.fail() && std::fabs(value) > 1.0 ? INFINITY : value;
}

}  // namespace

size_t utf8_sequence(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto continues = [&](size_t i, unsigned low = 0x80, unsigned high = 0xbf) {
    return i < text.size() && byte(i) >= low && byte(i) <= high;
  };
  if (text.empty()) return 0;
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return continues(1) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    // No overlong forms after E0, no surrogates after ED.
    const bool second = continues(1, lead == 0xe0 ? 0xa0 : 0x80, lead == 0xed ? 0x9f : 0xbf);
    return second && continues(2) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const bool second = continues(1, lead == 0xf0 ? 0x90 : 0x80, lead == 0xf4 ? 0x8f : 0xbf);
    return second && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

JsonReader::JsonReader(std::string_view text, std::string file, JsonFault fault, int64_t base)
    : text_(text), file_(std::move(file)), fault_(fault), base_(base) {}

void JsonReader::fail(const std::string& reason) const {
  throw fault_(file_, base_ + static_cast<int64_t>(at_), reason);
}

void JsonReader::skip_space() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return;
    ++at_;
  }
}

void JsonReader::expect(char c, const char* what) {
  skip_space();
  if (at_ >= text_.size() || text_[at_] != c) fail(std::string("expected ") + what);
  ++at_;
}

JsonReader::Kind JsonReader::peek() {
  skip_space();
  if (at_ >= text_.size()) fail("it ends where a value is expected");
  switch (text_[at_]) {
    case 'n':
      return Kind::kNull;
    case 't':
    case 'f':
      return Kind::kBool;
    case '"':
      return Kind::kString;
    case '[':
      return Kind::kArray;
    case '{':
      return Kind::kObject;
    default:
      if (text_[at_] != '-' && !is_digit(text_[at_])) fail("expected a value");
      return Kind::kNumber;
  }
}

void JsonReader::read_word(std::string_view word) {
  skip_space();
  if (text_.substr(at_, word.size()) != word) fail("expected " + std::string(word));
  at_ += word.size();
}

void JsonReader::read_null() { read_word("null"); }

bool JsonReader::read_bool() {
  if (peek() != Kind::kBool) fail("expected true or false");
  const bool value = text_[at_] == 't';
  read_word(value ? "true" : "false");
  return value;
}

uint32_t JsonReader::read_hex4() {
  if (at_ + 4 > text_.size()) fail("a \\u escape is cut off");
  uint32_t value = 0;
  const char* begin = text_.data() + at_;
  const auto [end, error] = std::from_chars(begin, begin + 4, value, 16);
  if (error != std::errc() || end != begin + 4) fail("a \\u escape needs four hexadecimal digits");
  at_ += 4;
  return value;
}

void JsonReader::read_escape(std::string& out) {
  if (at_ >= text_.size()) fail("a string does not end");
  constexpr std::string_view kLetters = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
  const char letter = text_[at_];
  if (const size_t i = kLetters.find(letter); i != std::string_view::npos) {
    ++at_;
    out += kMeanings[i];
    return;
  }
  if (letter != 'u') fail("an unknown escape in a string");
  ++at_;
  uint32_t point = read_hex4();
  if (point >= 0xdc00 && point <= 0xdfff) fail("half of a surrogate pair");
  if (point >= 0xd800 && point <= 0xdbff) {
    if (text_.substr(at_, 2) != "\\u") fail("half of a surrogate pair");
    at_ += 2;
    const uint32_t low = read_hex4();
    if (low < 0xdc00 || low > 0xdfff) fail("half of a surrogate pair");
    point = 0x10000 + ((point - 0xd800) << 10 | (low - 0xdc00));
  }
  append_utf8(out, point);
}

std::string JsonReader::read_string() {
  expect('"', "a string");
  std::string out;
  for (;;) {
    const size_t run = at_;
    while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\') {
      if (static_cast<unsigned char>(text_[at_]) < 0x20) fail("a control character in a string");
      const size_t length = utf8_sequence(text_.substr(at_, 4));
      if (length == 0) fail("bytes that are not UTF-8");
      at_ += length;
    }
    out.append(text_, run, at_ - run);
    if (at_ >= text_.size()) fail("a string does not end");
    if (text_[at_++] == '"') return out;
    read_escape(out);
  }
}

JsonReader::Number JsonReader::read_number() {
  if (peek() != Kind::kNumber) fail("expected a number");
  const size_t begin = at_;
  const auto digits = [&] {
    if (at_ >= text_.size() || !is_digit(text_[at_])) fail("a number is not finished");
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
  };
  const auto next_is = [&](char a, char b) {
    return at_ < text_.size() && (text_[at_] == a || text_[at_] == b);
  };
  if (next_is('-', '-')) ++at_;
  if (next_is('0', '0')) {
    ++at_;
    if (at_ < text_.size() && is_digit(text_[at_])) fail("a number with a leading zero");
  } else {
    digits();
  }
  bool is_integer = true;
  if (next_is('.', '.')) {
    is_integer = false;
    ++at_;
    digits();
  }
  if (next_is('e', 'E')) {
    is_integer = false;
    ++at_;
    if (next_is('+', '-')) ++at_;
    digits();
  }
  const std::string_view written = text_.substr(begin, at_ - begin);
  if (is_integer) {
    int64_t value = 0;
    const char* end = written.data() + written.size();
    if (std::from_chars(written.data(), end, value).ec == std::errc()) {
      return {true, value, static_cast<double>(value)};
    }
  }
  const double value = to_double(written);
  if (std::isinf(value)) fail("a number out of range");
  return {false, 0, value};
}

int64_t JsonReader::read_integer() {
  const size_t begin = at_;
  const Number number = read_number();
  if (!number.is_integer) {
    at_ = begin;
    fail("expected a whole number of at most 64 bits");
  }
  return number.integer;
}

void JsonReader::enter(char bracket, const char* what) {
  expect(bracket, what);
  if (first_.size() == kMaxDepth) fail("more than 64 levels");
  first_.push_back(true);
}

// True when a value (or a name) follows; false after the closing bracket.
bool JsonReader::next(char closing) {
  skip_space();
  if (at_ < text_.size() && text_[at_] == closing) {
    ++at_;
    first_.pop_back();
    return false;
  }
  if (!first_.back()) expect(',', closing == ']' ? "\",\" or \"]\"" : "\",\" or \"}\"");
  first_.back() = false;
  return true;
}

void JsonReader::enter_array() { enter('[', "a list"); }
bool JsonReader::next_item() { return next(']'); }
void JsonReader::enter_object() { enter('{', "an object"); }

bool JsonReader::next_member(std::string& name) {
  if (!next('}')) return false;
  name = read_string();
  expect(':', "\":\"");
  return true;
}

void JsonReader::skip() {
  switch (peek()) {
    case Kind::kNull:
      return read_null();
    case Kind::kBool:
      read_bool();
      return;
    case Kind::kNumber:
      read_number();
      return;
    case Kind::kString:
      read_string();
      return;
    case Kind::kArray:
      enter_array();
      while (next_item()) skip();
      return;
    case Kind::kObject:
      enter_object();
      for (std::string name; next_member(name);) skip();
      return;
  }
}

void JsonReader::finish() {
  skip_space();
  if (at_ < text_.size()) fail("something follows the end of the value");
}

}  // namespace neiro
