// The products of AVX512-BF16; everything else is the table of AVX-512.
#if defined(NEIRO_X86)

#include "backend/cpu/simd/table.h"

#include "backend/cpu/avx512_bf16/bf16_step.h"
#include "backend/cpu/isa.h"
#include "backend/cpu/simd/peak.h"

namespace neiro::avx512_bf16 {

const Kernels& kernels() {
  static const Kernels kTable = simd::with_products<Bf16Step>(avx512::kernels(), "avx512-bf16");
  return kTable;
}

double register_products(int64_t rounds, float* sink) {
  return simd::register_products<Bf16Step>(rounds, sink);
}

}  // namespace neiro::avx512_bf16

#endif
