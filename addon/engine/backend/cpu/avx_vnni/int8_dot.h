// As avx512_vnni, eight lanes wide by AVX-VNNI: laptops that have no AVX-512.
#pragma once

#include "backend/cpu/avx2/f32.h"
#include "backend/cpu/simd/int8_step.h"

namespace neiro::avx_vnni {

// A name of its own, so that nothing compiled here is linked into another table.
struct F32 : avx2::F32 {
  // Of 16 registers: the sums of a group, the sums of all groups, and the operands.
  static constexpr int kTileRows = 3;
};

struct Int8Dot {
  using Vector = F32;
  using Reg = F32::Reg;
  struct Sum {
    __m256i lanes;
  };
  static constexpr int kLeftOffset = 128;

  static Sum zero() { return {_mm256_setzero_si256()}; }
  static Sum multiply(Reg left, Reg right, Sum sum) {
    const __m256i a = _mm256_castps_si256(left);
    const __m256i b = _mm256_castps_si256(right);
#if defined(__AVX512VNNI__) && defined(__AVX512VL__)
    return {_mm256_dpbusd_epi32(sum.lanes, a, b)};  // a test on a processor that has only this
#else
    return {_mm256_dpbusd_avx_epi32(sum.lanes, a, b)};
#endif
  }
  static Sum load(const float* p) {
    return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p))};
  }
  static void store(float* p, Sum sum) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), sum.lanes);
  }
  static Sum negative(Sum sum) { return {_mm256_sub_epi32(_mm256_setzero_si256(), sum.lanes)}; }
  static Reg as_floats(Sum sum) { return _mm256_cvtepi32_ps(sum.lanes); }
  static Reg offset_cell() { return _mm256_castsi256_ps(_mm256_set1_epi8(-128)); }

  // Eight values of at most 127, rounded to the nearest (ties to even), as bytes.
  static void store_bytes(int8_t* p, Reg x, int offset) {
    const __m256i whole = _mm256_add_epi32(_mm256_cvtps_epi32(x), _mm256_set1_epi32(offset));
    const __m128i low = _mm256_castsi256_si128(whole);
    const __m128i high = _mm256_extracti128_si256(whole, 1);
    // the low byte of each lane
    const __m128i pick = _mm_setr_epi8(0, 4, 8, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
    const __m128i bytes =
        _mm_unpacklo_epi32(_mm_shuffle_epi8(low, pick), _mm_shuffle_epi8(high, pick));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(p), bytes);
  }
  static Reg cells_across(const float* first, int64_t stride, Reg inverse) {
    const auto row = [&](int64_t k) NEIRO_INLINE_BODY {
      const Reg x = F32::mul(F32::load(first + k * stride), inverse);
      return _mm256_and_si256(_mm256_cvtps_epi32(x), _mm256_set1_epi32(0xff));
    };
    const __m256i low = _mm256_or_si256(row(0), _mm256_slli_epi32(row(1), 8));
    const __m256i high = _mm256_or_si256(row(2), _mm256_slli_epi32(row(3), 8));
    return _mm256_castsi256_ps(_mm256_or_si256(low, _mm256_slli_epi32(high, 16)));
  }
};

using Int8Step = simd::Int8Step<Int8Dot>;

}  // namespace neiro::avx_vnni
