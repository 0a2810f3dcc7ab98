// An array as a safetensors file describes it: a name, an element type, a shape, bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace neiro {

class MappedFile;

enum class TensorType {
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
  kU64
};
std::string_view tensor_type_name(TensorType type);  // "F32", as the format spells it
std::optional<TensorType> tensor_type_of(std::string_view name);
int64_t tensor_type_bytes(TensorType type);  // of one element

struct TensorSpec {
  std::string name;
  TensorType type = TensorType::kF32;
  std::vector<int64_t> shape;  // empty: a scalar
};

// A tensor in a mapped file. `data` is aligned for its type and lives as long as `file`.
struct Tensor {
  std::string name;
  TensorType type = TensorType::kF32;
  std::vector<int64_t> shape;
  const unsigned char* data = nullptr;
  int64_t bytes = 0;
  const MappedFile* file = nullptr;

  int64_t elements() const { return bytes / tensor_type_bytes(type); }
  template <class T>
  const T* as() const {
    return reinterpret_cast<const T*>(data);
  }
};

// Elements of a shape; nothing where a dimension is negative or the product overflows.
std::optional<int64_t> shape_elements(const std::vector<int64_t>& shape);
std::string shape_text(const std::vector<int64_t>& shape);  // "[2, 3]"

// Throws Error NOT_FINITE_WEIGHTS {tensor, file, index} when an element of an F32, BF16, F16 or F64
// tensor is NaN or infinite; other types pass. Reads every byte once: call it where the tensor is
// read anyway, or once for one that stays mapped.
void check_finite(const Tensor& tensor);
// The same for a part, elements [begin, end): for checking piece by piece while reading.
void check_finite(const Tensor& tensor, int64_t begin, int64_t end);

}  // namespace neiro
