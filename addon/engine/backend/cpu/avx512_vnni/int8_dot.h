// Sums of four products of bytes by AVX512-VNNI: the left ones without a sign, the right ones with.
#pragma once

#include "backend/cpu/avx512/f32.h"
#include "backend/cpu/simd/int8_step.h"

namespace neiro::avx512_vnni {

// A name of its own, so that nothing compiled here is linked into another table.
struct F32 : avx512::F32 {
  // Of 32 registers: the sums of a group, the sums of all groups, and the operands.
  static constexpr int kTileRows = 7;
};

struct Int8Dot {
  using Vector = F32;
  using Reg = F32::Reg;
  // A type of its own: its alignment is not part of __m512i as an argument of a template.
  struct Sum {
    __m512i lanes;
  };
  static constexpr int kLeftOffset = 128;

  static Sum zero() { return {_mm512_setzero_si512()}; }
  static Sum multiply(Reg left, Reg right, Sum sum) {
    return {_mm512_dpbusd_epi32(sum.lanes, _mm512_castps_si512(left), _mm512_castps_si512(right))};
  }
  static Sum load(const float* p) { return {_mm512_loadu_si512(p)}; }
  static void store(float* p, Sum sum) { _mm512_storeu_si512(p, sum.lanes); }
  static Sum negative(Sum sum) { return {_mm512_sub_epi32(_mm512_setzero_si512(), sum.lanes)}; }
  static Reg as_floats(Sum sum) { return _mm512_cvtepi32_ps(sum.lanes); }
  // A cell of nothing but the offset.
  static Reg offset_cell() { return _mm512_castsi512_ps(_mm512_set1_epi8(-128)); }

  // Sixteen values of at most 127, rounded to the nearest (ties to even), as bytes.
  static void store_bytes(int8_t* p, Reg x, int offset) {
    const __m512i whole = _mm512_add_epi32(_mm512_cvtps_epi32(x), _mm512_set1_epi32(offset));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm512_cvtepi32_epi8(whole));
  }
  // The same of four rows, byte by byte.
  static Reg cells_across(const float* first, int64_t stride, Reg inverse) {
    const auto row = [&](int64_t k) NEIRO_INLINE_BODY {
      const Reg x = F32::mul(F32::load(first + k * stride), inverse);
      return _mm512_and_si512(_mm512_cvtps_epi32(x), _mm512_set1_epi32(0xff));
    };
    const __m512i low = _mm512_or_si512(row(0), _mm512_slli_epi32(row(1), 8));
    const __m512i high = _mm512_or_si512(row(2), _mm512_slli_epi32(row(3), 8));
    return _mm512_castsi512_ps(_mm512_or_si512(low, _mm512_slli_epi32(high, 16)));
  }
};

using Int8Step = simd::Int8Step<Int8Dot>;

}  // namespace neiro::avx512_vnni
