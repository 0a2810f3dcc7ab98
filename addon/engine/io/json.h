// A JSON value (RFC 8259) read from files of strangers, and written. Small documents only, such as
// config.json: large ones (safetensors headers, indices) are read with json_reader.h as they come.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/error.h"

namespace neiro {

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;  // in file order; names are unique

  Json() = default;  // null
  Json(std::nullptr_t) {}
  Json(bool value) : value_(value) {}
  Json(int value) : value_(static_cast<int64_t>(value)) {}
  Json(int64_t value) : value_(value) {}
  Json(double value) : value_(value) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}

  // The whole of `text` as one value. `file` is named in errors.
  // Throws Error BROKEN_CONFIG {file, offset, reason} for whatever RFC 8259 does not allow, for
  // bytes that are not UTF-8, a repeated name, more than 64 levels, or a number out of range; and
  // FILE_TOO_LARGE {file, size, limit} for a text over max_bytes.
  static Json parse(std::string_view text, const std::string& file,
                    int64_t max_bytes = kMaxDocument);
  // The same of a file. Also throws what MappedFile throws, and LFS_POINTER {file}.
  static Json read(const std::string& path, int64_t max_bytes = kMaxDocument);

  static constexpr int64_t kMaxDocument = int64_t{4} << 20;

  // What it is: null pointer or empty where it is something else.
  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  std::optional<bool> boolean() const;
  bool is_integer() const;                 // written as one
  std::optional<int64_t> integer() const;  // 3, and 3.0 too
  std::optional<double> number() const;    // integers too
  const std::string* string() const { return std::get_if<std::string>(&value_); }
  const Array* array() const { return std::get_if<Array>(&value_); }
  const Object* object() const { return std::get_if<Object>(&value_); }

  // The member of that name; null where there is none or this is no object. A walk: for the small
  // objects of a config.
  const Json* find(std::string_view name) const;

  // As text; indent 0 = one line, else that many spaces a level. Doubles as short as they read
  // back the same; NaN and infinity (no JSON) become null.
  std::string text(int indent = 0) const;

 private:
  std::variant<std::monostate, bool, int64_t, double, std::string, Array, Object> value_;
};

// What a fault of a small document is, at a byte of it.
Error broken_config(const std::string& file, int64_t offset, const std::string& reason);

// `text` with quotes and escapes, appended to out. Bytes that are not UTF-8 become U+FFFD.
void append_json_string(std::string& out, std::string_view text);

}  // namespace neiro
