// Which number format each tensor of a GGUF file has: one for all, or llama.cpp's mixes.
#pragma once

#include <cstdint>
#include <string>

#include "formats/dtype.h"
#include "io/gguf_format.h"

namespace neiro {

enum class GgufKind { kF32, kF16, kBF16, kQ8_0, kQ4_0, kQ4_K_M };

// Of general.file_type.
gguf::FileType gguf_file_type(GgufKind kind);

// What is known of a tensor. `name` is its name in the file.
struct GgufPlace {
  std::string name;
  int64_t cols = 0;  // 0 = a vector
  int64_t layer = 0;
  int64_t layers = 0;
  bool is_output = false;  // the head, or the embedding where it is the head
};

// Vectors are F32 always. Where a row is no whole number of blocks, the next larger format that
// fits is taken, as llama.cpp does.
DType gguf_tensor_type(GgufKind kind, const GgufPlace& place);

}  // namespace neiro
