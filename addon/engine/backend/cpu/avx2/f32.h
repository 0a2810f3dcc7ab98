// Eight F32 lanes: the vector type of the AVX2 table (AVX2, FMA, F16C).
#pragma once

#include <immintrin.h>

#include <cstdint>
#include <cstring>

#include "backend/cpu/simd/unroll.h"

namespace neiro::avx2 {

struct F32 {
  using Reg = __m256;
  static constexpr int kLanes = 8;
  // The micro-kernel's tile: 6 rows by 2 vectors leaves 4 of 16 registers for its operands.
  static constexpr int kTileRows = 6;
  static constexpr int kTileVectors = 2;

  static __m256i mask(int64_t n) {
    const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(n)), lane);
  }

  static Reg zero() { return _mm256_setzero_ps(); }
  static Reg set(float x) { return _mm256_set1_ps(x); }
  static Reg load(const float* p) { return _mm256_loadu_ps(p); }
  // The first n < 8 values, zero above.
  static Reg load_n(const float* p, int64_t n) { return _mm256_maskload_ps(p, mask(n)); }
  static void store(float* p, Reg x) { _mm256_storeu_ps(p, x); }
  static void store_n(float* p, Reg x, int64_t n) { _mm256_maskstore_ps(p, mask(n), x); }

  static Reg add(Reg a, Reg b) { return _mm256_add_ps(a, b); }
  static Reg sub(Reg a, Reg b) { return _mm256_sub_ps(a, b); }
  static Reg mul(Reg a, Reg b) { return _mm256_mul_ps(a, b); }
  static Reg div(Reg a, Reg b) { return _mm256_div_ps(a, b); }
  static Reg sqrt(Reg a) { return _mm256_sqrt_ps(a); }
  // a * b + c, and c - a * b, rounded once.
  static Reg fma(Reg a, Reg b, Reg c) { return _mm256_fmadd_ps(a, b, c); }
  static Reg fnma(Reg a, Reg b, Reg c) { return _mm256_fnmadd_ps(a, b, c); }
  // Where b is not a number, both give b.
  static Reg max(Reg a, Reg b) { return _mm256_max_ps(a, b); }
  static Reg min(Reg a, Reg b) { return _mm256_min_ps(a, b); }
  static Reg round(Reg a) { return _mm256_round_ps(a, 0x08); }  // to nearest, no exception
  // a <= b ? x : y in each lane.
  static Reg where_le(Reg a, Reg b, Reg x, Reg y) {
    return _mm256_blendv_ps(y, x, _mm256_cmp_ps(a, b, _CMP_LE_OQ));
  }
  // The nearest BF16, ties to even; what is not a number stays.
  static Reg round_to_bf16(Reg x) {
    const __m256i bits = _mm256_castps_si256(x);
    const __m256i odd = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
    const __m256i up = _mm256_add_epi32(bits, _mm256_add_epi32(odd, _mm256_set1_epi32(0x7fff)));
    const __m256i top = _mm256_and_si256(up, _mm256_set1_epi32(static_cast<int>(0xffff0000)));
    return _mm256_blendv_ps(x, _mm256_castsi256_ps(top), _mm256_cmp_ps(x, x, _CMP_ORD_Q));
  }
  // x * 2^n for whole n in [-252, 254]: in two halves, so that both stay normal numbers.
  static Reg scale_by_power(Reg x, Reg n) {
    const __m256i power = _mm256_cvtps_epi32(n);
    const __m256i first = _mm256_srai_epi32(power, 1);
    return _mm256_mul_ps(_mm256_mul_ps(x, power_of_two(first)),
                         power_of_two(_mm256_sub_epi32(power, first)));
  }
  static Reg power_of_two(__m256i n) {
    const __m256i biased = _mm256_add_epi32(n, _mm256_set1_epi32(127));
    return _mm256_castsi256_ps(_mm256_slli_epi32(biased, 23));
  }

  // Sum and maximum of the lanes: halves are folded onto each other.
  static float sum(Reg a) {
    __m128 x = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    x = _mm_add_ps(x, _mm_movehl_ps(x, x));
    return _mm_cvtss_f32(_mm_add_ss(x, _mm_movehdup_ps(x)));
  }
  static float top(Reg a) {
    __m128 x = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    x = _mm_max_ps(x, _mm_movehl_ps(x, x));
    return _mm_cvtss_f32(_mm_max_ss(x, _mm_movehdup_ps(x)));
  }

  // Eight stored values.
  static Reg load_bf16(const uint16_t* p) {
    const __m128i bits = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16));
  }
  static Reg load_f16(const uint16_t* p) {
    return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
  }
  // Looks up eight 4-bit codes in four bytes, the high nibble first: in each half of the table,
  // then the code's top bit chooses the half.
  static Reg lookup_nibbles(const uint8_t* p, const float* table) {
    int32_t word;
    std::memcpy(&word, p, 4);
    const __m128i bytes = _mm_cvtsi32_si128(word);
    const __m256i doubled = _mm256_cvtepu8_epi32(_mm_unpacklo_epi8(bytes, bytes));
    const __m256i codes = _mm256_srlv_epi32(doubled, _mm256_set1_epi64x(4));  // by 4, 0, 4, 0, ...
    const Reg low = _mm256_permutevar8x32_ps(_mm256_loadu_ps(table), codes);
    const Reg high = _mm256_permutevar8x32_ps(_mm256_loadu_ps(table + 8), codes);
    return _mm256_blendv_ps(low, high, _mm256_castsi256_ps(_mm256_slli_epi32(codes, 28)));
  }

  // The uniform numbers of Philox blocks [counter, counter + 4), four each, in order; the rounds
  // are those of core/random.cpp. A 64-bit lane holds one block's word, above it what is left of a
  // product and never read. The order of the lanes makes the words come out in order.
  static void uniforms(uint64_t seed, uint64_t stream, uint64_t counter, Reg (&out)[2]) {
    const __m256i m0 = _mm256_set1_epi64x(0xd2511f53);
    const __m256i m1 = _mm256_set1_epi64x(0xcd9e8d57);
    uint32_t k0 = static_cast<uint32_t>(seed);
    uint32_t k1 = static_cast<uint32_t>(seed >> 32);
    __m256i x0 = _mm256_add_epi64(_mm256_set1_epi64x(static_cast<int64_t>(counter)),
                                  _mm256_setr_epi64x(0, 2, 1, 3));
    __m256i x1 = _mm256_srli_epi64(x0, 32);
    __m256i x2 = _mm256_set1_epi64x(static_cast<int64_t>(stream));
    __m256i x3 = _mm256_srli_epi64(x2, 32);
    for (int round = 0; round < 10; ++round) {
      const __m256i a = _mm256_mul_epu32(m0, x0);
      const __m256i b = _mm256_mul_epu32(m1, x2);
      x0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(b, 32), x1), _mm256_set1_epi64x(k0));
      x2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(a, 32), x3), _mm256_set1_epi64x(k1));
      x1 = b;
      x3 = a;
      k0 += 0x9e3779b9;
      k1 += 0xbb67ae85;
    }
    const __m256i words01 = _mm256_blend_epi32(x0, _mm256_slli_epi64(x1, 32), 0xaa);
    const __m256i words23 = _mm256_blend_epi32(x2, _mm256_slli_epi64(x3, 32), 0xaa);
    out[0] = uniform(_mm256_unpacklo_epi64(words01, words23));
    out[1] = uniform(_mm256_unpackhi_epi64(words01, words23));
  }
  static Reg uniform(__m256i bits) {  // in [0, 1), 24 bits
    return _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_srli_epi32(bits, 8)), set(1.0f / 16777216.0f));
  }

  // The sum of squares of n values in double.
  static double sum_of_squares(const float* x, int64_t n) {
    __m256d low = _mm256_setzero_pd();
    __m256d high = _mm256_setzero_pd();
    for (int64_t i = 0; i < n; i += kLanes) {
      const Reg v = n - i >= kLanes ? load(x + i) : load_n(x + i, n - i);
      const __m256d a = _mm256_cvtps_pd(_mm256_castps256_ps128(v));
      const __m256d b = _mm256_cvtps_pd(_mm256_extractf128_ps(v, 1));
      low = _mm256_fmadd_pd(a, a, low);
      high = _mm256_fmadd_pd(b, b, high);
    }
    alignas(32) double lanes[4];
    _mm256_store_pd(lanes, _mm256_add_pd(low, high));
    return lanes[0] + lanes[1] + lanes[2] + lanes[3];
  }

  // 8 x 8 in registers: pairs, then quads within 128 bits, then the 128-bit halves.
  static void transpose(Reg (&r)[kLanes]) {
    Reg t[kLanes];
    simd::unroll<4>([&](auto pair) NEIRO_INLINE_BODY {
      constexpr int i = 2 * decltype(pair)::value;
      t[i] = _mm256_unpacklo_ps(r[i], r[i + 1]);
      t[i + 1] = _mm256_unpackhi_ps(r[i], r[i + 1]);
    });
    simd::unroll<2>([&](auto quad) NEIRO_INLINE_BODY {
      constexpr int i = 4 * decltype(quad)::value;
      r[i] = _mm256_shuffle_ps(t[i], t[i + 2], 0x44);
      r[i + 1] = _mm256_shuffle_ps(t[i], t[i + 2], 0xee);
      r[i + 2] = _mm256_shuffle_ps(t[i + 1], t[i + 3], 0x44);
      r[i + 3] = _mm256_shuffle_ps(t[i + 1], t[i + 3], 0xee);
    });
    simd::unroll<4>([&](auto line) NEIRO_INLINE_BODY {
      constexpr int i = decltype(line)::value;
      t[i] = _mm256_permute2f128_ps(r[i], r[i + 4], 0x20);
      t[i + 4] = _mm256_permute2f128_ps(r[i], r[i + 4], 0x31);
    });
    simd::unroll<8>([&](auto i) NEIRO_INLINE_BODY { r[i.value] = t[i.value]; });
  }
};

}  // namespace neiro::avx2
