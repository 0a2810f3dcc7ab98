// Sum of squares, for the norm that gradients are clipped by.
#include <algorithm>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {

// sum x_i^2: 256 equal parts whatever the number of threads, then the parts in order.
double sum_of_squares(const Workers& workers, const float* x, int64_t n) {
  constexpr int64_t kParts = 256;
  double sums[kParts] = {};
  const int64_t size = (n + kParts - 1) / kParts;
  workers.pool->parallel_for(kParts, [&](int64_t begin, int64_t end, int) {
    for (int64_t part = begin; part < end; ++part) {
      const int64_t last = std::min(n, (part + 1) * size);
      for (int64_t i = part * size; i < last; ++i) {
        sums[part] += static_cast<double>(x[i]) * x[i];
      }
    }
  });
  double total = 0;
  for (const double sum : sums) total += sum;
  return total;
}

}  // namespace neiro::scalar
