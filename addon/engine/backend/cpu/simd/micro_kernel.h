// The innermost product: a tile of C held in registers. Everything that multiplies matrices
// (gemm.h, attention) ends here; a kernel for other number formats takes its place beside it.
#pragma once

#include <cstddef>
#include <utility>

#include "backend/cpu/simd/common.h"

namespace neiro::simd {

// What becomes of the sums: c = alpha * sum (+ c when add) (+ bias when not null).
struct Store {
  float alpha;
  bool add;
  const float* bias;
};

// c[m, n] = sum_k a[k, m] * b[k, n] for m < M and n < columns <= NV * lanes. Both operands lie
// k by k: one value of a is broadcast against NV vectors of b. b must be readable to the full
// NV * lanes. Each element is one chain of fused additions in the order of k, whatever the tile.
template <class F, int M, int NV>
void micro_kernel(int64_t K, const float* a, int64_t lda, const float* b, int64_t ldb, float* c,
                  int64_t ldc, int64_t columns, const Store& store) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  Reg sum[M][NV];
  NEIRO_UNROLL
  for (int m = 0; m < M; ++m) {
    NEIRO_UNROLL
    for (int v = 0; v < NV; ++v) sum[m][v] = F::zero();
  }
  for (int64_t k = 0; k < K; ++k, a += lda, b += ldb) {
    Reg right[NV];
    NEIRO_UNROLL
    for (int v = 0; v < NV; ++v) right[v] = F::load(b + v * L);
    NEIRO_UNROLL
    for (int m = 0; m < M; ++m) {
      const Reg left = F::set(a[m]);
      NEIRO_UNROLL
      for (int v = 0; v < NV; ++v) sum[m][v] = F::fma(left, right[v], sum[m][v]);
    }
  }
  const Reg alpha = F::set(store.alpha);
  NEIRO_UNROLL
  for (int v = 0; v < NV; ++v) {
    const int64_t n = columns - v * L;
    if (n >= L) {
      const Reg bias = store.bias != nullptr ? F::load(store.bias + v * L) : F::zero();
      NEIRO_UNROLL
      for (int m = 0; m < M; ++m) {
        float* out = c + m * ldc + v * L;
        const Reg base = store.add ? F::add(F::load(out), bias) : bias;
        F::store(out, F::fma(alpha, sum[m][v], base));
      }
    } else if (n > 0) {
      const Reg bias = store.bias != nullptr ? F::load_n(store.bias + v * L, n) : F::zero();
      NEIRO_UNROLL
      for (int m = 0; m < M; ++m) {
        float* out = c + m * ldc + v * L;
        const Reg base = store.add ? F::add(F::load_n(out, n), bias) : bias;
        F::store_n(out, F::fma(alpha, sum[m][v], base), n);
      }
    }
  }
}

using MicroKernel = void (*)(int64_t K, const float* a, int64_t lda, const float* b, int64_t ldb,
                             float* c, int64_t ldc, int64_t columns, const Store& store);

// The kernels of every number of rows, for one vector of columns and for the full width.
template <class F, class Rows = std::make_index_sequence<F::kTileRows>>
struct MicroKernels;
template <class F, std::size_t... I>
struct MicroKernels<F, std::index_sequence<I...>> {
  static constexpr MicroKernel narrow[] = {micro_kernel<F, I + 1, 1>...};
  static constexpr MicroKernel wide[] = {micro_kernel<F, I + 1, F::kTileVectors>...};

  static MicroKernel pick(int64_t rows, int64_t columns) {
    return (columns <= F::kLanes ? narrow : wide)[rows - 1];
  }
};

// M rows in as few tiles as fit, of nearly equal height: tile i is [start(i), start(i + 1)).
template <class F>
struct RowTiles {
  explicit RowTiles(int64_t M) : rows(M), count(divide_up(M, F::kTileRows)) {}
  int64_t start(int64_t i) const { return i * rows / count; }
  int64_t rows, count;
};

// The same product for any M and N, straight from where the operands lie: for small tiles that
// are in the cache already. b must be readable to N rounded up to whole vectors.
template <class F>
void tile_product(int64_t M, int64_t N, int64_t K, const float* a, int64_t lda, const float* b,
                  int64_t ldb, float* c, int64_t ldc, const Store& store) {
  constexpr int64_t kWidth = F::kLanes * F::kTileVectors;
  const RowTiles<F> tiles(M);
  for (int64_t n = 0; n < N; n += kWidth) {
    const int64_t columns = smaller(kWidth, N - n);
    for (int64_t i = 0; i < tiles.count; ++i) {
      const int64_t m = tiles.start(i);
      const MicroKernel kernel = MicroKernels<F>::pick(tiles.start(i + 1) - m, columns);
      kernel(K, a + m, lda, b + n, ldb, c + m * ldc + n, ldc, columns, store);
    }
  }
}

}  // namespace neiro::simd
