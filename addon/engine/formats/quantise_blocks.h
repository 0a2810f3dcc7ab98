// Making the block formats of GGUF files (layouts, and the way back: ggml_blocks.h) out of F32
// values.
#pragma once

#include <cstdint>

#include "formats/dtype.h"

namespace neiro {

// `n` values, a whole number of blocks of `type`, as that many blocks into out. Q8_0, Q4_0, Q5_0
// and Q5_1 give the bytes of ggml's reference rounding; Q4_K, Q5_K and Q6_K look for the scales
// with the least weighted squared error. Values must be finite.
void quantise_blocks(DType type, const float* values, int64_t n, uint8_t* out);

// Q4_K, Q5_K and Q6_K: one super-block of kSuperBlock values.
inline constexpr int kSuperBlock = 256;
void quantise_q4_k(const float* values, uint8_t* out);
void quantise_q5_k(const float* values, uint8_t* out);
void quantise_q6_k(const float* values, uint8_t* out);

}  // namespace neiro
