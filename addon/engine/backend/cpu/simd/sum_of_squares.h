// Sum of squares in double, cut as in scalar/sum_of_squares.cpp.
#pragma once

#include "backend/cpu/simd/common.h"

namespace neiro::simd {

template <class F>
double sum_of_squares(const Workers& workers, const float* x, int64_t n) {
  constexpr int64_t kParts = 256;
  double sums[kParts] = {};
  const int64_t size = divide_up(n, kParts);
  workers.pool->parallel_for(kParts, [&](int64_t begin, int64_t end, int) {
    for (int64_t part = begin; part < end; ++part) {
      const int64_t first = smaller(n, part * size);
      sums[part] = F::sum_of_squares(x + first, smaller(n, first + size) - first);
    }
  });
  double total = 0;
  for (int64_t part = 0; part < kParts; ++part) total += sums[part];
  return total;
}

}  // namespace neiro::simd
