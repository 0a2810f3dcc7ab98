// What every vector template uses. Templates here take F, the vector type of one instruction set
// (avx2/f32.h, avx512/f32.h, neon/f32.h): its name is part of each function's name, so that code
// compiled with wider instructions can never be linked into a place that an older processor runs.
// For the same reason plain helpers are static, and std:: function templates (std::min, ...) are
// not used.
#pragma once

#include <cstdint>

#include "backend/cpu/kernels.h"
#include "backend/cpu/simd/unroll.h"

namespace neiro::simd {

[[maybe_unused]] static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
[[maybe_unused]] static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }
[[maybe_unused]] static int64_t divide_up(int64_t a, int64_t b) { return (a + b - 1) / b; }
[[maybe_unused]] static int64_t round_up(int64_t a, int64_t b) { return divide_up(a, b) * b; }

}  // namespace neiro::simd
