// The products of AVX-VNNI by the instruction of AVX-512 that does the same eight lanes wide: so
// that they are tried on processors that have only that one. A name of its own keeps both apart.
#if defined(__x86_64__)
#define avx_vnni avx_vnni_by_avx512
#include "backend/cpu/avx_vnni/int8_dot.h"
#include "backend/cpu/simd/table.h"

namespace neiro::avx_vnni {

Kernels over(const Kernels& others) {
  return simd::with_int8_products<Int8Step>(others, "avx-vnni by avx512");
}

}  // namespace neiro::avx_vnni
#endif
