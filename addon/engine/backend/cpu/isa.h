// What each instruction set's folder hands out: its table, and the loop that measures its ceiling.
// Calling any of it is only allowed where the processor has those instructions.
#pragma once

#include "backend/cpu/kernels.h"

namespace neiro {
namespace avx2 {
const Kernels& kernels();
const Kernels& bf16_kernels();
double register_products(int64_t rounds, float* sink);
}  // namespace avx2
namespace avx512 {
const Kernels& kernels();
const Kernels& bf16_kernels();
double register_products(int64_t rounds, float* sink);
}  // namespace avx512
namespace avx512_bf16 {
const Kernels& kernels();
double register_products(int64_t rounds, float* sink);
}  // namespace avx512_bf16
// A table with products of bytes, of which `others` does the rest.
namespace avx512_vnni {
Kernels over(const Kernels& others);
double register_products(int64_t rounds, float* sink);
}  // namespace avx512_vnni
namespace avx_vnni {
Kernels over(const Kernels& others);
double register_products(int64_t rounds, float* sink);
}  // namespace avx_vnni
namespace neon {
const Kernels& kernels();
const Kernels& bf16_kernels();
double register_products(int64_t rounds, float* sink);
}  // namespace neon
namespace neon_bf16 {
const Kernels& kernels();
double register_products(int64_t rounds, float* sink);
}  // namespace neon_bf16
namespace neon_dot {
Kernels over(const Kernels& others);
double register_products(int64_t rounds, float* sink);
}  // namespace neon_dot
}  // namespace neiro
