// Eight F32 lanes in two registers: the vector type of the NEON table (every 64-bit ARM has it). As
// wide as AVX2's and in the same order of operations, so that both give the same bits.
#pragma once

#include <arm_neon.h>

#include <cstdint>
#include <cstring>

#include "backend/cpu/simd/unroll.h"

namespace neiro::neon {

struct F32 {
  struct Reg {
    float32x4_t low, high;
  };
  struct Mask {
    uint32x4_t low, high;
  };
  static constexpr int kLanes = 8;
  // The micro-kernel's tile: 5 rows by 2 vectors takes 20 of 32 registers, its operands up to 9.
  static constexpr int kTileRows = 5;
  static constexpr int kTileVectors = 2;

  static Reg zero() { return set(0.0f); }
  static Reg set(float x) {
    const float32x4_t four = vdupq_n_f32(x);
    return {four, four};
  }
  static Reg load(const float* p) { return {vld1q_f32(p), vld1q_f32(p + 4)}; }
  // The first n < 8 values, zero above.
  static Reg load_n(const float* p, int64_t n) {
    float lanes[kLanes] = {};
    std::memcpy(lanes, p, static_cast<size_t>(n < kLanes ? n : kLanes) * sizeof(float));
    return load(lanes);
  }
  static void store(float* p, Reg x) {
    vst1q_f32(p, x.low);
    vst1q_f32(p + 4, x.high);
  }
  static void store_n(float* p, Reg x, int64_t n) {
    float lanes[kLanes];
    store(lanes, x);
    std::memcpy(p, lanes, static_cast<size_t>(n < kLanes ? n : kLanes) * sizeof(float));
  }

  static Reg add(Reg a, Reg b) { return {vaddq_f32(a.low, b.low), vaddq_f32(a.high, b.high)}; }
  static Reg sub(Reg a, Reg b) { return {vsubq_f32(a.low, b.low), vsubq_f32(a.high, b.high)}; }
  static Reg mul(Reg a, Reg b) { return {vmulq_f32(a.low, b.low), vmulq_f32(a.high, b.high)}; }
  static Reg div(Reg a, Reg b) { return {vdivq_f32(a.low, b.low), vdivq_f32(a.high, b.high)}; }
  static Reg sqrt(Reg a) { return {vsqrtq_f32(a.low), vsqrtq_f32(a.high)}; }
  // a * b + c, and c - a * b, rounded once.
  static Reg fma(Reg a, Reg b, Reg c) {
    return {vfmaq_f32(c.low, a.low, b.low), vfmaq_f32(c.high, a.high, b.high)};
  }
  static Reg fnma(Reg a, Reg b, Reg c) {
    return {vfmsq_f32(c.low, a.low, b.low), vfmsq_f32(c.high, a.high, b.high)};
  }
  // Where b is not a number, both give b (the instructions themselves would give a's NaN as well).
  static Reg max(Reg a, Reg b) {
    return chosen({vcgtq_f32(a.low, b.low), vcgtq_f32(a.high, b.high)}, a, b);
  }
  static Reg min(Reg a, Reg b) {
    return chosen({vcltq_f32(a.low, b.low), vcltq_f32(a.high, b.high)}, a, b);
  }
  static Reg round(Reg a) { return {vrndnq_f32(a.low), vrndnq_f32(a.high)}; }  // ties to even
  // a <= b ? x : y in each lane.
  static Reg where_le(Reg a, Reg b, Reg x, Reg y) {
    return chosen({vcleq_f32(a.low, b.low), vcleq_f32(a.high, b.high)}, x, y);
  }
  // The nearest BF16, ties to even; what is not a number stays.
  static Reg round_to_bf16(Reg x) {
    return {round_four_to_bf16(x.low), round_four_to_bf16(x.high)};
  }
  // x * 2^n for whole n in [-252, 254]: in two halves, so that both stay normal numbers.
  static Reg scale_by_power(Reg x, Reg n) {
    return {scale_four_by_power(x.low, n.low), scale_four_by_power(x.high, n.high)};
  }

