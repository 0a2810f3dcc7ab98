// In which numbers whole micro-batches are multiplied. What goes in and comes out is F32 either
// way, and so are all sums; only the two factors of a product are rounded.
#pragma once

#include <cstdint>

namespace neiro {

// kBf16: both factors rounded to the nearest BF16 (ties to even). A forward product of at most
// kFewTokens rows (generation) stays in F32: there memory decides, not arithmetic.
enum class Compute { kF32, kBf16 };
inline constexpr int64_t kFewTokens = 4;

}  // namespace neiro
