// Rows of 8-bit numbers with a scale each (LLM.int8(), Dettmers et al. 2022), bit for bit as
// bitsandbytes makes them and takes them back: code = round(x * (127 / absmax)), value = code *
// absmax / 127, absmax the largest magnitude of the row.
#pragma once

#include <cstdint>

#include "core/thread_pool.h"

namespace neiro {

inline constexpr float kInt8Codes = 127.0f;  // on either side of 0

// codes[rows, cols] and absmax[rows] of values[rows, cols], which must be finite. A row of zeros
// stays one.
void quantize_int8(ThreadPool& pool, const float* values, int64_t rows, int64_t cols, int8_t* codes,
                   float* absmax);

// n codes of one row. Two roundings, in this order. `Tag` as in ggml_blocks.h.
template <class Tag>
void decode_int8(const int8_t* codes, int64_t n, float absmax, float* out) {
  for (int64_t i = 0; i < n; ++i) {
    const float product = static_cast<float>(codes[i]) * absmax;
    out[i] = product / kInt8Codes;
  }
}

}  // namespace neiro