  // Sum and maximum of the lanes: halves are folded onto each other.
  static float sum(Reg a) {
    const float32x4_t four = vaddq_f32(a.low, a.high);
    const float32x2_t two = vadd_f32(vget_low_f32(four), vget_high_f32(four));
    return vget_lane_f32(two, 0) + vget_lane_f32(two, 1);
  }
  static float top(Reg a) {
    const Reg four = max({a.low, a.low}, {a.high, a.high});
    const float32x2_t low = vget_low_f32(four.low);
    const float32x2_t high = vget_high_f32(four.low);
    const float32x2_t two = vbsl_f32(vcgt_f32(low, high), low, high);
    const float x = vget_lane_f32(two, 0);
    const float y = vget_lane_f32(two, 1);
    return x > y ? x : y;
  }

  // Eight stored values.
  static Reg load_bf16(const uint16_t* p) {
    const uint16x8_t bits = vld1q_u16(p);
    return {vreinterpretq_f32_u32(vshll_n_u16(vget_low_u16(bits), 16)),
            vreinterpretq_f32_u32(vshll_n_u16(vget_high_u16(bits), 16))};
  }
  static Reg load_f16(const uint16_t* p) {
    const uint16x8_t bits = vld1q_u16(p);
    return {vcvt_f32_f16(vreinterpret_f16_u16(vget_low_u16(bits))),
            vcvt_f32_f16(vreinterpret_f16_u16(vget_high_u16(bits)))};
  }
  // Looks up eight 4-bit codes in four bytes, the high nibble first: the table's 64 bytes are
  // looked up by byte, four for each code.
  static Reg lookup_nibbles(const uint8_t* p, const float* table) {
    uint32_t word;
    std::memcpy(&word, p, 4);
    const uint8x8_t bytes = vreinterpret_u8_u32(vdup_n_u32(word));
    const uint8x8_t codes = vzip1_u8(vshr_n_u8(bytes, 4), vand_u8(bytes, vdup_n_u8(15)));
    const uint8_t* values = reinterpret_cast<const uint8_t*>(table);
    const uint8x16x4_t all = {
        {vld1q_u8(values), vld1q_u8(values + 16), vld1q_u8(values + 32), vld1q_u8(values + 48)}};
    const uint16x8_t wide = vmovl_u8(vshl_n_u8(codes, 2));
    return {looked_up(all, vmovl_u16(vget_low_u16(wide))),
            looked_up(all, vmovl_u16(vget_high_u16(wide)))};
  }

  // The uniform numbers of Philox blocks [counter, counter + 4), four each, in order; the rounds
  // are those of core/random.cpp. A lane holds one block's word.
  static void uniforms(uint64_t seed, uint64_t stream, uint64_t counter, Reg (&out)[2]) {
    for (int pair = 0; pair < 2; ++pair) {
      const uint64x2_t count = {counter + 2 * pair, counter + 2 * pair + 1};
      const uint64x2_t other = vdupq_n_u64(stream);
      uint32_t k0 = static_cast<uint32_t>(seed);
      uint32_t k1 = static_cast<uint32_t>(seed >> 32);
      uint32x2_t x0 = vmovn_u64(count);
      uint32x2_t x1 = vshrn_n_u64(count, 32);
      uint32x2_t x2 = vmovn_u64(other);
      uint32x2_t x3 = vshrn_n_u64(other, 32);
      for (int round = 0; round < 10; ++round) {
        const uint64x2_t a = vmull_u32(vdup_n_u32(0xd2511f53), x0);
        const uint64x2_t b = vmull_u32(vdup_n_u32(0xcd9e8d57), x2);
        x0 = veor_u32(veor_u32(vshrn_n_u64(b, 32), x1), vdup_n_u32(k0));
        x2 = veor_u32(veor_u32(vshrn_n_u64(a, 32), x3), vdup_n_u32(k1));
        x1 = vmovn_u64(b);
        x3 = vmovn_u64(a);
        k0 += 0x9e3779b9;
        k1 += 0xbb67ae85;
      }
      out[pair] = {uniform(vcombine_u32(vzip1_u32(x0, x1), vzip1_u32(x2, x3))),
                   uniform(vcombine_u32(vzip2_u32(x0, x1), vzip2_u32(x2, x3)))};
    }
  }

