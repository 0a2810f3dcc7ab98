// Sixteen F32 lanes: the vector type of the AVX-512 table (F, BW, DQ, VL).
#pragma once

// GCC 12 takes its own headers' undefined upper lanes for uninitialised variables.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#include <immintrin.h>
#pragma GCC diagnostic pop
#else
#include <immintrin.h>
#endif

#include <cstdint>
#include <cstring>

#include "backend/cpu/simd/unroll.h"

namespace neiro::avx512 {

struct F32 {
  using Reg = __m512;
  static constexpr int kLanes = 16;
  // The micro-kernel's tile: 14 rows by 2 vectors leaves 4 of 32 registers for its operands.
  static constexpr int kTileRows = 14;
  static constexpr int kTileVectors = 2;

  static __mmask16 mask(int64_t n) { return static_cast<__mmask16>((1u << n) - 1u); }

  static Reg zero() { return _mm512_setzero_ps(); }
  static Reg set(float x) { return _mm512_set1_ps(x); }
  static Reg load(const float* p) { return _mm512_loadu_ps(p); }
  // The first n < 16 values, zero above.
  static Reg load_n(const float* p, int64_t n) { return _mm512_maskz_loadu_ps(mask(n), p); }
  static void store(float* p, Reg x) { _mm512_storeu_ps(p, x); }
  static void store_n(float* p, Reg x, int64_t n) { _mm512_mask_storeu_ps(p, mask(n), x); }

