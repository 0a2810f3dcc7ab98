// An array as a file describes it: a name, a type, a shape, bytes.
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
// (safetensors asks for no alignment, and MLX for one leaves none): then it is read through copies.
// What other programs store in another order or form is said here, and read so by read_values.
struct Tensor {
  std::string name;
  DType type = DType::kF32;
  std::vector<int64_t> shape;
  const unsigned char* data = nullptr;
  int64_t bytes = 0;
  const MappedFile* file = nullptr;
  // Rows of a head whose halves alternate in the file: ours 0, 1, ... h/2, ... stand there as
  // 0, 2, ... 1, ...; 0 = they stand as they are.
  int64_t interleaved = 0;
  float above = 0;  // every value stands so much too high
  // A part of a larger tensor, [rows, cols] or [rows], whose values lie so many elements apart down
  // a column and along a row; 0 = rows lie one behind the other.
  int64_t row_step = 0, col_step = 0;

  int64_t elements() const {
    const BlockSize block = block_size(type);
    return bytes / block.bytes * block.elements;
  }
  // Blocks are read byte by byte.
  bool aligned() const {
    return ggml_blocks(type) ||
           reinterpret_cast<uintptr_t>(data) % static_cast<uintptr_t>(element_bytes(type)) == 0;
  }
  // What it holds is what it means.
  bool plain() const { return interleaved == 0 && above == 0 && row_step == 0; }
  // Where our element lies, in elements from `data`; of an element type.
  int64_t place(int64_t i) const {
    if (row_step == 0) return i;
    const int64_t cols = shape.size() == 2 ? shape[1] : 1;
    return i / cols * row_step + i % cols * col_step;
  }
  // The row of the file that is our row.
  int64_t stored_row(int64_t row) const {
    if (interleaved == 0) return row;
    const int64_t half = interleaved / 2, inside = row % interleaved;
    return row - inside + inside % half * 2 + inside / half;
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

// Values [begin, end) of an F32, BF16, F16 or block tensor, as they are meant, into out.
void read_values(const Tensor& tensor, int64_t begin, int64_t end, float* out);

// Throws Error NOT_FINITE_WEIGHTS {tensor, file, index} when an element of an F32, BF16, F16, F64
// or block tensor is NaN or infinite; other types pass. Reads every byte once: call it where the
// tensor is read anyway, or once for one that stays mapped.
void check_finite(const Tensor& tensor);
// The same for a part, elements [begin, end) of the file (of blocks, those that they lie in): for
// checking piece by piece while reading.
void check_finite(const Tensor& tensor, int64_t begin, int64_t end);

}  // namespace neiro
