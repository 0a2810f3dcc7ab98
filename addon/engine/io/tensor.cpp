// Shapes, and the search for what is not finite.
#include "io/tensor.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/error.h"
#include "formats/ggml_blocks.h"
#include "formats/matrix.h"
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

// The same of whole blocks, by their halves: the first element of the block, or -1.
int64_t first_block_not_finite(DType type, const unsigned char* blocks, int64_t count) {
  const BlockSize size = block_size(type);
  const BlockHalves halves = block_halves(type);
  for (int64_t i = 0; i < count; ++i) {
    const unsigned char* place = blocks + i * size.bytes + halves.at;
    if (first_not_finite<uint16_t>(place, halves.count, 0x7c00u) >= 0) return i * size.elements;
  }
  return -1;
}

// Elements as they stand in the file.
void read_stored(const Tensor& tensor, int64_t begin, int64_t n, float* out) {
  switch (tensor.type) {
    case DType::kF32:
      std::memcpy(out, tensor.data + begin * 4, static_cast<size_t>(n) * sizeof(float));
      return;
    case DType::kBF16:
      for (int64_t i = 0; i < n; ++i) out[i] = bf16_to_float(tensor.at<uint16_t>(begin + i));
      return;
    case DType::kF16:
      for (int64_t i = 0; i < n; ++i) out[i] = f16_to_float(tensor.at<uint16_t>(begin + i));
      return;
    default:
      decode_ggml<Tensor>(tensor.type, tensor.data, begin, n, out);
  }
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

void read_values(const Tensor& tensor, int64_t begin, int64_t end, float* out) {
  if (tensor.row_step != 0) {
    for (int64_t i = begin; i < end; ++i) read_stored(tensor, tensor.place(i), 1, out + i - begin);
  } else if (tensor.interleaved == 0) {
    read_stored(tensor, begin, end - begin, out);
  } else {
    const int64_t cols = tensor.shape.size() == 2 ? tensor.shape[1] : 1;
    for (int64_t i = begin, n; i < end; i += n) {
      n = std::min(end - i, cols - i % cols);
      read_stored(tensor, tensor.stored_row(i / cols) * cols + i % cols, n, out + (i - begin));
    }
  }
  if (tensor.above == 0) return;
  for (int64_t i = 0; i < end - begin; ++i) out[i] -= tensor.above;
}

namespace {

[[noreturn]] void refuse_not_finite(const Tensor& tensor, int64_t index) {
  const std::string file = tensor.file ? tensor.file->path() : "";
  throw Error("NOT_FINITE_WEIGHTS",
              {{"tensor", tensor.name}, {"file", file}, {"index", std::to_string(index)}});
}

// Of values that lie apart.
void check_finite_apart(const Tensor& tensor, int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end; ++i) {
    float value;
    read_values(tensor, i, i + 1, &value);
    if (!std::isfinite(value)) refuse_not_finite(tensor, i);
  }
}

}  // namespace

void check_finite(const Tensor& tensor) { check_finite(tensor, 0, tensor.elements()); }

void check_finite(const Tensor& tensor, int64_t begin, int64_t end) {
  if (tensor.row_step != 0) return check_finite_apart(tensor, begin, end);
  if (ggml_blocks(tensor.type)) begin -= begin % block_size(tensor.type).elements;
  const int64_t n = end - begin;
  const unsigned char* from = tensor.data + stored_bytes(tensor.type, begin);
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
      if (ggml_blocks(tensor.type)) {
        const int64_t size = block_size(tensor.type).elements;
        index = first_block_not_finite(tensor.type, from, (n + size - 1) / size);
      }
      break;
  }
  if (index >= 0) refuse_not_finite(tensor, begin + index);
}

}  // namespace neiro
