// Rotary position embedding (Su et al. 2021), pairs (i, i + rotary/2) as Transformers' rotate_half.
#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {
namespace {

// [a, b] -> [a cos - b sin, b cos + a sin]; direction -1 rotates back (the transpose).
void rotate(const Workers& workers, float* x, const int32_t* positions, const float* cos_table,
            const float* sin_table, int64_t T, int heads, int head_dim, int rotary,
            float direction) {
  const int half = rotary / 2;
  workers.pool->parallel_for(T, [&](int64_t begin, int64_t end, int) {
    for (int64_t t = begin; t < end; ++t) {
      const float* cosine = cos_table + static_cast<int64_t>(positions[t]) * half;
      const float* sine = sin_table + static_cast<int64_t>(positions[t]) * half;
      for (int h = 0; h < heads; ++h) {
        float* row = x + (t * heads + h) * head_dim;
        for (int i = 0; i < half; ++i) {
          const float a = row[i];
          const float b = row[i + half];
          const float s = direction * sine[i];
          row[i] = a * cosine[i] - b * s;
          row[i + half] = b * cosine[i] + a * s;
        }
      }
    }
  });
}

}  // namespace

void rope_forward(const Workers& workers, float* x, const int32_t* positions,
                  const float* cos_table, const float* sin_table, int64_t T, int heads,
                  int head_dim, int rotary) {
  rotate(workers, x, positions, cos_table, sin_table, T, heads, head_dim, rotary, 1.0f);
}

void rope_backward(const Workers& workers, float* dx, const int32_t* positions,
                   const float* cos_table, const float* sin_table, int64_t T, int heads,
                   int head_dim, int rotary) {
  rotate(workers, dx, positions, cos_table, sin_table, T, heads, head_dim, rotary, -1.0f);
}

}  // namespace neiro::scalar
