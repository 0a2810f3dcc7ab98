// The strongest part of a matrix: its largest singular values with their vectors, on the host in
// double precision. For starts that take a part of the base (PiSSA, OLoRA) and for adapters that
// are made of several.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace neiro {

// A matrix M[rows, cols] by what it does to a vector: no more of it is asked for.
struct LinearMap {
  int64_t rows = 0, cols = 0;
  std::function<void(double* y, const double* x)> forward;   // y[rows] = M x
  std::function<void(double* x, const double* y)> backward;  // x[cols] = M^T y
};
LinearMap map_of(const float* m, int64_t rows, int64_t cols);

// Vectors end to end: left[k][rows], values[k] falling, right[k][cols].
struct SingularParts {
  std::vector<double> left, values, right;
};
// The k largest of M; where M has a lower rank, the rest are zero. k <= min(rows, cols).
// Lanczos' method on M M^T or M^T M with every vector held orthogonal to all (Golub & Van Loan
// 2013, 10.1), until the parts are right to about 1e-7.
SingularParts largest_parts(const LinearMap& m, int64_t k);

// The first k columns of M[rows, cols] made orthonormal: q[k][rows], each vector in turn (Q of
// Householder's QR, but for signs).
std::vector<double> orthonormal_columns(const float* m, int64_t rows, int64_t cols, int64_t k);

}  // namespace neiro
