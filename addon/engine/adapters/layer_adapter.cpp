// Slots of an adapter's tensors, and parts of its scratch.
#include "adapters/layer_adapter.h"

#include <utility>

namespace neiro {

TensorSlot matrix_slot(std::string name, Matrix& matrix, DevicePtr<float>& gradient) {
  TensorSlot slot{std::move(name), TensorSlot::Kind::kAdapter, matrix.rows, matrix.cols};
  slot.matrix = &matrix;
  slot.gradient = &gradient;
  return slot;
}

Matrix part_of(const Matrix& buffer, int64_t begin, int64_t rows, int64_t cols) {
  return buffer.shaped(buffer.elements(), 1).slice(begin, rows * cols).shaped(rows, cols);
}

int64_t aligned_end(int64_t begin, int64_t values) {
  constexpr int64_t kValues = 16;  // of 64 bytes, in F32
  return (begin + values + kValues - 1) / kValues * kValues;
}

}  // namespace neiro