  static Reg add(Reg a, Reg b) { return _mm512_add_ps(a, b); }
  static Reg sub(Reg a, Reg b) { return _mm512_sub_ps(a, b); }
  static Reg mul(Reg a, Reg b) { return _mm512_mul_ps(a, b); }
  static Reg div(Reg a, Reg b) { return _mm512_div_ps(a, b); }
  static Reg sqrt(Reg a) { return _mm512_sqrt_ps(a); }
  // a * b + c, and c - a * b, rounded once.
  static Reg fma(Reg a, Reg b, Reg c) { return _mm512_fmadd_ps(a, b, c); }
  static Reg fnma(Reg a, Reg b, Reg c) { return _mm512_fnmadd_ps(a, b, c); }
  // Where b is not a number, both give b.
  static Reg max(Reg a, Reg b) { return _mm512_max_ps(a, b); }
  static Reg min(Reg a, Reg b) { return _mm512_min_ps(a, b); }
  static Reg round(Reg a) { return _mm512_roundscale_ps(a, 0); }
  // a <= b ? x : y in each lane.
  static Reg where_le(Reg a, Reg b, Reg x, Reg y) {
    return _mm512_mask_blend_ps(_mm512_cmp_ps_mask(a, b, _CMP_LE_OQ), y, x);
  }
  // The nearest BF16, ties to even; what is not a number stays.
  static Reg round_to_bf16(Reg x) {
    const __m512i bits = _mm512_castps_si512(x);
    const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
    const __m512i up = _mm512_add_epi32(bits, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7fff)));
    const __m512i top = _mm512_and_si512(up, _mm512_set1_epi32(static_cast<int>(0xffff0000)));
    const __mmask16 number = _mm512_cmp_ps_mask(x, x, _CMP_ORD_Q);
    return _mm512_mask_blend_ps(number, x, _mm512_castsi512_ps(top));
  }
  // x * 2^n for whole n.
  static Reg scale_by_power(Reg x, Reg n) { return _mm512_scalef_ps(x, n); }

  // Sum and maximum of the lanes: halves are folded onto each other.
  static float sum(Reg a) {
    const __m256 half = _mm256_add_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps(a, 1));
    __m128 x = _mm_add_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1));
    x = _mm_add_ps(x, _mm_movehl_ps(x, x));
    return _mm_cvtss_f32(_mm_add_ss(x, _mm_movehdup_ps(x)));
  }
  static float top(Reg a) {
    const __m256 half = _mm256_max_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps(a, 1));
    __m128 x = _mm_max_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1));
    x = _mm_max_ps(x, _mm_movehl_ps(x, x));
    return _mm_cvtss_f32(_mm_max_ss(x, _mm_movehdup_ps(x)));
  }

  // Sixteen stored values.
  static Reg load_bf16(const uint16_t* p) {
    const __m256i bits = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(bits), 16));
  }
  static Reg load_f16(const uint16_t* p) {
    return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)));
  }
  // Looks up sixteen 4-bit codes in eight bytes, the high nibble first.
  static Reg lookup_nibbles(const uint8_t* p, const float* table) {
    const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(p));
    const __m512i doubled = _mm512_cvtepu8_epi32(_mm_unpacklo_epi8(bytes, bytes));
    const __m512i shifts = _mm512_set1_epi64(4);  // 4, 0, 4, 0, ... in 32-bit lanes
    return _mm512_permutexvar_ps(_mm512_srlv_epi32(doubled, shifts), _mm512_loadu_ps(table));
  }

  // The uniform numbers of Philox blocks [counter, counter + 8), four each, in order; the rounds
  // are those of core/random.cpp. A 64-bit lane holds one block's word, above it what is left of a
  // product and never read. The order of the lanes makes the words come out in order.
  static void uniforms(uint64_t seed, uint64_t stream, uint64_t counter, Reg (&out)[2]) {
    const __m512i m0 = _mm512_set1_epi64(0xd2511f53);
    const __m512i m1 = _mm512_set1_epi64(0xcd9e8d57);
    uint32_t k0 = static_cast<uint32_t>(seed);
    uint32_t k1 = static_cast<uint32_t>(seed >> 32);
    __m512i x0 = _mm512_add_epi64(_mm512_set1_epi64(static_cast<int64_t>(counter)),
                                  _mm512_setr_epi64(0, 4, 1, 5, 2, 6, 3, 7));
    __m512i x1 = _mm512_srli_epi64(x0, 32);
    __m512i x2 = _mm512_set1_epi64(static_cast<int64_t>(stream));
    __m512i x3 = _mm512_srli_epi64(x2, 32);
    for (int round = 0; round < 10; ++round) {
      const __m512i a = _mm512_mul_epu32(m0, x0);
      const __m512i b = _mm512_mul_epu32(m1, x2);
      constexpr int kXor3 = 0x96;
      x0 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(b, 32), x1, _mm512_set1_epi64(k0), kXor3);
      x2 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(a, 32), x3, _mm512_set1_epi64(k1), kXor3);
      x1 = b;
      x3 = a;
      k0 += 0x9e3779b9;
      k1 += 0xbb67ae85;
    }
    const __m512i words01 = _mm512_mask_blend_epi32(0xaaaa, x0, _mm512_slli_epi64(x1, 32));
    const __m512i words23 = _mm512_mask_blend_epi32(0xaaaa, x2, _mm512_slli_epi64(x3, 32));
    out[0] = uniform(_mm512_unpacklo_epi64(words01, words23));
    out[1] = uniform(_mm512_unpackhi_epi64(words01, words23));
  }
  static Reg uniform(__m512i bits) {  // in [0, 1), 24 bits
    return _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_srli_epi32(bits, 8)), set(1.0f / 16777216.0f));
  }

  // The sum of squares of n values in double.
  static double sum_of_squares(const float* x, int64_t n) {
    __m512d low = _mm512_setzero_pd();
    __m512d high = _mm512_setzero_pd();
    for (int64_t i = 0; i < n; i += kLanes) {
      const Reg v = n - i >= kLanes ? load(x + i) : load_n(x + i, n - i);
      const __m512d a = _mm512_cvtps_pd(_mm512_castps512_ps256(v));
      const __m512d b = _mm512_cvtps_pd(_mm512_extractf32x8_ps(v, 1));
      low = _mm512_fmadd_pd(a, a, low);
      high = _mm512_fmadd_pd(b, b, high);
    }
    alignas(64) double lanes[8];
    _mm512_store_pd(lanes, _mm512_add_pd(low, high));
    double total = 0;
    for (int i = 0; i < 8; ++i) total += lanes[i];
    return total;
  }

  // 16 x 16 in registers: pairs, then quads within 128 bits, then the 128-bit quarters.
  static void transpose(Reg (&r)[kLanes]) {
    Reg t[kLanes];
    simd::unroll<8>([&](auto pair) NEIRO_INLINE_BODY {
      constexpr int i = 2 * decltype(pair)::value;
      t[i] = _mm512_unpacklo_ps(r[i], r[i + 1]);
      t[i + 1] = _mm512_unpackhi_ps(r[i], r[i + 1]);
    });
    simd::unroll<4>([&](auto quad) NEIRO_INLINE_BODY {
      constexpr int i = 4 * decltype(quad)::value;
      r[i] = _mm512_shuffle_ps(t[i], t[i + 2], 0x44);
      r[i + 1] = _mm512_shuffle_ps(t[i], t[i + 2], 0xee);
      r[i + 2] = _mm512_shuffle_ps(t[i + 1], t[i + 3], 0x44);
      r[i + 3] = _mm512_shuffle_ps(t[i + 1], t[i + 3], 0xee);
    });
    simd::unroll<4>([&](auto line) NEIRO_INLINE_BODY {
      constexpr int i = decltype(line)::value;
      t[i] = _mm512_shuffle_f32x4(r[i], r[i + 4], 0x88);
      t[i + 4] = _mm512_shuffle_f32x4(r[i], r[i + 4], 0xdd);
      t[i + 8] = _mm512_shuffle_f32x4(r[i + 8], r[i + 12], 0x88);
      t[i + 12] = _mm512_shuffle_f32x4(r[i + 8], r[i + 12], 0xdd);
    });
    simd::unroll<4>([&](auto line) NEIRO_INLINE_BODY {
      constexpr int i = decltype(line)::value;
      r[i] = _mm512_shuffle_f32x4(t[i], t[i + 8], 0x88);
      r[i + 4] = _mm512_shuffle_f32x4(t[i + 4], t[i + 12], 0x88);
      r[i + 8] = _mm512_shuffle_f32x4(t[i], t[i + 8], 0xdd);
      r[i + 12] = _mm512_shuffle_f32x4(t[i + 4], t[i + 12], 0xdd);
    });
  }
};

}  // namespace neiro::avx512
