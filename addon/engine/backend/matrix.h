// Rows of numbers in the memory of a device: a stored weight, an activation or the gradient of one.
// It says its number type, so that an operation can refuse what it cannot do. A view: copying it
// copies no numbers, and who holds the memory is someone else's business.
#pragma once

#include <cstddef>
#include <cstdint>

#include "backend/device_ptr.h"
#include "formats/dtype.h"

namespace neiro {

// Row-major, without gaps. Shapes follow PyTorch's Linear: a weight is W[rows = out, cols = in],
// y = x * W^T; an activation has a row per token.
struct Matrix {
  // Scales of NF4 blocks (layout: formats/nf4.h).
  struct Nf4 {
    DevicePtr<uint8_t> absmax_q;  // [ceil(rows * cols / 64)]
    DevicePtr<float> absmax2;     // [ceil(that / 256)]
    float offset = 0.0f;          // mean of the absolute maxima
  };
  DType dtype = DType::kF32;
  int64_t rows = 0;
  int64_t cols = 0;
  DevicePtr<std::byte> data;  // null = there is none
  Nf4 nf4;                    // read only when dtype == kNF4
  DevicePtr<float> row_absmax =
      nullptr;  // [rows] read only when dtype == kInt8 (formats/int8_rows.h)

  int64_t elements() const { return rows * cols; }
  // The values of an F32 matrix.
  DevicePtr<float> floats() const { return data.as<float>(); }

  // Rows [begin, begin + n) and the first n, of an element type, INT8 or of blocks that begin
  // with rows.
  Matrix slice(int64_t begin, int64_t n) const {
    Matrix part = *this;
    part.rows = n;
    if (begin > 0) part.data = data + stored_bytes(dtype, begin * cols);
    if (dtype == DType::kInt8) part.row_absmax = row_absmax + begin;
    return part;
  }
  Matrix first(int64_t n) const { return slice(0, n); }
  // The same memory cut into rows of another width: heads as rows of their own, or a part of a
  // buffer that is used again.
  Matrix shaped(int64_t new_rows, int64_t new_cols) const {
    Matrix other = *this;
    other.rows = new_rows;
    other.cols = new_cols;
    return other;
  }
};

}  // namespace neiro
