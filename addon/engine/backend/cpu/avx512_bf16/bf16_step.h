// Products of BF16 pairs by AVX512-BF16: a cell holds two values of k, and one instruction takes 32
// of them. Subnormal numbers count as zeros there (Intel's manual, VDPBF16PS).
#pragma once

#include "backend/cpu/avx512/f32.h"
#include "backend/cpu/simd/product_step.h"

namespace neiro::avx512_bf16 {

// A name of its own, so that nothing compiled here is linked into the table of AVX-512.
struct F32 : avx512::F32 {};

struct Bf16Step : simd::Unscaled<F32> {
  using Vector = F32;
  using Reg = F32::Reg;
  using Sum = F32::Reg;
  static constexpr int kDepth = 2;
  static constexpr bool kInPlace = false;

  static const float* cells_along(const float* values, int64_t n, float* buffer) {
    constexpr int64_t kPairs = F32::kLanes;
    for (int64_t i = 0; i < n; i += 2 * kPairs) {
      const int64_t left = n - i;
      const Reg low = left >= kPairs ? F32::load(values + i) : F32::load_n(values + i, left);
      const int64_t above = left - kPairs;
      const Reg high = above >= kPairs ? F32::load(values + i + kPairs)
                       : above > 0     ? F32::load_n(values + i + kPairs, above)
                                       : F32::zero();
      const __m512bh pairs = _mm512_cvtne2ps_pbh(high, low);
      F32::store(buffer + i / 2, _mm512_castsi512_ps((__m512i)pairs));
    }
    return buffer;
  }
  static const float* cells_across(const float* const* rows, int64_t n, float* buffer) {
    for (int64_t i = 0; i < n; i += F32::kLanes) {
      const __m512i even = rounded(F32::load_n(rows[0] + i, left_of(n - i)));
      const __m512i odd = rounded(F32::load_n(rows[1] + i, left_of(n - i)));
      const __m512i cells = _mm512_or_si512(even, _mm512_slli_epi32(odd, 16));
      F32::store(buffer + i, _mm512_castsi512_ps(cells));
    }
    return buffer;
  }

  static Sum zero() { return F32::zero(); }
  static Reg broadcast(const float* cell) { return F32::set(*cell); }
  static Reg load(const float* cells) { return F32::load(cells); }
  static Sum multiply(Reg left, Reg right, Sum sum) {
    return _mm512_dpbf16_ps(sum, (__m512bh)_mm512_castps_si512(left),
                            (__m512bh)_mm512_castps_si512(right));
  }

 private:
  static int64_t left_of(int64_t n) { return n < F32::kLanes ? n : F32::kLanes; }
  // BF16 in the low half of each lane.
  static __m512i rounded(Reg x) { return _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(x)); }
};

}  // namespace neiro::avx512_bf16