  // The sum of squares of n values in double.
  static double sum_of_squares(const float* x, int64_t n) {
    float64x2_t sums[4] = {vdupq_n_f64(0), vdupq_n_f64(0), vdupq_n_f64(0), vdupq_n_f64(0)};
    for (int64_t i = 0; i < n; i += kLanes) {
      const Reg v = n - i >= kLanes ? load(x + i) : load_n(x + i, n - i);
      const float64x2_t lanes[4] = {vcvt_f64_f32(vget_low_f32(v.low)), vcvt_high_f64_f32(v.low),
                                    vcvt_f64_f32(vget_low_f32(v.high)), vcvt_high_f64_f32(v.high)};
      simd::unroll<4>([&](auto l) NEIRO_INLINE_BODY {
        sums[l.value] = vfmaq_f64(sums[l.value], lanes[l.value], lanes[l.value]);
      });
    }
    const float64x2_t first = vaddq_f64(sums[0], sums[2]);
    const float64x2_t second = vaddq_f64(sums[1], sums[3]);
    return vgetq_lane_f64(first, 0) + vgetq_lane_f64(first, 1) + vgetq_lane_f64(second, 0) +
           vgetq_lane_f64(second, 1);
  }

  // 8 x 8 in registers: four squares of 4 x 4, the two off the diagonal exchanged.
  static void transpose(Reg (&r)[kLanes]) {
    float32x4_t t[4][4];
    simd::unroll<4>([&](auto i) NEIRO_INLINE_BODY {
      t[0][i.value] = r[i.value].low;
      t[1][i.value] = r[i.value].high;
      t[2][i.value] = r[i.value + 4].low;
      t[3][i.value] = r[i.value + 4].high;
    });
    simd::unroll<4>([&](auto square) NEIRO_INLINE_BODY { transpose_four(t[square.value]); });
    simd::unroll<4>([&](auto i) NEIRO_INLINE_BODY {
      r[i.value] = {t[0][i.value], t[2][i.value]};
      r[i.value + 4] = {t[1][i.value], t[3][i.value]};
    });
  }

 private:
  static Reg chosen(Mask mask, Reg x, Reg y) {
    return {vbslq_f32(mask.low, x.low, y.low), vbslq_f32(mask.high, x.high, y.high)};
  }
  static float32x4_t round_four_to_bf16(float32x4_t x) {
    const uint32x4_t bits = vreinterpretq_u32_f32(x);
    const uint32x4_t odd = vandq_u32(vshrq_n_u32(bits, 16), vdupq_n_u32(1));
    const uint32x4_t up = vaddq_u32(bits, vaddq_u32(odd, vdupq_n_u32(0x7fff)));
    const uint32x4_t top = vandq_u32(up, vdupq_n_u32(0xffff0000));
    return vbslq_f32(vceqq_f32(x, x), vreinterpretq_f32_u32(top), x);
  }
  static float32x4_t scale_four_by_power(float32x4_t x, float32x4_t n) {
    const int32x4_t power = vcvtnq_s32_f32(n);
    const int32x4_t first = vshrq_n_s32(power, 1);
    return vmulq_f32(vmulq_f32(x, power_of_two(first)), power_of_two(vsubq_s32(power, first)));
  }
  static float32x4_t power_of_two(int32x4_t n) {
    return vreinterpretq_f32_s32(vshlq_n_s32(vaddq_s32(n, vdupq_n_s32(127)), 23));
  }
  // The values whose first bytes are at `places` of the table.
  static float32x4_t looked_up(const uint8x16x4_t& table, uint32x4_t places) {
    const uint32x4_t four = vmlaq_n_u32(vdupq_n_u32(0x03020100), places, 0x01010101);
    return vreinterpretq_f32_u8(vqtbl4q_u8(table, vreinterpretq_u8_u32(four)));
  }
  static float32x4_t uniform(uint32x4_t bits) {  // in [0, 1), 24 bits
    return vmulq_n_f32(vcvtq_f32_u32(vshrq_n_u32(bits, 8)), 1.0f / 16777216.0f);
  }
  static void transpose_four(float32x4_t (&r)[4]) {
    const float32x4_t a = vtrn1q_f32(r[0], r[1]);
    const float32x4_t b = vtrn2q_f32(r[0], r[1]);
    const float32x4_t c = vtrn1q_f32(r[2], r[3]);
    const float32x4_t d = vtrn2q_f32(r[2], r[3]);
    r[0] = vcombine_f32(vget_low_f32(a), vget_low_f32(c));
    r[1] = vcombine_f32(vget_low_f32(b), vget_low_f32(d));
    r[2] = vcombine_f32(vget_high_f32(a), vget_high_f32(c));
    r[3] = vcombine_f32(vget_high_f32(b), vget_high_f32(d));
  }
};

}  // namespace neiro::neon
