// What this machine offers the process: processors and instruction sets. Not a place for decisions:
// the backend makes those.
#pragma once

#include <cstdint>
#include <string>

namespace neiro {

// E.g. "AMD Ryzen 7 7840U w/ Radeon 780M Graphics"; "unknown processor" where the system is silent.
std::string processor_name();

// Processors this process may run on (its affinity), at least 1.
int available_processors();

// Instructions that both the processor and the operating system (wide registers) allow.
bool has_avx2();         // AVX2, FMA and F16C
bool has_avx512();       // AVX-512 F, BW, DQ, VL and all of has_avx2()
bool has_avx512_bf16();  // products of BF16 pairs, and all of has_avx512()
bool has_avx512_vnni();  // sums of products of bytes, and all of has_avx512()
bool has_avx_vnni();     // the same eight lanes wide, and all of has_avx2()
bool has_neon_dot();     // the same on 64-bit ARM
bool has_neon_bf16();    // the same on 64-bit ARM, all of which has NEON

}  // namespace neiro
