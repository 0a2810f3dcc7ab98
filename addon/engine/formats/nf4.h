// Making NF4 blocks with double quantisation, bit for bit as bitsandbytes does (layout: matrix.h).
#pragma once

#include <cstdint>

#include "core/thread_pool.h"
#include "formats/matrix.h"

namespace neiro {

struct Nf4Buffers {
  uint8_t* packed = nullptr;    // [ceil(n / 2)]
  uint8_t* absmax_q = nullptr;  // [ceil(n / 64)]
  float* absmax2 = nullptr;     // [ceil(blocks / 256)]
  float* absmax = nullptr;      // [blocks] scratch; afterwards the exact maxima
};
int64_t nf4_blocks(int64_t n);        // ceil(n / 64)
int64_t nf4_scale_blocks(int64_t n);  // ceil(blocks / 256)

// Quantises n F32 values; returns the offset. Values must be finite (checked by the loader). Blocks
// are shared out over the threads; the bits do not depend on how many there are.
float quantize_nf4(ThreadPool& pool, const float* values, int64_t n, const Nf4Buffers& out);

}  // namespace neiro
