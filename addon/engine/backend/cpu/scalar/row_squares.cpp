// The squared length of each row of a stored matrix.
#include <algorithm>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

// squares[o] = sum over i of W[o, i]^2
void row_squares(const Workers& workers, float* squares, const HostMatrix& w) {
  workers.pool->parallel_for(w.rows, [&](int64_t begin, int64_t end, int) {
    constexpr int64_t kColumns = 64;
    float row[kColumns];
    for (int64_t o = begin; o < end; ++o) {
      double sum = 0;
      for (int64_t i = 0; i < w.cols; i += kColumns) {
        const int64_t columns = std::min(kColumns, w.cols - i);
        matrix_row(w, o, i, i + columns, row);
        for (int64_t c = 0; c < columns; ++c) sum += static_cast<double>(row[c]) * row[c];
      }
      squares[o] = static_cast<float>(sum);
    }
  });
}

}  // namespace neiro::scalar
