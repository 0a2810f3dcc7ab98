// Element types, shapes, and the search for what is not finite.
#include "io/tensor.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "core/error.h"
#include "io/mapped_file.h"

namespace neiro {
namespace {

struct TypeRow {
  TensorType type;
  std::string_view name;
  int64_t bytes;
};
constexpr TypeRow kTypes[] = {
    {TensorType::kBool, "BOOL", 1},      {TensorType::kU8, "U8", 1},
    {TensorType::kI8, "I8", 1},          {TensorType::kF8E5M2, "F8_E5M2", 1},
    {TensorType::kF8E4M3, "F8_E4M3", 1}, {TensorType::kI16, "I16", 2},
    {TensorType::kU16, "U16", 2},        {TensorType::kF16, "F16", 2},
    {TensorType::kBF16, "BF16", 2},      {TensorType::kI32, "I32", 4},
    {TensorType::kU32, "U32", 4},        {TensorType::kF32, "F32", 4},
    {TensorType::kF64, "F64", 8},        {TensorType::kI64, "I64", 8},
    {TensorType::kU64, "U64", 8}};

const TypeRow& row_of(TensorType type) { return kTypes[static_cast<int>(type)]; }

// First element of x[n] whose exponent bits are all ones, or -1. By blocks: the inner loop has no
// exit, so that it runs as fast as memory delivers.
template <class Bits>
int64_t first_not_finite(const Bits* x, int64_t n, Bits exponent) {
  constexpr int64_t kBlock = 4096;
  for (int64_t begin = 0; begin < n; begin += kBlock) {
    const int64_t end = std::min(n, begin + kBlock);
    Bits found = 0;
    for (int64_t i = begin; i < end; ++i) {
      found |= static_cast<Bits>((x[i] & exponent) == exponent);
    }
    if (!found) continue;
    for (int64_t i = begin; i < end; ++i) {
      if ((x[i] & exponent) == exponent) return i;
    }
  }
  return -1;
}

}  // namespace

std::string_view tensor_type_name(TensorType type) { return row_of(type).name; }

int64_t tensor_type_bytes(TensorType type) { return row_of(type).bytes; }

std::optional<TensorType> tensor_type_of(std::string_view name) {
  for (const TypeRow& row : kTypes) {
    if (row.name == name) return row.type;
  }
  return std::nullopt;
}

std::optional<int64_t> shape_elements(const std::vector<int64_t>& shape) {
  int64_t elements = 1;
  for (int64_t dimension : shape) {
    if (dimension < 0) return std::nullopt;
    if (dimension > 0 && elements > std::numeric_limits<int64_t>::max() / dimension) {
      return std::nullopt;
    }
    elements *= dimension;
  }
  return elements;
}

std::string shape_text(const std::vector<int64_t>& shape) {
  std::string text = "[";
  for (int64_t dimension : shape) {
    if (text.size() > 1) text += ", ";
    text += std::to_string(dimension);
  }
  return text + "]";
}

void check_finite(const Tensor& tensor) { check_finite(tensor, 0, tensor.elements()); }

void check_finite(const Tensor& tensor, int64_t begin, int64_t end) {
  const int64_t n = end - begin;
  int64_t index = -1;
  switch (tensor.type) {
    case TensorType::kF32:
      index = first_not_finite<uint32_t>(tensor.as<uint32_t>() + begin, n, 0x7f800000u);
      break;
    case TensorType::kBF16:
      index = first_not_finite<uint16_t>(tensor.as<uint16_t>() + begin, n, 0x7f80u);
      break;
    case TensorType::kF16:
      index = first_not_finite<uint16_t>(tensor.as<uint16_t>() + begin, n, 0x7c00u);
      break;
    case TensorType::kF64:
      index = first_not_finite<uint64_t>(tensor.as<uint64_t>() + begin, n, 0x7ff0000000000000u);
      break;
    default:
      break;
  }
  if (index < 0) return;
  const std::string file = tensor.file ? tensor.file->path() : "";
  throw Error("NOT_FINITE_WEIGHTS",
              {{"tensor", tensor.name}, {"file", file}, {"index", std::to_string(begin + index)}});
}

}  // namespace neiro
