// The products in groups of bytes (Compute::kInt8), as plainly as they can be said: what the vector
// versions must agree with.
#include <algorithm>
#include <cmath>
#include <vector>

#include "backend/cpu/scalar/kernels.h"
#include "formats/dtype.h"

namespace neiro::scalar {
namespace {

constexpr float kLargest = 127.0f;

// `count` values, `stride` apart, to whole numbers of at most 127; returns what one of them stands
// for. No number if one of the values is none.
float to_bytes(float* values, int64_t count, int64_t stride) {
  float most = 0;
  float spoilt = 0;
  for (int64_t i = 0; i < count; ++i) {
    most = std::max(most, std::abs(values[i * stride]));
    spoilt += values[i * stride] * 0.0f;
  }
  const float inverse = most > 1e-35f ? kLargest / most : 0.0f;
  for (int64_t i = 0; i < count; ++i) {
    values[i * stride] = std::nearbyint(values[i * stride] * inverse);
  }
  return most / kLargest + spoilt;
}

// The values of a group: [rows, count], with the scale of each row.
struct Bytes {
  std::vector<float> values, scales;
};
Bytes rows_of(const float* x, int64_t rows, int64_t stride, int64_t count) {
  Bytes group{std::vector<float>(rows * count), std::vector<float>(rows)};
  for (int64_t r = 0; r < rows; ++r) {
    float* row = group.values.data() + r * count;
    std::copy(x + r * stride, x + r * stride + count, row);
    group.scales[r] = to_bytes(row, count, 1);
  }
  return group;
}

float dot(const float* a, const float* b, int64_t count, int64_t b_stride) {
  int32_t sum = 0;
  for (int64_t i = 0; i < count; ++i) {
    sum += static_cast<int32_t>(a[i]) * static_cast<int32_t>(b[i * b_stride]);
  }
  return static_cast<float>(sum);
}

void put(float& out, float value, float alpha, bool add, float bias) {
  out = static_cast<float>(static_cast<double>(alpha) * value + (add ? out : 0.0f) + bias);
}

}  // namespace

void int8_forward(const Workers& workers, float* y, const float* x, const HostMatrix& w,
                  const float* bias, int64_t T, float alpha, bool accumulate) {
  for (int64_t i0 = 0; i0 < w.cols; i0 += kInt8Group) {
    const int64_t count = std::min(kInt8Group, w.cols - i0);
    const Bytes left = rows_of(x + i0, T, w.cols, count);
    workers.pool->parallel_for(w.rows, [&](int64_t begin, int64_t end, int) {
      float row[kInt8Group];
      for (int64_t o = begin; o < end; ++o) {
        matrix_row(w, o, i0, i0 + count, row);
        const float scale = to_bytes(row, count, 1);
        for (int64_t t = 0; t < T; ++t) {
          const float sum = dot(left.values.data() + t * count, row, count, 1);
          put(y[t * w.rows + o], left.scales[t] * scale * sum, alpha, accumulate || i0 > 0,
              i0 == 0 && bias != nullptr ? bias[o] : 0.0f);
        }
      }
    });
  }
}

void int8_backward_input(const Workers& workers, float* dx, const float* dy, const HostMatrix& w,
                         int64_t T, float alpha, bool accumulate) {
  std::vector<float> block(kInt8Group * w.cols);
  for (int64_t o0 = 0; o0 < w.rows; o0 += kInt8Group) {
    const int64_t count = std::min(kInt8Group, w.rows - o0);
    const Bytes left = rows_of(dy + o0, T, w.rows, count);
    for (int64_t o = 0; o < count; ++o) {
      matrix_row(w, o0 + o, 0, w.cols, block.data() + o * w.cols);
    }
    workers.pool->parallel_for(w.cols, [&](int64_t begin, int64_t end, int) {
      for (int64_t i = begin; i < end; ++i) {
        const float scale = to_bytes(block.data() + i, count, w.cols);
        for (int64_t t = 0; t < T; ++t) {
          const float sum = dot(left.values.data() + t * count, block.data() + i, count, w.cols);
          put(dx[t * w.cols + i], left.scales[t] * scale * sum, alpha, accumulate || o0 > 0, 0.0f);
        }
      }
    });
  }
}

}  // namespace neiro::scalar
