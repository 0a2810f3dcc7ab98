// Sums of four products of bytes by SDOT (ARMv8.2 with dot products), both with a sign.
#pragma once

#include "backend/cpu/neon/f32.h"
#include "backend/cpu/simd/int8_step.h"

namespace neiro::neon_dot {

// A name of its own, so that nothing compiled here is linked into the table of NEON.
struct F32 : neon::F32 {
  // Of 32 registers: the sums of a group, the sums of all groups, and the operands.
  static constexpr int kTileRows = 3;
};

struct Int8Dot {
  using Vector = F32;
  using Reg = F32::Reg;
  struct Sum {
    int32x4_t low, high;
  };
  static constexpr int kLeftOffset = 0;

  static Sum zero() { return {vdupq_n_s32(0), vdupq_n_s32(0)}; }
  static Sum multiply(Reg left, Reg right, Sum sum) {
    return {vdotq_s32(sum.low, bytes(left.low), bytes(right.low)),
            vdotq_s32(sum.high, bytes(left.high), bytes(right.high))};
  }
  static Sum load(const float* p) {
    return {vreinterpretq_s32_f32(vld1q_f32(p)), vreinterpretq_s32_f32(vld1q_f32(p + 4))};
  }
  static void store(float* p, Sum sum) {
    F32::store(p, {vreinterpretq_f32_s32(sum.low), vreinterpretq_f32_s32(sum.high)});
  }
  static Sum negative(Sum sum) { return {vnegq_s32(sum.low), vnegq_s32(sum.high)}; }
  static Reg as_floats(Sum sum) { return {vcvtq_f32_s32(sum.low), vcvtq_f32_s32(sum.high)}; }
  static Reg offset_cell() { return F32::zero(); }

  // Eight values of at most 127, rounded to the nearest (ties to even), as bytes.
  static void store_bytes(int8_t* p, Reg x, int) {
    const int16x8_t whole =
        vcombine_s16(vmovn_s32(vcvtnq_s32_f32(x.low)), vmovn_s32(vcvtnq_s32_f32(x.high)));
    vst1_s8(p, vmovn_s16(whole));
  }
  static Reg cells_across(const float* first, int64_t stride, Reg inverse) {
    return {four_across(first, stride, inverse.low), four_across(first + 4, stride, inverse.high)};
  }

 private:
  static int8x16_t bytes(float32x4_t cells) { return vreinterpretq_s8_f32(cells); }
  static float32x4_t four_across(const float* first, int64_t stride, float32x4_t inverse) {
    const auto row = [&](int64_t k) NEIRO_INLINE_BODY {
      const float32x4_t x = vmulq_f32(vld1q_f32(first + k * stride), inverse);
      return vandq_s32(vcvtnq_s32_f32(x), vdupq_n_s32(0xff));
    };
    const int32x4_t low = vorrq_s32(row(0), vshlq_n_s32(row(1), 8));
    const int32x4_t high = vorrq_s32(row(2), vshlq_n_s32(row(3), 8));
    return vreinterpretq_f32_s32(vorrq_s32(low, vshlq_n_s32(high, 16)));
  }
};

using Int8Step = simd::Int8Step<Int8Dot>;

}  // namespace neiro::neon_dot
