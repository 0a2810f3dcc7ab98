// Rows of the table, in the order of the enumeration.
#include "formats/dtype.h"

#include <iterator>

#include "formats/nf4.h"

namespace neiro {
namespace {

struct Row {
  DType dtype;
  std::string_view name;
  int64_t bytes;         // of an element; of a block
  int64_t elements = 1;  // of a block; 0 = its scales lie elsewhere
};
constexpr Row kRows[] = {{DType::kBool, "BOOL", 1},
                         {DType::kU8, "U8", 1},
                         {DType::kI8, "I8", 1},
                         {DType::kF8E5M2, "F8_E5M2", 1},
                         {DType::kF8E4M3, "F8_E4M3", 1},
                         {DType::kI16, "I16", 2},
                         {DType::kU16, "U16", 2},
                         {DType::kF16, "F16", 2},
                         {DType::kBF16, "BF16", 2},
                         {DType::kI32, "I32", 4},
                         {DType::kU32, "U32", 4},
                         {DType::kF32, "F32", 4},
                         {DType::kF64, "F64", 8},
                         {DType::kI64, "I64", 8},
                         {DType::kU64, "U64", 8},
                         {DType::kNF4, "NF4", 0, 0},
                         {DType::kInt8, "INT8", 1, 0},
                         {DType::kQ4_0, "Q4_0", 18, 32},
                         {DType::kQ4_1, "Q4_1", 20, 32},
                         {DType::kQ5_0, "Q5_0", 22, 32},
                         {DType::kQ5_1, "Q5_1", 24, 32},
                         {DType::kQ8_0, "Q8_0", 34, 32},
                         {DType::kQ2_K, "Q2_K", 84, 256},
                         {DType::kQ3_K, "Q3_K", 110, 256},
                         {DType::kQ4_K, "Q4_K", 144, 256},
                         {DType::kQ5_K, "Q5_K", 176, 256},
                         {DType::kQ6_K, "Q6_K", 210, 256}};

constexpr bool in_order() {
  for (int i = 0; i < static_cast<int>(std::size(kRows)); ++i) {
    if (static_cast<int>(kRows[i].dtype) != i) return false;
  }
  return true;
}
static_assert(in_order());

const Row& row_of(DType dtype) { return kRows[static_cast<int>(dtype)]; }

}  // namespace

std::string_view dtype_name(DType dtype) { return row_of(dtype).name; }

int64_t element_bytes(DType dtype) {
  const Row& row = row_of(dtype);
  return row.elements == 1 ? row.bytes : 0;
}

BlockSize block_size(DType dtype) { return {row_of(dtype).elements, row_of(dtype).bytes}; }

std::optional<DType> element_type_of(std::string_view name) {
  for (const Row& row : kRows) {
    if (row.elements == 1 && row.name == name) return row.dtype;
  }
  return std::nullopt;
}

int64_t stored_bytes(DType dtype, int64_t elements) {
  const Row& row = row_of(dtype);
  if (dtype == DType::kInt8) return elements;
  if (dtype != DType::kNF4) return elements / row.elements * row.bytes;
  return (elements + 1) / 2 + nf4_blocks(elements) +
         nf4_scale_blocks(elements) * static_cast<int64_t>(sizeof(float));
}

}  // namespace neiro
