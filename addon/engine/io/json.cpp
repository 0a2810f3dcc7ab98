// A JSON value: built from the reader's pieces, looked into, written.
#include "io/json.h"

#include <algorithm>
#include <cmath>
#include <locale>
#include <sstream>

#include "core/error.h"
#include "io/json_reader.h"
#include "io/lfs_pointer.h"
#include "io/mapped_file.h"

namespace neiro {
namespace {

// A name that stands twice in an object; null where none does.
const std::string* repeated_name(const Json::Object& object) {
  std::vector<const std::string*> names;
  names.reserve(object.size());
  for (const Json::Member& member : object) names.push_back(&member.first);
  std::sort(names.begin(), names.end(), [](auto* a, auto* b) { return *a < *b; });
  const auto twice =
      std::adjacent_find(names.begin(), names.end(), [](auto* a, auto* b) { return *a == *b; });
  return twice == names.end() ? nullptr : *twice;
}

Json read_value(JsonReader& reader) {
  switch (reader.peek()) {
    case JsonReader::Kind::kNull:
      reader.read_null();
      return {};
    case JsonReader::Kind::kBool:
      return reader.read_bool();
    case JsonReader::Kind::kNumber: {
      const JsonReader::Number number = reader.read_number();
      return number.is_integer ? Json(number.integer) : Json(number.value);
    }
    case JsonReader::Kind::kString:
      return reader.read_string();
    case JsonReader::Kind::kArray: {
      Json::Array items;
      reader.enter_array();
      while (reader.next_item()) items.push_back(read_value(reader));
      return items;
    }
    case JsonReader::Kind::kObject: {
      Json::Object members;
      reader.enter_object();
      for (std::string name; reader.next_member(name);) {
        members.emplace_back(std::move(name), read_value(reader));
      }
      if (const std::string* name = repeated_name(members)) {
        reader.fail("the name \"" + *name + "\" stands twice in one object");
      }
      return members;
    }
  }
  return {};
}

void check_size(int64_t size, int64_t limit, const std::string& file) {
  if (size <= limit) return;
  throw Error("FILE_TOO_LARGE",
              {{"file", file}, {"size", std::to_string(size)}, {"limit", std::to_string(limit)}});
}

// The fewest digits that read back as the same double, always with a mark that it is one.
std::string double_text(double value) {
  if (!std::isfinite(value)) return "null";
  for (int digits = 15;; ++digits) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out.precision(digits);
    out << value;
    std::string text = out.str();
    std::istringstream in(text);
    in.imbue(std::locale::classic());
    double back = 0.0;
    in >> back;
    if (back != value && digits < 17) continue;
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
  }
}

struct Writer {
  std::string out;
  int indent;

  void line(int level) {
    if (indent == 0) return;
    out += '\n';
    out.append(static_cast<size_t>(indent) * level, ' ');
  }

  void write(const Json& value, int level) {
    if (const auto* items = value.array()) {
      out += '[';
      for (size_t i = 0; i < items->size(); ++i) {
        if (i > 0) out += indent ? "," : ", ";
        line(level + 1);
        write((*items)[i], level + 1);
      }
      if (!items->empty()) line(level);
      out += ']';
    } else if (const auto* members = value.object()) {
      out += '{';
      for (size_t i = 0; i < members->size(); ++i) {
        if (i > 0) out += indent ? "," : ", ";
        line(level + 1);
        append_json_string(out, (*members)[i].first);
        out += ": ";
        write((*members)[i].second, level + 1);
      }
      if (!members->empty()) line(level);
      out += '}';
    } else {
      write_plain(value);
    }
  }

  void write_plain(const Json& value) {
    if (value.is_null()) {
      out += "null";
    } else if (const auto truth = value.boolean()) {
      out += *truth ? "true" : "false";
    } else if (const auto* text = value.string()) {
      append_json_string(out, *text);
    } else if (value.is_integer()) {
      out += std::to_string(*value.integer());
    } else {
      out += double_text(*value.number());
    }
  }
};

}  // namespace

Error broken_config(const std::string& file, int64_t offset, const std::string& reason) {
  return Error("BROKEN_CONFIG",
               {{"file", file}, {"offset", std::to_string(offset)}, {"reason", reason}});
}

Json Json::parse(std::string_view text, const std::string& file, int64_t max_bytes) {
  check_size(static_cast<int64_t>(text.size()), max_bytes, file);
  JsonReader reader(text, file, broken_config);
  Json value = read_value(reader);
  reader.finish();
  return value;
}

Json Json::read(const std::string& path, int64_t max_bytes) {
  const MappedFile file(path);
  refuse_lfs_pointer(file.text(), path);
  return parse(file.text(), path, max_bytes);
}

std::optional<bool> Json::boolean() const {
  const bool* value = std::get_if<bool>(&value_);
  return value ? std::optional(*value) : std::nullopt;
}

bool Json::is_integer() const { return std::holds_alternative<int64_t>(value_); }

std::optional<int64_t> Json::integer() const {
  if (const int64_t* value = std::get_if<int64_t>(&value_)) return *value;
  const double* value = std::get_if<double>(&value_);
  constexpr double kExact = 9007199254740992.0;  // 2^53: beyond it doubles skip integers
  if (!value || std::fabs(*value) > kExact || *value != std::trunc(*value)) return std::nullopt;
  return static_cast<int64_t>(*value);
}

std::optional<double> Json::number() const {
  if (const int64_t* value = std::get_if<int64_t>(&value_)) return static_cast<double>(*value);
  const double* value = std::get_if<double>(&value_);
  return value ? std::optional(*value) : std::nullopt;
}

const Json* Json::find(std::string_view name) const {
  const Object* members = object();
  if (!members) return nullptr;
  for (const Member& member : *members) {
    if (member.first == name) return &member.second;
  }
  return nullptr;
}

std::string Json::text(int indent) const {
  Writer writer{{}, indent};
  writer.write(*this, 0);
  return std::move(writer.out);
}

void append_json_string(std::string& out, std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  while (!text.empty()) {
    const size_t length = utf8_sequence(text);
    const unsigned char c = static_cast<unsigned char>(text[0]);
    if (length == 0) {
      out += "\xef\xbf\xbd";
    } else if (length > 1) {
      out.append(text.substr(0, length));
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += text[0];
    } else if (c < 0x20) {
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 0xf];
    } else {
      out += text[0];
    }
    text.remove_prefix(std::max<size_t>(1, length));
  }
  out += '"';
}

}  // namespace neiro
