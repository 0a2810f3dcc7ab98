// Shapes, and the search for what is not finite.
#include "io/tensor.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "core/error.h"
#include "io/mapped_file.h"

namespace neiro {
namespace {

// First of the n elements at `bytes` whose exponent bits are all ones, or -1. By blocks: the inner
// loop has no exit, so that it runs as fast as memory delivers, aligned or not.
template <class Bits>
int64_t first_not_finite(const unsigned char* bytes, int64_t n, Bits exponent) {
  const auto x = [&](int64_t i) {
    Bits value;
    std::memcpy(&value, bytes + i * static_cast<int64_t>(sizeof(Bits)), sizeof(Bits));
    return value;
  };
  constexpr int64_t kBlock = 4096;
  for (int64_t begin = 0; begin < n; begin += kBlock) {
    const int64_t end = std::min(n, begin + kBlock);
    Bits found = 0;
    for (int64_t i = begin; i < end; ++i) {
      found |= static_cast<Bits>((x(i) & exponent) == exponent);
    }
    if (!found) continue;
    for (int64_t i = begin; i < end; ++i) {
      if ((x(i) & exponent) == exponent) return i;
    }
  }
  return -1;
}

}  // namespace

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

bool same_values(const Tensor& a, const Tensor& b) {
  return a.type == b.type && a.shape == b.shape &&
         std::memcmp(a.data, b.data, static_cast<size_t>(a.bytes)) == 0;
}

void check_finite(const Tensor& tensor) { check_finite(tensor, 0, tensor.elements()); }

void check_finite(const Tensor& tensor, int64_t begin, int64_t end) {
  const int64_t n = end - begin;
  const unsigned char* from = tensor.data + begin * element_bytes(tensor.type);
  int64_t index = -1;
  switch (tensor.type) {
    case DType::kF32:
      index = first_not_finite<uint32_t>(from, n, 0x7f800000u);
      break;
    case DType::kBF16:
      index = first_not_finite<uint16_t>(from, n, 0x7f80u);
      break;
    case DType::kF16:
      index = first_not_finite<uint16_t>(from, n, 0x7c00u);
      break;
    case DType::kF64:
      index = first_not_finite<uint64_t>(from, n, 0x7ff0000000000000u);
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
