// What is done value by value or column by column without looking at neighbours: adding, scaling,
// caps, copies of columns, dropout.
#include "backend/cuda/arguments.h"

namespace neiro::cuda {
namespace {

KERNEL(kElementThreads) add_kernel(float* y, const float* x, int64_t n) {
  for (int64_t i = first_element(); i < n; i += element_step()) y[i] += x[i];
}

KERNEL(kElementThreads) scale_kernel(float* y, int64_t n, float alpha) {
  for (int64_t i = first_element(); i < n; i += element_step()) y[i] *= alpha;
}

KERNEL(kElementThreads)
copy_columns_kernel(float* y, int64_t y_stride, const float* x, int64_t x_stride, int64_t T,
                    int64_t cols) {
  for (int64_t i = first_element(); i < T * cols; i += element_step()) {
    y[i / cols * y_stride + i % cols] = x[i / cols * x_stride + i % cols];
  }
}

KERNEL(kElementThreads) soft_cap_forward_kernel(float* y, float* slope, int64_t n, float cap) {
  for (int64_t i = first_element(); i < n; i += element_step()) {
    const float t = tanhf(y[i] / cap);
    y[i] = cap * t;
    if (slope != nullptr) slope[i] = 1.0f - t * t;
  }
}

KERNEL(kElementThreads) soft_cap_backward_kernel(float* dy, const float* slope, int64_t n) {
  for (int64_t i = first_element(); i < n; i += element_step()) dy[i] *= slope[i];
}

KERNEL(kElementThreads)
scale_columns_kernel(float* y, const float* x, const float* scale, const float* bias, int64_t n,
                     int64_t C, bool accumulate) {
  for (int64_t i = first_element(); i < n; i += element_step()) {
    float value = scale[i % C] * x[i];
    if (bias != nullptr) value += bias[i % C];
    y[i] = accumulate ? y[i] + value : value;
  }
}

KERNEL(kElementThreads)
scale_rows_kernel(float* y, const float* x, const float* scale, int64_t n, int64_t C) {
  for (int64_t i = first_element(); i < n; i += element_step()) y[i] = scale[i / C] * x[i];
}

// A thread each column, rows in order.
KERNEL(kElementThreads)
scale_columns_backward_kernel(float* dscale, const float* dy, const float* x, int64_t T,
                              int64_t C) {
  for (int64_t c = first_element(); c < C; c += element_step()) {
    float sum = 0;
    for (int64_t t = 0; t < T; ++t) sum += dy[t * C + c] * x[t * C + c];
    dscale[c] += sum;
  }
}

// Four numbers of the counter-based generator of core/random.h, the same bits.
struct Four {
  uint32_t x[4];
};
DEVICE Four philox_block(uint64_t seed, uint64_t stream, uint64_t counter) {
  constexpr uint32_t kMultiplier0 = 0xd2511f53, kMultiplier1 = 0xcd9e8d57;
  constexpr uint32_t kWeyl0 = 0x9e3779b9, kWeyl1 = 0xbb67ae85;
  Four f = {{static_cast<uint32_t>(counter), static_cast<uint32_t>(counter >> 32),
             static_cast<uint32_t>(stream), static_cast<uint32_t>(stream >> 32)}};
  uint32_t k0 = static_cast<uint32_t>(seed), k1 = static_cast<uint32_t>(seed >> 32);
  for (int round = 0; round < 10; ++round) {
    const uint64_t p0 = static_cast<uint64_t>(kMultiplier0) * f.x[0];
    const uint64_t p1 = static_cast<uint64_t>(kMultiplier1) * f.x[2];
    f = {{static_cast<uint32_t>(p1 >> 32) ^ f.x[1] ^ k0, static_cast<uint32_t>(p1),
          static_cast<uint32_t>(p0 >> 32) ^ f.x[3] ^ k1, static_cast<uint32_t>(p0)}};
    k0 += kWeyl0;
    k1 += kWeyl1;
  }
  return f;
}

// A thread each block of four: their mask is drawn once.
KERNEL(kElementThreads)
dropout_kernel(float* y, const float* x, int64_t n, float p, uint64_t seed, uint64_t stream) {
  const float keep = 1.0f / (1.0f - p);
  for (int64_t block = first_element(); block * 4 < n; block += element_step()) {
    const Four bits = philox_block(seed, stream, static_cast<uint64_t>(block));
#pragma unroll
    for (int lane = 0; lane < 4; ++lane) {
      const int64_t i = block * 4 + lane;
      if (i >= n) break;
      const float u = static_cast<float>(bits.x[lane] >> 8) * (1.0f / 16777216.0f);
      y[i] = u >= p ? x[i] * keep : 0.0f;
    }
  }
}

}  // namespace

void add(const Device&, const Matrix& y, const Matrix& x) {
  expect(same_shape(y, x), "add");
  if (y.elements() == 0) return;
  launch(over_elements("add", y.elements()), add_kernel, floats(y), floats(x), y.elements());
}

void scale(const Device&, const Matrix& y, float alpha) {
  if (y.elements() == 0) return;
  launch(over_elements("scale", y.elements()), scale_kernel, floats(y), y.elements(), alpha);
}

void copy_columns(const Device&, const Matrix& y, int64_t y_begin, const Matrix& x, int64_t x_begin,
                  int64_t cols) {
  expect(y.rows == x.rows && y_begin + cols <= y.cols && x_begin + cols <= x.cols, "copy_columns");
  if (x.rows * cols == 0) return;
  launch(over_elements("copy_columns", x.rows * cols), copy_columns_kernel, floats(y) + y_begin,
         y.cols, floats(x) + x_begin, x.cols, x.rows, cols);
}

void soft_cap_forward(const Device&, const Matrix& y, const Matrix& slope, float cap) {
  expect(!slope.data || same_shape(y, slope), "soft_cap_forward");
  if (y.elements() == 0) return;
  launch(over_elements("soft_cap_forward", y.elements()), soft_cap_forward_kernel, floats(y),
         floats(slope), y.elements(), cap);
}

void soft_cap_backward(const Device&, const Matrix& dy, const Matrix& slope) {
  expect(same_shape(dy, slope), "soft_cap_backward");
  if (dy.elements() == 0) return;
  launch(over_elements("soft_cap_backward", dy.elements()), soft_cap_backward_kernel, floats(dy),
         floats(slope), dy.elements());
}

void scale_columns(const Device&, const Matrix& y, const Matrix& x, DevicePtr<const float> scale,
                   DevicePtr<const float> bias, bool accumulate) {
  expect(same_shape(y, x), "scale_columns");
  if (x.elements() == 0) return;
  launch(over_elements("scale_columns", x.elements()), scale_columns_kernel, floats(y), floats(x),
         at(scale), at(bias), x.elements(), x.cols, accumulate);
}

void scale_columns_backward(const Device&, DevicePtr<float> dscale, const Matrix& dy,
                            const Matrix& x) {
  expect(same_shape(dy, x), "scale_columns_backward");
  if (x.cols == 0) return;
  launch(over_elements("scale_columns_backward", x.cols), scale_columns_backward_kernel, at(dscale),
         floats(dy), floats(x), x.rows, x.cols);
}

void scale_rows(const Device&, const Matrix& y, const Matrix& x, DevicePtr<const float> scale) {
  expect(same_shape(y, x), "scale_rows");
  if (x.elements() == 0) return;
  launch(over_elements("scale_rows", x.elements()), scale_rows_kernel, floats(y), floats(x),
         at(scale), x.elements(), x.cols);
}

void dropout(const Device&, const Matrix& y, const Matrix& x, float p, PhiloxKey key) {
  expect(same_shape(y, x), "dropout");
  const int64_t n = y.elements();
  if (n == 0) return;
  launch(over_elements("dropout", (n + 3) / 4), dropout_kernel, floats(y), floats(x), n, p,
         key.seed, key.stream);
}

}  // namespace neiro::cuda
