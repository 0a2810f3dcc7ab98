// In which numbers whole micro-batches are multiplied. What goes in and comes out is F32 either
// way, and so are all sums; only the two factors of a product are rounded.
#pragma once

#include <cstdint>

namespace neiro {

// kBf16: both factors rounded to the nearest BF16 (ties to even). A forward product of at most
// kFewTokens rows (generation) stays in F32: there memory decides, not arithmetic.
// kInt8: products with a stored matrix that is no F32 (the model's own, in both directions) round
// both factors to 8 bits with a scale for each row (or column) and kInt8Group values of k, and add
// them up exactly within a group. All other products are those of kBf16. (Groups of 256 are a fifth
// faster, and cost a real model 2 % of its loss where these cost 0.2 %: its activations have
// outliers, which spoil their whole group.)
enum class Compute { kF32, kBf16, kInt8 };
inline constexpr int64_t kFewTokens = 4;
inline constexpr int64_t kInt8Group = 64;

}  // namespace neiro
