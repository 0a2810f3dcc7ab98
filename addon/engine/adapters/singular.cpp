// Lanczos' vectors, and the eigenvalues of the small tridiagonal matrix that they leave.
#include "adapters/singular.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/random.h"

namespace neiro {
namespace {

using Vector = std::vector<double>;

double dot(const double* a, const double* b, int64_t n) {
  double sum = 0;
  for (int64_t i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

double norm(const Vector& v) {
  return std::sqrt(dot(v.data(), v.data(), static_cast<int64_t>(v.size())));
}

void scale(Vector& v, double factor) {
  for (double& value : v) value *= factor;
}

// v less its parts along all of basis, twice: once leaves what rounding makes of it.
void make_orthogonal(Vector& v, const std::vector<Vector>& basis) {
  const int64_t n = static_cast<int64_t>(v.size());
  for (int turn = 0; turn < 2; ++turn) {
    for (const Vector& one : basis) {
      const double along = dot(v.data(), one.data(), n);
      for (int64_t i = 0; i < n; ++i)
        v[static_cast<size_t>(i)] -= along * one[static_cast<size_t>(i)];
    }
  }
}

// A unit vector orthogonal to all of basis, the same at every call.
Vector fresh(int64_t n, const std::vector<Vector>& basis) {
  std::vector<float> values(static_cast<size_t>(n));
  for (uint64_t stream = basis.size();; stream += 1000003) {
    fill_normal(values.data(), n, 1.0f, {20111, stream});
    Vector v(values.begin(), values.end());
    scale(v, 1 / norm(v));
    make_orthogonal(v, basis);
    const double left = norm(v);
    if (left < 1e-6) continue;
    scale(v, 1 / left);
    return v;
  }
}

// Eigenvalues of a symmetric tridiagonal matrix, `diagonal` with `beside`, and its eigenvectors as
// columns of z[n, n]: implicit QR steps with Wilkinson's shift (Golub & Van Loan 2013, 8.3).
void solve_tridiagonal(Vector& diagonal, Vector beside, Vector& z) {
  const size_t n = diagonal.size();
  z.assign(n * n, 0);
  for (size_t i = 0; i < n; ++i) z[i * n + i] = 1;
  const auto small = [&](size_t i) {
    return std::fabs(beside[i]) <= 1e-16 * (std::fabs(diagonal[i]) + std::fabs(diagonal[i + 1]));
  };
  for (size_t end = n - 1; n > 1 && end > 0;) {
    if (small(end - 1)) {
      beside[--end] = 0;
      continue;
    }
    size_t begin = end - 1;
    while (begin > 0 && !small(begin - 1)) --begin;
    const double half = (diagonal[end - 1] - diagonal[end]) / 2;
    const double b = beside[end - 1];
    const double root = std::copysign(std::hypot(half, b), half == 0 ? 1.0 : half);
    double x = diagonal[begin] - (diagonal[end] - b * b / (half + root));
    double bulge = beside[begin];
    for (size_t k = begin; k < end; ++k) {
      const double r = std::hypot(x, bulge);
      const double c = r == 0 ? 1 : x / r, s = r == 0 ? 0 : bulge / r;
      if (k > begin) beside[k - 1] = r;
      const double p = diagonal[k], q = diagonal[k + 1], t = beside[k];
      diagonal[k] = c * c * p + 2 * c * s * t + s * s * q;
      diagonal[k + 1] = s * s * p - 2 * c * s * t + c * c * q;
      beside[k] = c * s * (q - p) + (c * c - s * s) * t;
      x = beside[k];
      if (k + 1 < end) {
        bulge = s * beside[k + 1];
        beside[k + 1] *= c;
      }
      for (size_t i = 0; i < n; ++i) {
        const double left = z[i * n + k], right = z[i * n + k + 1];
        z[i * n + k] = c * left + s * right;
        z[i * n + k + 1] = c * right - s * left;
      }
    }
  }
}

std::vector<size_t> falling(const Vector& values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return values[a] > values[b]; });
  return order;
}

}  // namespace

LinearMap map_of(const float* m, int64_t rows, int64_t cols) {
  return {rows, cols,
          [=](double* y, const double* x) {
            for (int64_t r = 0; r < rows; ++r) {
              double sum = 0;
              for (int64_t c = 0; c < cols; ++c) sum += m[r * cols + c] * x[c];
              y[r] = sum;
            }
          },
          [=](double* x, const double* y) {
            std::fill(x, x + cols, 0.0);
            for (int64_t r = 0; r < rows; ++r) {
              for (int64_t c = 0; c < cols; ++c) x[c] += m[r * cols + c] * y[r];
            }
          }};
}

SingularParts largest_parts(const LinearMap& m, int64_t k) {
  // On the smaller side.
  const bool on_rows = m.rows <= m.cols;
  const int64_t n = std::min(m.rows, m.cols), other = std::max(m.rows, m.cols);
  Vector across(static_cast<size_t>(other));
  const auto to_other = [&](const double* v) {
    on_rows ? m.backward(across.data(), v) : m.forward(across.data(), v);
  };
  const auto twice = [&](Vector& y, const Vector& v) {
    to_other(v.data());
    on_rows ? m.forward(y.data(), across.data()) : m.backward(y.data(), across.data());
  };

  std::vector<Vector> basis = {fresh(n, {})};
  Vector diagonal, beside, values, z;
  Vector next(static_cast<size_t>(n));
  size_t check = static_cast<size_t>(std::min(n, 2 * k + 16));
  for (;;) {
    twice(next, basis.back());
    diagonal.push_back(dot(next.data(), basis.back().data(), n));
    make_orthogonal(next, basis);
    double left = norm(next);
    const size_t steps = basis.size();
    const double largest = *std::max_element(diagonal.begin(), diagonal.end());
    const bool ended = left <= 1e-14 * std::max(largest, 1e-300);
    if (ended) left = 0;
    const bool whole = static_cast<int64_t>(steps) == n;
    if (whole || steps == check) {
      values = diagonal;
      solve_tridiagonal(values, beside, z);
      const std::vector<size_t> order = falling(values);
      double worst = 0;
      for (size_t i = 0; i < static_cast<size_t>(k); ++i) {
        worst = std::max(worst, left * std::fabs(z[(steps - 1) * steps + order[i]]));
      }
      if (whole || worst <= 1e-12 * values[order[0]]) break;
      check = std::min(static_cast<size_t>(n), steps + std::max<size_t>(16, steps / 4));
    }
    if (ended) {
      next = fresh(n, basis);
    } else {
      scale(next, 1 / left);
    }
    beside.push_back(left);
    basis.push_back(next);
  }

  const std::vector<size_t> order = falling(values);
  const size_t steps = basis.size();
  SingularParts parts;
  for (size_t i = 0; i < static_cast<size_t>(k); ++i) {
    Vector own(static_cast<size_t>(n), 0);
    for (size_t step = 0; step < steps; ++step) {
      const double along = z[step * steps + order[i]];
      for (size_t j = 0; j < own.size(); ++j) own[j] += along * basis[step][j];
    }
    to_other(own.data());
    const double value = norm(across);
    Vector far = across;
    if (value > 0) scale(far, 1 / value);
    Vector& near_side = on_rows ? parts.left : parts.right;
    Vector& far_side = on_rows ? parts.right : parts.left;
    near_side.insert(near_side.end(), own.begin(), own.end());
    far_side.insert(far_side.end(), far.begin(), far.end());
    parts.values.push_back(value);
  }
  return parts;
}

std::vector<double> orthonormal_columns(const float* m, int64_t rows, int64_t cols, int64_t k) {
  std::vector<Vector> basis;
  for (int64_t c = 0; c < k; ++c) {
    Vector column(static_cast<size_t>(rows));
    for (int64_t r = 0; r < rows; ++r) column[static_cast<size_t>(r)] = m[r * cols + c];
    const double before = norm(column);
    make_orthogonal(column, basis);
    const double left = norm(column);
    if (left <= 1e-12 * before || before == 0) {
      column = fresh(rows, basis);
    } else {
      scale(column, 1 / left);
    }
    basis.push_back(std::move(column));
  }
  Vector all;
  for (const Vector& one : basis) all.insert(all.end(), one.begin(), one.end());
  return all;
}

}  // namespace neiro
