// A causal convolution of each column by itself: a thread each value, and of the weights' gradients
// a thread each weight.
#include "backend/cuda/arguments.h"

namespace neiro::cuda {
namespace {

// The example that token t is in: there are few.
DEVICE int32_t example_of(const int32_t* offsets, int32_t count, int64_t t) {
  int32_t s = 0;
  while (s + 1 < count && t >= offsets[s + 1]) ++s;
  return s;
}

KERNEL(kElementThreads)
short_conv_forward_kernel(float* y, const float* x, const float* w, const float* bias, int64_t n,
                          int64_t C, int kernel, const int32_t* offsets, int32_t count) {
  for (int64_t i = first_element(); i < n; i += element_step()) {
    const int64_t t = i / C, c = i % C, begin = offsets[example_of(offsets, count, t)];
    float sum = bias == nullptr ? 0.0f : bias[c];
    for (int j = 0; j < kernel; ++j) {
      const int64_t from = t - kernel + 1 + j;
      if (from >= begin) sum += w[c * kernel + j] * x[from * C + c];
    }
    y[i] = sum;
  }
}

KERNEL(kElementThreads)
short_conv_input_kernel(float* dx, const float* dy, const float* w, int64_t n, int64_t C,
                        int kernel, const int32_t* offsets, int32_t count) {
  for (int64_t i = first_element(); i < n; i += element_step()) {
    const int64_t t = i / C, c = i % C, end = offsets[example_of(offsets, count, t) + 1];
    float sum = 0;
    for (int j = 0; j < kernel; ++j) {
      const int64_t to = t + kernel - 1 - j;
      if (to < end) sum += w[c * kernel + j] * dy[to * C + c];
    }
    dx[i] = sum;
  }
}

// Weight j of column c; j = kernel stands for the bias.
KERNEL(kElementThreads)
short_conv_weight_kernel(float* dw, float* dbias, const float* dy, const float* x, int64_t C,
                         int kernel, const int32_t* offsets, int32_t count) {
  for (int64_t i = first_element(); i < C * (kernel + 1); i += element_step()) {
    const int64_t c = i % C;
    const int j = static_cast<int>(i / C);
    float* to = j == kernel ? dbias : dw;
    if (to == nullptr) continue;
    float sum = 0;
    for (int32_t s = 0; s < count; ++s) {
      const int64_t begin = offsets[s];
      for (int64_t t = begin; t < offsets[s + 1]; ++t) {
        const int64_t from = t - kernel + 1 + j;
        if (j == kernel) {
          sum += dy[t * C + c];
        } else if (from >= begin) {
          sum += dy[t * C + c] * x[from * C + c];
        }
      }
    }
    to[j == kernel ? c : c * kernel + j] += sum;
  }
}

// Row i of those before and these, one behind the other.
DEVICE float row_value(const float* state, const float* x, int64_t before, int64_t i, int64_t C,
                       int64_t c) {
  return i < before ? state[i * C + c] : x[(i - before) * C + c];
}

KERNEL(kElementThreads)
short_conv_cached_kernel(float* y, float* next, const float* x, const float* state, const float* w,
                         const float* bias, int64_t T, int64_t C, int kernel) {
  const int64_t before = kernel - 1;
  for (int64_t i = first_element(); i < (T + before) * C; i += element_step()) {
    const int64_t t = i / C, c = i % C;
    if (t >= T) {
      next[(t - T) * C + c] = row_value(state, x, before, t, C, c);
      continue;
    }
    float sum = bias == nullptr ? 0.0f : bias[c];
    for (int j = 0; j < kernel; ++j) {
      sum += w[c * kernel + j] * row_value(state, x, before, t + j, C, c);
    }
    y[i] = sum;
  }
}

}  // namespace

void short_conv_forward(const Device&, const Matrix& y, const Matrix& x, DevicePtr<const float> w,
                        DevicePtr<const float> bias, int kernel, const Sequences& sequences) {
  expect(same_shape(y, x) && kernel >= 1, "short_conv_forward");
  if (x.elements() == 0) return;
  launch(over_elements("short_conv_forward", x.elements()), short_conv_forward_kernel, floats(y),
         floats(x), at(w), at(bias), x.elements(), x.cols, kernel, at(sequences.offsets),
         sequences.count);
}

void short_conv_backward(const Device&, const Matrix& dx, DevicePtr<float> dw,
                         DevicePtr<float> dbias, const Matrix& dy, const Matrix& x,
                         DevicePtr<const float> w, int kernel, const Sequences& sequences) {
  expect(same_shape(dx, dy) && same_shape(dy, x) && kernel >= 1, "short_conv_backward");
  if (x.elements() == 0) return;
  launch(over_elements("short_conv_input", x.elements()), short_conv_input_kernel, floats(dx),
         floats(dy), at(w), x.elements(), x.cols, kernel, at(sequences.offsets), sequences.count);
  if (!dw && !dbias) return;
  launch(over_elements("short_conv_weight", x.cols * (kernel + 1)), short_conv_weight_kernel,
         at(dw), at(dbias), floats(dy), floats(x), x.cols, kernel, at(sequences.offsets),
         sequences.count);
}

void short_conv_cached(const Device&, const Matrix& y, const Matrix& next, const Matrix& x,
                       const Matrix& state, DevicePtr<const float> w, DevicePtr<const float> bias,
                       int kernel) {
  expect(same_shape(y, x) && same_shape(next, state) && state.rows == kernel - 1 &&
             state.cols == x.cols && next.data != state.data,
         "short_conv_cached");
  launch(over_elements("short_conv_cached", (x.rows + kernel - 1) * x.cols),
         short_conv_cached_kernel, floats(y), floats(next), floats(x), floats(state), at(w),
         at(bias), x.rows, x.cols, kernel);
}

}  // namespace neiro::cuda
