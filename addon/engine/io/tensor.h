// An array as a safetensors file describes it: a name, an element type, a shape, bytes.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "formats/dtype.h"

namespace neiro {

class MappedFile;

struct TensorSpec {
  std::string name;
  DType type = DType::kF32;
  std::vector<int64_t> shape;  // empty: a scalar
};

// A tensor in a mapped file. `data` lives as long as `file`; it need not be aligned for its type
// (the format asks for no alignment, and MLX for one leaves none): then it is read through copies.
struct Tensor {
  std::string name;
  DType type = DType::kF32;
  std::vector<int64_t> shape;
  const unsigned char* data = nullptr;
  int64_t bytes = 0;
  const MappedFile* file = nullptr;

  int64_t elements() const { return bytes / element_bytes(type); }
  bool aligned() const {
    return reinterpret_cast<uintptr_t>(data) % static_cast<uintptr_t>(element_bytes(type)) == 0;
  }
  // Only of an aligned one.
  template <class T>
  const T* as() const {
    return reinterpret_cast<const T*>(data);
  }
  // Element i, wherever it lies.
  template <class T>
  T at(int64_t i) const {
    T value;
    std::memcpy(&value, data + i * static_cast<int64_t>(sizeof(T)), sizeof(T));
    return value;
  }
};

// Elements of a shape; nothing where a dimension is negative or the product overflows.
std::optional<int64_t> shape_elements(const std::vector<int64_t>& shape);
std::string shape_text(const std::vector<int64_t>& shape);  // "[2, 3]"

// Of the same type and shape, and the same bytes. Reads both until they differ.
bool same_values(const Tensor& a, const Tensor& b);

// Throws Error NOT_FINITE_WEIGHTS {tensor, file, index} when an element of an F32, BF16, F16 or F64
// tensor is NaN or infinite; other types pass. Reads every byte once: call it where the tensor is
// read anyway, or once for one that stays mapped.
void check_finite(const Tensor& tensor);
// The same for a part, elements [begin, end): for checking piece by piece while reading.
void check_finite(const Tensor& tensor, int64_t begin, int64_t end);

}  // namespace neiro
