// Loops that are written out at compile time, the same by every compiler: a tile of registers is an
// array whose every index must be a constant, else the compiler keeps it in memory. (Pragmas would
// do for GCC and Clang; MSVC has none.)
#pragma once

#include <utility>

#if defined(_MSC_VER) && !defined(__clang__)
#define NEIRO_INLINE_BODY [[msvc::forceinline]]
#define NEIRO_INLINE __forceinline
#else
#define NEIRO_INLINE_BODY __attribute__((always_inline))
#define NEIRO_INLINE __attribute__((always_inline)) inline
#endif

namespace neiro::simd {

// A number of a loop, known while compiling: body(Index<3>) may say `r[i.value]`.
template <int I>
struct Index {
  static constexpr int value = I;
};

// body(Index<0>), ..., body(Index<N - 1>). The body is a lambda of its template, so its name
// carries the vector type (see common.h); write it `[&](auto i) NEIRO_INLINE_BODY { ... }`.
template <int N, class Body>
NEIRO_INLINE void unroll(Body body) {
  [&]<int... I>(std::integer_sequence<int, I...>) NEIRO_INLINE_BODY { (body(Index<I>{}), ...); }
  (std::make_integer_sequence<int, N>{});
}

}  // namespace neiro::simd
