// Products of BF16 pairs by BFDOT (ARMv8.6, Apple's M2 on): a cell holds two values of k, and one
// instruction takes eight of them. Sums are rounded to odd and subnormal numbers count as zeros
// there (Arm's manual, BFDotAdd).
#pragma once

#include "backend/cpu/neon/f32.h"
#include "backend/cpu/simd/product_step.h"

namespace neiro::neon_bf16 {

// A name of its own, so that nothing compiled here is linked into the table of NEON.
struct F32 : neon::F32 {};

struct Bf16Step : simd::Unscaled<F32> {
  using Vector = F32;
  using Reg = F32::Reg;
  using Sum = F32::Reg;
  static constexpr int kDepth = 2;
  static constexpr bool kInPlace = false;

  static const float* cells_along(const float* values, int64_t n, float* buffer) {
    for (int64_t i = 0; i < n; i += F32::kLanes) {
      vst1q_u32(reinterpret_cast<uint32_t*>(buffer + i / 2),
                vreinterpretq_u32_bf16(rounded(some(values + i, n - i))));
    }
    return buffer;
  }
  static const float* cells_across(const float* const* rows, int64_t n, float* buffer) {
    for (int64_t i = 0; i < n; i += F32::kLanes) {
      const uint16x8_t even = vreinterpretq_u16_bf16(rounded(some(rows[0] + i, n - i)));
      const uint16x8_t odd = vreinterpretq_u16_bf16(rounded(some(rows[1] + i, n - i)));
      vst1q_u16(reinterpret_cast<uint16_t*>(buffer + i), vzip1q_u16(even, odd));
      vst1q_u16(reinterpret_cast<uint16_t*>(buffer + i + 4), vzip2q_u16(even, odd));
    }
    return buffer;
  }

  static Sum zero() { return F32::zero(); }
  static Reg broadcast(const float* cell) { return F32::set(*cell); }
  static Reg load(const float* cells) { return F32::load(cells); }
  static Sum multiply(Reg left, Reg right, Sum sum) {
    return {vbfdotq_f32(sum.low, pairs(left.low), pairs(right.low)),
            vbfdotq_f32(sum.high, pairs(left.high), pairs(right.high))};
  }

 private:
  static Reg some(const float* p, int64_t n) {
    return n >= F32::kLanes ? F32::load(p) : F32::load_n(p, n);
  }
  static bfloat16x8_t rounded(Reg x) {
    return vcvtq_high_bf16_f32(vcvtq_low_bf16_f32(x.low), x.high);
  }
  static bfloat16x8_t pairs(float32x4_t cells) { return vreinterpretq_bf16_f32(cells); }
};

}  // namespace neiro::neon_bf16
