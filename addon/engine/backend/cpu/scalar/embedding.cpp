// Embedding: rows of a table, and their gradient.
#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

// y[t] = table[tokens[t]]
void embedding_forward(const Workers& workers, float* y, const HostMatrix& table,
                       const int32_t* tokens, int64_t T) {
  workers.pool->parallel_for(T, [&](int64_t begin, int64_t end, int) {
    for (int64_t t = begin; t < end; ++t) {
      matrix_row(table, tokens[t], 0, table.cols, y + t * table.cols);
    }
  });
}

// dtable[tokens[t]] += dy[t]. A token may come twice, so threads share out columns, not tokens.
void embedding_backward(const Workers& workers, float* dtable, const float* dy,
                        const int32_t* tokens, int64_t T, int64_t, int64_t cols) {
  workers.pool->parallel_for(cols, [&](int64_t begin, int64_t end, int) {
    for (int64_t t = 0; t < T; ++t) {
      float* row = dtable + tokens[t] * cols;
      for (int64_t c = begin; c < end; ++c) row[c] += dy[t * cols + c];
    }
  });
}

}  // namespace neiro::scalar
