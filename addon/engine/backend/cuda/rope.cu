// Rotary position embedding: a thread each pair.
#include "backend/cuda/arguments.h"

namespace neiro::cuda {
namespace {

// [a, b] -> [a cos - b sin, b cos + a sin]; direction -1 rotates back (the transpose).
KERNEL(kElementThreads)
rope_kernel(float* x, const int32_t* positions, const float* cosines, const float* sines, int64_t T,
            int heads, int head_dim, int half, bool interleaved, float direction) {
  const int step = interleaved ? 2 : 1;
  const int apart = interleaved ? 1 : half;
  const int64_t n = T * heads * half;
  for (int64_t i = first_element(); i < n; i += element_step()) {
    const int pair = static_cast<int>(i % half);
    const int64_t row = i / half;
    const int64_t table = static_cast<int64_t>(positions[row / heads]) * half + pair;
    float* first = x + row * head_dim + pair * step;
    const float a = first[0], b = first[apart];
    const float c = cosines[table], s = direction * sines[table];
    first[0] = a * c - b * s;
    first[apart] = b * c + a * s;
  }
}

void rotate(const char* name, const Matrix& x, DevicePtr<const int32_t> positions,
            DevicePtr<const float> cosines, DevicePtr<const float> sines, const RopeShape& shape,
            float direction) {
  const int heads = heads_of(x, shape.head_dim, name);
  expect(rope_fits(shape), name);
  const int half = shape.rotary / 2;
  const int64_t n = x.rows * heads * half;
  if (n == 0) return;
  launch(over_elements(name, n), rope_kernel, floats(x), at(positions), at(cosines), at(sines),
         x.rows, heads, shape.head_dim, half, shape.interleaved, direction);
}

}  // namespace

void rope_forward(const Device&, const Matrix& x, DevicePtr<const int32_t> positions,
                  DevicePtr<const float> cosines, DevicePtr<const float> sines,
                  const RopeShape& shape) {
  rotate("rope_forward", x, positions, cosines, sines, shape, 1.0f);
}

void rope_backward(const Device&, const Matrix& dx, DevicePtr<const int32_t> positions,
                   DevicePtr<const float> cosines, DevicePtr<const float> sines,
                   const RopeShape& shape) {
  rotate("rope_backward", dx, positions, cosines, sines, shape, -1.0f);
}

}  // namespace neiro::cuda
