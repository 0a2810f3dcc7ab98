// The products of AVX-VNNI; everything else is the table of AVX2.
#if defined(NEIRO_X86)

#include "backend/cpu/simd/table.h"

#include "backend/cpu/avx_vnni/int8_dot.h"
#include "backend/cpu/isa.h"
#include "backend/cpu/simd/peak.h"

namespace neiro::avx_vnni {

Kernels over(const Kernels& others) {
  return simd::with_int8_products<Int8Step>(others, "avx-vnni");
}

double register_products(int64_t rounds, float* sink) {
  return simd::register_products<Int8Step>(rounds, sink);
}

}  // namespace neiro::avx_vnni

#endif
