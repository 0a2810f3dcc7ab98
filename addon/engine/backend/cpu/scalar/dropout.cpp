// Inverted dropout (Srivastava et al. 2014) whose mask is a pure function of (key, index).
#include <algorithm>
#include <array>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

// y = x / (1 - p) where uniform(key, i) >= p, else 0; number i is word i % 4 of block i / 4.
void dropout(const Workers& workers, float* y, const float* x, int64_t n, float p, PhiloxKey key) {
  const float scale = 1.0f / (1.0f - p);
  workers.pool->parallel_for((n + 3) / 4, [&](int64_t begin, int64_t end, int) {
    for (int64_t block = begin; block < end; ++block) {
      const std::array<uint32_t, 4> bits = philox(key, static_cast<uint64_t>(block));
      const int64_t words = std::min<int64_t>(4, n - block * 4);
      for (int64_t i = 0; i < words; ++i) {
        y[block * 4 + i] = uniform_float(bits[i]) >= p ? x[block * 4 + i] * scale : 0.0f;
      }
    }
  });
}

}  // namespace neiro::scalar
