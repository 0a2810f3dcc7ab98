// Fields of config.json by kind and range, and the errors for what cannot be: what every family's
// file reads with. Knows no family.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "io/json.h"

namespace neiro {

inline constexpr int64_t kMaxLayers = 1 << 10;
inline constexpr int64_t kMaxPositions = 1 << 26;
inline constexpr int64_t kMaxHidden = 1 << 16;
inline constexpr int64_t kMaxIntermediate = 1 << 20;
inline constexpr int64_t kMaxHeads = 1 << 10;
inline constexpr int64_t kMaxHeadDim = 1 << 10;
inline constexpr int64_t kMaxVocab = 1 << 22;

// Error UNSUPPORTED_MODEL {field, value}: a switch that is not implemented.
[[noreturn]] void unsupported_model(const std::string& field, const std::string& value);
// Error BAD_CONFIG {field, value, expected}.
[[noreturn]] void bad_config(const std::string& field, const std::string& value,
                             const std::string& expected);

// The members of an object. null counts as absent; what is of another kind or out of range is
// BAD_CONFIG.
class Fields {
 public:
  explicit Fields(const Json& json) : json_(json) {}

  bool mentions(const char* name) const { return json_.find(name) != nullptr; }  // even as null
  const Json* find(const char* name) const;
  // Whole numbers in [low, high].
  std::optional<int64_t> integer(const char* name, int64_t low, int64_t high) const;
  int64_t required(const char* name, int64_t low, int64_t high) const;
  double positive(const char* name, double fallback) const;
  double zero_or_more(const char* name, double fallback) const;
  // `count` numbers above 0.
  std::vector<double> positives(const char* name, size_t count) const;
  bool flag(const char* name, bool fallback) const;
  std::string text(const char* name, const std::string& fallback) const;

 private:
  const Json& json_;
};

}  // namespace neiro
