// The table of NEON: the vector templates made for its registers.
#if defined(NEIRO_ARM64)

#include "backend/cpu/simd/table.h"

#include "backend/cpu/isa.h"
#include "backend/cpu/neon/f32.h"
#include "backend/cpu/simd/peak.h"

namespace neiro::neon {

const Kernels& kernels() {
  static constexpr Kernels kTable = simd::table<F32>("neon");
  return kTable;
}

const Kernels& bf16_kernels() {
  static constexpr Kernels kTable =
      simd::with_products<simd::RoundedStep<F32>>(simd::table<F32>("neon"), "neon (BF16 rounded)");
  return kTable;
}

double register_products(int64_t rounds, float* sink) {
  return simd::register_products<simd::F32Step<F32>>(rounds, sink);
}

}  // namespace neiro::neon

#endif
