// Quantising rows to INT8.
#include "formats/int8_rows.h"

#include <algorithm>
#include <cmath>

namespace neiro {

void quantize_int8(ThreadPool& pool, const float* values, int64_t rows, int64_t cols, int8_t* codes,
                   float* absmax) {
  pool.parallel_for(rows, [&](int64_t begin, int64_t end, int) {
    for (int64_t row = begin; row < end; ++row) {
      const float* x = values + row * cols;
      float largest = 0;
      for (int64_t i = 0; i < cols; ++i) largest = std::max(largest, std::abs(x[i]));
      absmax[row] = largest;
      // of numbers so small that their scale would be infinite nothing is left
      const float ratio = largest > 0 ? kInt8Codes / largest : 0.0f;
      const float factor = std::isfinite(ratio) ? ratio : 0.0f;
      for (int64_t i = 0; i < cols; ++i) {
        const float scaled = std::clamp(x[i] * factor, -kInt8Codes - 1, kInt8Codes);
        codes[row * cols + i] = static_cast<int8_t>(std::nearbyint(scaled));
      }
    }
  });
}

}  // namespace neiro
