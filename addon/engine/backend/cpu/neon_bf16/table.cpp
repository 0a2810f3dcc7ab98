// The products of BFDOT; everything else is the table of NEON.
#if defined(NEIRO_ARM64)

#include "backend/cpu/simd/table.h"

#include "backend/cpu/isa.h"
#include "backend/cpu/neon_bf16/bf16_step.h"
#include "backend/cpu/simd/peak.h"

namespace neiro::neon_bf16 {

const Kernels& kernels() {
  static const Kernels kTable = simd::with_products<Bf16Step>(neon::kernels(), "neon-bf16");
  return kTable;
}

double register_products(int64_t rounds, float* sink) {
  return simd::register_products<Bf16Step>(rounds, sink);
}

}  // namespace neiro::neon_bf16

#endif
