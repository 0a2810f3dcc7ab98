// What the plain kernels of attention share: products of rows, and each worker's scratch, two rows
// of head_dim doubles.
#pragma once

#include "backend/cpu/kernels.h"

namespace neiro::scalar {

inline int64_t worker_bytes(int head_dim) { return (2 * head_dim * 8 + 63) / 64 * 64; }

inline double* worker_rows(const Workers& workers, int worker, int head_dim) {
  return reinterpret_cast<double*>(workers.scratch + worker * worker_bytes(head_dim));
}

inline double dot(const float* a, const float* b, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i) sum += static_cast<double>(a[i]) * b[i];
  return sum;
}

}  // namespace neiro::scalar
