// The blocked product: C[M, N] = alpha A B. Cut as Goto & van de Geijn 2008: a block of B is
// packed (and decoded) once and used for all rows; a block of A fits the second-level cache, a
// panel of B the first. Threads share out rows and columns of C, never the sum over K, and blocks
// of K come in one order, so every element has the same bits for any number of threads.
#pragma once

#include "backend/cpu/simd/micro_kernel.h"
#include "backend/cpu/simd/pack.h"

namespace neiro::simd {

// Shape of the blocks, in cells, and what a worker needs for them.
template <class P>
struct Blocks {
  using F = typename P::Vector;
  static constexpr int64_t kWidth = F::kLanes * F::kTileVectors;  // columns of a panel
  static constexpr int64_t kDepth = P::kBlockSteps;               // longest block of K, in steps
  static constexpr int64_t kColumns = 1024;                       // columns of a block of B
  static constexpr int64_t kTiles = 224 / F::kTileRows;           // row tiles of a block of A
  static constexpr int64_t kRightFloats = right_floats<P>(kDepth) * kColumns;
  static constexpr int64_t kLeftFloats = kTiles * F::kTileRows * left_floats<P>(kDepth) + 64;
  static constexpr int64_t kWorkerBytes = (kRightFloats + kLeftFloats) * 4;
};

// How the grid of row tiles and column panels is cut into one part per thread: the cut whose
// largest part is smallest. A column costs more than its products (it is decoded), so ties and
// near ties keep the columns apart.
struct Cut {
  int64_t by_rows;
  int64_t by_columns;
};
template <class F>
Cut choose_cut(int64_t row_tiles, int64_t panels, int64_t threads) {
  constexpr int64_t kDecode = 4;  // of a panel, in row tiles
  Cut best = {1, 1};
  int64_t least = -1;
  for (int64_t by_columns = 1; by_columns <= threads; ++by_columns) {
    const int64_t by_rows = threads / by_columns;
    const int64_t cost = divide_up(panels, by_columns) * (divide_up(row_tiles, by_rows) + kDecode);
    if (least < 0 || cost <= least) {
      least = cost;
      best = {by_rows, by_columns};
    }
  }
  return best;
}

// C[M, N] (ldc = N) = alpha A[M, K] B[K, N] in steps of P, with, both counting k in steps,
//   pack_left(out, m, rows, k, depth)        out[k, m] of one row tile, and its scales
//   pack_right(out, n, columns, k, depth)    panels of kWidth columns with their scales, each of
//                                            right_floats(depth) * kWidth floats
// store's add and bias are those of the whole product.
template <class P, class PackLeft, class PackRight>
void gemm(const Workers& workers, float* c, int64_t M, int64_t N, int64_t K, const Store& store,
          const PackLeft& pack_left, const PackRight& pack_right) {
  using F = typename P::Vector;
  using B = Blocks<P>;
  const int64_t steps = divide_up(K, P::kDepth);
  const RowTiles<F> tiles(M);
  const int64_t panels = divide_up(N, B::kWidth);
  const Cut cut = choose_cut<F>(tiles.count, panels, workers.pool->size());
  const int64_t depth_step = round_up(divide_up(steps, divide_up(steps, B::kDepth)), kRun);

  const auto block = [&](float* left, float* right, int64_t tile0, int64_t tile1, int64_t n0,
                         int64_t columns, int64_t k0, int64_t depth) {
    for (int64_t i = tile0; i < tile1; ++i) {
      const int64_t m = tiles.start(i);
      pack_left(left + (m - tiles.start(tile0)) * left_floats<P>(depth), m, tiles.start(i + 1) - m,
                k0, depth);
    }
    for (int64_t n = 0; n < columns; n += B::kWidth) {
      const int64_t width = smaller(B::kWidth, columns - n);
      // The first block of K makes the element, the others add to it.
      Store part = {store.alpha, store.add || k0 > 0, nullptr};
      if (k0 == 0 && store.bias != nullptr) part.bias = store.bias + n0 + n;
      for (int64_t i = tile0; i < tile1; ++i) {
        const int64_t m = tiles.start(i);
        const int64_t rows = tiles.start(i + 1) - m;
        MicroKernels<P>::pick(rows, width)(
            depth, left + (m - tiles.start(tile0)) * left_floats<P>(depth), rows,
            right + n * right_floats<P>(depth), B::kWidth, c + m * N + n0 + n, N, width, part);
      }
    }
  };

  workers.pool->parallel_each(cut.by_rows * cut.by_columns, [&](int64_t index, int worker) {
    const int64_t row_part = index / cut.by_columns;
    const int64_t column_part = index % cut.by_columns;
    const int64_t tile_begin = row_part * tiles.count / cut.by_rows;
    const int64_t tile_end = (row_part + 1) * tiles.count / cut.by_rows;
    const int64_t n_begin = column_part * panels / cut.by_columns * B::kWidth;
    const int64_t n_end = smaller(N, (column_part + 1) * panels / cut.by_columns * B::kWidth);
    if (tile_begin == tile_end) return;
    float* right = reinterpret_cast<float*>(workers.scratch + worker * B::kWorkerBytes);
    float* left = right + B::kRightFloats;
    for (int64_t n0 = n_begin; n0 < n_end; n0 += B::kColumns) {
      const int64_t columns = smaller(B::kColumns, n_end - n0);
      for (int64_t k0 = 0; k0 < steps; k0 += depth_step) {
        const int64_t depth = smaller(depth_step, steps - k0);
        pack_right(right, n0, columns, k0, depth);
        for (int64_t tile = tile_begin; tile < tile_end; tile += B::kTiles) {
          block(left, right, tile, smaller(tile_end, tile + B::kTiles), n0, columns, k0, depth);
        }
      }
    }
  });
}

}  // namespace neiro::simd
