// Rotary position embedding (Su et al. 2021): pairs (i, i + rotary/2) as Transformers' rotate_half,
// or (2i, 2i + 1).
#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {
namespace {

// [a, b] -> [a cos - b sin, b cos + a sin]; direction -1 rotates back (the transpose).
void rotate(const Workers& workers, float* x, const int32_t* positions, const float* cos_table,
            const float* sin_table, int64_t T, int heads, const RopeShape& shape, float direction) {
  const int half = shape.rotary / 2;
  const int step = shape.interleaved ? 2 : 1;      // from pair to pair
  const int apart = shape.interleaved ? 1 : half;  // its two values
  workers.pool->parallel_for(T, [&](int64_t begin, int64_t end, int) {
    for (int64_t t = begin; t < end; ++t) {
      const float* cosine = cos_table + static_cast<int64_t>(positions[t]) * half;
      const float* sine = sin_table + static_cast<int64_t>(positions[t]) * half;
      for (int h = 0; h < heads; ++h) {
        float* row = x + (t * heads + h) * shape.head_dim;
        for (int i = 0; i < half; ++i) {
          float& first = row[i * step];
          float& second = row[i * step + apart];
          const float a = first;
          const float b = second;
          const float s = direction * sine[i];
          first = a * cosine[i] - b * s;
          second = b * cosine[i] + a * s;
        }
      }
    }
  });
}

}  // namespace

void rope_forward(const Workers& workers, float* x, const int32_t* positions,
                  const float* cos_table, const float* sin_table, int64_t T, int heads,
                  const RopeShape& shape) {
  rotate(workers, x, positions, cos_table, sin_table, T, heads, shape, 1.0f);
}

void rope_backward(const Workers& workers, float* dx, const int32_t* positions,
                   const float* cos_table, const float* sin_table, int64_t T, int heads,
                   const RopeShape& shape) {
  rotate(workers, dx, positions, cos_table, sin_table, T, heads, shape, -1.0f);
}

}  // namespace neiro::scalar
