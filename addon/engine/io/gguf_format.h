// What stands in a GGUF file (version 3 of the ggml project's format): its constants, for whoever
// reads or writes one. A file is, little-endian: "GGUF", u32 version, u64 tensors, u64 entries;
// the entries (text key, u32 type, value); per tensor text name, u32 dimensions, u64 each (the
// fastest first), u32 type, u64 offset in the data; the data, aligned, each tensor aligned in it.
// A text is u64 bytes and UTF-8; an array u32 type, u64 count, values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "formats/dtype.h"

namespace neiro::gguf {

inline constexpr char kMagic[4] = {'G', 'G', 'U', 'F'};
inline constexpr uint32_t kVersion = 3;
inline constexpr uint32_t kDefaultAlignment = 32;  // unless general.alignment says another
inline constexpr int kMaxDimensions = 4;

enum class ValueType : uint32_t {
  kU8 = 0,
  kI8 = 1,
  kU16 = 2,
  kI16 = 3,
  kU32 = 4,
  kI32 = 5,
  kF32 = 6,
  kBool = 7,
  kText = 8,
  kArray = 9,
  kU64 = 10,
  kI64 = 11,
  kF64 = 12
};

// general.file_type: what most of a file is.
enum class FileType : uint32_t {
  kF32 = 0,
  kF16 = 1,
  kQ4_0 = 2,
  kQ4_1 = 3,
  kQ8_0 = 7,
  kQ5_0 = 8,
  kQ5_1 = 9,
  kQ2_K = 10,
  kQ3_K_S = 11,
  kQ3_K_M = 12,
  kQ3_K_L = 13,
  kQ4_K_S = 14,
  kQ4_K_M = 15,
  kQ5_K_S = 16,
  kQ5_K_M = 17,
  kQ6_K = 18,
  kBF16 = 32
};

// The number of a tensor's type in a file; nothing where no such file has it.
std::optional<uint32_t> tensor_type_of(DType dtype);
// The way back; nothing for a type that is not read here.
std::optional<DType> dtype_of(uint32_t tensor_type);
// "IQ2_XS", also of those that are not read here; the number where there is no name.
std::string tensor_type_name(uint32_t tensor_type);

}  // namespace neiro::gguf
