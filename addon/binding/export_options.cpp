// Words and entries as index.d.ts has them.
#include "export_options.h"

#include "convert.h"
#include "core/option.h"

namespace neiro::binding {
namespace {

// A number in [0, 2^32) as the file holds it.
uint32_t whole_number(const Options& entry) {
  const int64_t number = entry.integer("value");
  require_option(number >= 0 && number <= UINT32_MAX, "value", number,
                 "a whole number from 0 to 4294967295");
  return static_cast<uint32_t>(number);
}

GgufEntry::Value value_of(const Options& entry) {
  const std::string type = entry.text("type");
  if (type == "u32") return whole_number(entry);
  if (type == "f32") return static_cast<float>(entry.number("value"));
  if (type == "bool") return entry.flag("value");
  if (type == "text") return entry.text("value");
  if (type == "texts") return entry.texts("value");
  if (type == "f32s") return entry.floats("value");
  require_option(type == "i32s", "type", type, "one of u32, f32, bool, text, texts, f32s, i32s");
  return entry.tokens("value");
}

}  // namespace

DType stored_type(const std::string& word) {
  if (word == "F32") return DType::kF32;
  if (word == "BF16") return DType::kBF16;
  require_option(word == "F16", "dtype", word, "one of F32, BF16, F16");
  return DType::kF16;
}

GgufKind gguf_kind(const std::string& word) {
  if (word == "F32") return GgufKind::kF32;
  if (word == "F16") return GgufKind::kF16;
  if (word == "BF16") return GgufKind::kBF16;
  if (word == "Q8_0") return GgufKind::kQ8_0;
  if (word == "Q4_0") return GgufKind::kQ4_0;
  require_option(word == "Q4_K_M", "type", word, "one of F32, F16, BF16, Q8_0, Q4_0, Q4_K_M");
  return GgufKind::kQ4_K_M;
}

std::vector<GgufEntry> gguf_entries(Napi::Value value) {
  require_option(value.IsArray(), "entries", "another value", "an array");
  const Napi::Array list = value.As<Napi::Array>();
  std::vector<GgufEntry> entries;
  for (uint32_t i = 0; i < list.Length(); ++i) {
    const Options entry(list.Get(i), "entry", {"key", "type", "value"});
    entries.push_back({entry.text("key"), value_of(entry)});
  }
  return entries;
}

Napi::Value gguf_check_value(Napi::Env env, GgufCheck& check) {
  Napi::Object value = Napi::Object::New(env);
  value.Set("tensor", check.tensor);
  value.Set("difference", check.difference);
  return value;
}

}  // namespace neiro::binding
