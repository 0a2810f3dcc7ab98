// The largest parts of matrices whose parts are known, and what orthonormal columns must be.
#include "adapters/singular.h"

#include <cmath>

#include "check.h"
#include "core/random.h"

using namespace neiro;

namespace {

std::vector<float> noise(int64_t n, uint64_t stream) {
  std::vector<float> values(static_cast<size_t>(n));
  fill_normal(values.data(), n, 1.0f, {3, stream});
  return values;
}

double product(const double* a, const double* b, int64_t n) {
  double sum = 0;
  for (int64_t i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

// M = Q diag(values) P^T with orthonormal columns from noise.
std::vector<float> with_values(int64_t rows, int64_t cols, const std::vector<double>& values) {
  const int64_t k = static_cast<int64_t>(values.size());
  const std::vector<double> q = orthonormal_columns(noise(rows * k, 1).data(), rows, k, k);
  const std::vector<double> p = orthonormal_columns(noise(cols * k, 2).data(), cols, k, k);
  std::vector<float> m(static_cast<size_t>(rows * cols));
  for (int64_t r = 0; r < rows; ++r) {
    for (int64_t c = 0; c < cols; ++c) {
      double sum = 0;
      for (int64_t i = 0; i < k; ++i) {
        sum += values[static_cast<size_t>(i)] * q[static_cast<size_t>(i * rows + r)] *
               p[static_cast<size_t>(i * cols + c)];
      }
      m[static_cast<size_t>(r * cols + c)] = static_cast<float>(sum);
    }
  }
  return m;
}

}  // namespace

TEST(orthonormal_columns_are_that_and_span_the_first_ones) {
  const int64_t rows = 19, cols = 7, k = 5;
  const std::vector<float> m = noise(rows * cols, 9);
  const std::vector<double> q = orthonormal_columns(m.data(), rows, cols, k);
  for (int64_t i = 0; i < k; ++i) {
    for (int64_t j = 0; j < k; ++j) {
      CHECK_NEAR(product(q.data() + i * rows, q.data() + j * rows, rows), i == j ? 1.0 : 0.0,
                 1e-12);
    }
    // Column i has no part outside of the first i + 1.
    std::vector<double> left(static_cast<size_t>(rows));
    for (int64_t r = 0; r < rows; ++r)
      left[static_cast<size_t>(r)] = m[static_cast<size_t>(r * cols + i)];
    for (int64_t j = 0; j <= i; ++j) {
      const double along = product(left.data(), q.data() + j * rows, rows);
      for (int64_t r = 0; r < rows; ++r)
        left[static_cast<size_t>(r)] -= along * q[static_cast<size_t>(j * rows + r)];
    }
    CHECK(product(left.data(), left.data(), rows) < 1e-20);
  }
}

TEST(largest_parts_are_found_whichever_side_is_wider) {
  std::vector<double> values;
  for (int i = 0; i < 40; ++i) values.push_back(50.0 * std::pow(0.9, i));
  for (const auto& [rows, cols] : {std::pair<int64_t, int64_t>{40, 90}, {90, 40}, {150, 160}}) {
    const std::vector<float> m = with_values(rows, cols, values);
    const int64_t k = 6;
    const SingularParts parts = largest_parts(map_of(m.data(), rows, cols), k);
    const LinearMap map = map_of(m.data(), rows, cols);
    std::vector<double> y(static_cast<size_t>(rows));
    for (int64_t i = 0; i < k; ++i) {
      CHECK_NEAR(parts.values[static_cast<size_t>(i)], values[static_cast<size_t>(i)], 1e-4);
      const double* right = parts.right.data() + i * cols;
      const double* left = parts.left.data() + i * rows;
      CHECK_NEAR(product(right, right, cols), 1.0, 1e-9);
      map.forward(y.data(), right);
      for (int64_t r = 0; r < rows; ++r) {
        CHECK_NEAR(y[static_cast<size_t>(r)], parts.values[static_cast<size_t>(i)] * left[r], 1e-5);
      }
    }
  }
}

TEST(largest_parts_of_a_matrix_of_low_rank_end_in_zeros) {
  const std::vector<float> m = with_values(20, 30, {3.0, 2.0});
  const SingularParts parts = largest_parts(map_of(m.data(), 20, 30), 5);
  CHECK_NEAR(parts.values[0], 3.0, 1e-6);
  CHECK_NEAR(parts.values[1], 2.0, 1e-6);
  for (size_t i = 2; i < 5; ++i) CHECK(parts.values[i] < 1e-5);
  const std::vector<float> nothing(600, 0.0f);
  for (const double value : largest_parts(map_of(nothing.data(), 20, 30), 4).values) {
    CHECK(value == 0);
  }
}
