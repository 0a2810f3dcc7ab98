// The one table of number formats: what an array of a file or of memory holds, element by element
// (F32, BF16, ...) or in blocks (NF4, Q4_0, ...). Names are those of safetensors and GGUF files.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace neiro {

enum class DType {
  kBool,
  kU8,
  kI8,
  kF8E5M2,
  kF8E4M3,
  kI16,
  kU16,
  kF16,
  kBF16,
  kI32,
  kU32,
  kF32,
  kF64,
  kI64,
  kU64,
  kNF4,   // blocks with scales of their own (nf4.h)
  kInt8,  // rows with a scale each (int8_rows.h)
  // Blocks of GGUF files, each with its scale inside (ggml_blocks.h); a row is whole blocks.
  kQ4_0,
  kQ4_1,
  kQ5_0,
  kQ5_1,
  kQ8_0,
  kQ2_K,
  kQ3_K,
  kQ4_K,
  kQ5_K,
  kQ6_K
};
std::string_view dtype_name(DType dtype);  // "F32"

// The element type of that name in a safetensors file: block formats are none.
std::optional<DType> element_type_of(std::string_view name);
// Bytes of one element; 0 for a block format.
int64_t element_bytes(DType dtype);

// Blocks that hold their scale: elements and bytes of one; {1, element_bytes} of an element type,
// {0, .} of NF4 and INT8, whose scales lie elsewhere.
struct BlockSize {
  int64_t elements;
  int64_t bytes;
};
BlockSize block_size(DType dtype);
// Whether it is one of the blocks of GGUF files.
constexpr bool ggml_blocks(DType dtype) { return dtype >= DType::kQ4_0; }

// Bytes of a whole array, in whole blocks: of a block format, data and scales; of INT8 without its
// scales, whose number is that of the rows.
int64_t stored_bytes(DType dtype, int64_t elements);

}  // namespace neiro
