// The products of SDOT; everything else is the table of NEON, or that with BFDOT.
#if defined(NEIRO_ARM64)

#include "backend/cpu/simd/table.h"

#include "backend/cpu/isa.h"
#include "backend/cpu/neon_dot/int8_dot.h"
#include "backend/cpu/simd/peak.h"

namespace neiro::neon_dot {

Kernels over(const Kernels& others) {
  return simd::with_int8_products<Int8Step>(others, "neon-dot");
}

double register_products(int64_t rounds, float* sink) {
  return simd::register_products<Int8Step>(rounds, sink);
}

}  // namespace neiro::neon_dot

#endif
