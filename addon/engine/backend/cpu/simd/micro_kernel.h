// The innermost product: a tile of C held in registers. Everything that multiplies matrices
// (gemm.h, attention) ends here; number formats differ by their step (product_step.h) alone.
#pragma once

#include <cstddef>
#include <utility>

#include "backend/cpu/simd/common.h"
#include "backend/cpu/simd/product_step.h"

namespace neiro::simd {

// What becomes of the sums: c = alpha * sum (+ c when add) (+ bias when not null).
struct Store {
  float alpha;
  bool add;
  const float* bias;
};

// A tile of sums over `steps` steps, which moves a and b behind them.
template <class P, int M, int NV>
NEIRO_INLINE void sum_steps(int64_t steps, const float*& a, int64_t lda, const float*& b,
                            int64_t ldb, typename P::Sum (&sum)[M][NV]) {
  using F = typename P::Vector;
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  for (int64_t k = 0; k < steps; ++k, a += lda, b += ldb) {
    Reg right[NV];
    unroll<NV>([&](auto v) NEIRO_INLINE_BODY { right[v.value] = P::load(b + v.value * L); });
    unroll<M>([&](auto m) NEIRO_INLINE_BODY {
      const Reg left = P::broadcast(a + m.value);
      unroll<NV>([&](auto v) NEIRO_INLINE_BODY {
        sum[m.value][v.value] = P::multiply(left, right[v.value], sum[m.value][v.value]);
      });
    });
  }
}

// The same in F32, of groups with their scales.
template <class P, int M, int NV>
NEIRO_INLINE void sum_groups(int64_t steps, const float* a, int64_t lda, const float* b,
                             int64_t ldb, typename P::Vector::Reg (&total)[M][NV]) {
  using F = typename P::Vector;
  constexpr int L = F::kLanes;
  unroll<M>([&](auto m) NEIRO_INLINE_BODY {
    unroll<NV>([&](auto v) NEIRO_INLINE_BODY { total[m.value][v.value] = F::zero(); });
  });
  for (int64_t k = 0; k < steps; k += P::kGroupSteps) {
    const int64_t group = smaller(P::kGroupSteps, steps - k);
    const float* scales = b + group * ldb;
    typename P::Sum sum[M][NV];
    unroll<NV>([&](auto v) NEIRO_INLINE_BODY {
      const typename P::Sum begin = P::begin(scales + v.value * L, ldb);
      unroll<M>([&](auto m) NEIRO_INLINE_BODY { sum[m.value][v.value] = begin; });
    });
    sum_steps<P>(group, a, lda, b, ldb, sum);
    unroll<M>([&](auto m) NEIRO_INLINE_BODY {
      unroll<NV>([&](auto v) NEIRO_INLINE_BODY {
        total[m.value][v.value] = P::add_scaled(sum[m.value][v.value], a + m.value,
                                                scales + v.value * L, total[m.value][v.value]);
      });
    });
    a += P::kLeftScales * lda;
    b += P::kRightScales * ldb;
  }
}

// c[m, n] = sum_k a[k, m] * b[k, n] for m < M and n < columns <= NV * lanes. Both operands lie cell
// by cell of P (product_step.h), `steps` of them along k: one cell of a is broadcast against NV
// vectors of b. b must be readable to the full NV * lanes. Each element is one chain of additions
// in the order of k, whatever the tile.
template <class P, int M, int NV>
void micro_kernel(int64_t steps, const float* a, int64_t lda, const float* b, int64_t ldb, float* c,
                  int64_t ldc, int64_t columns, const Store& store) {
  using F = typename P::Vector;
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  Reg total[M][NV];
  if constexpr (P::kGroupSteps > 0) {
    sum_groups<P>(steps, a, lda, b, ldb, total);
  } else {
    typename P::Sum sum[M][NV];
    unroll<M>([&](auto m) NEIRO_INLINE_BODY {
      unroll<NV>([&](auto v) NEIRO_INLINE_BODY { sum[m.value][v.value] = P::zero(); });
    });
    sum_steps<P>(steps, a, lda, b, ldb, sum);
    unroll<M>([&](auto m) NEIRO_INLINE_BODY {
      unroll<NV>([&](auto v) NEIRO_INLINE_BODY {
        total[m.value][v.value] = P::result(sum[m.value][v.value]);
      });
    });
  }
  const Reg alpha = F::set(store.alpha);
  unroll<NV>([&](auto v) NEIRO_INLINE_BODY {
    const int64_t n = columns - v.value * L;
    if (n >= L) {
      const Reg bias = store.bias != nullptr ? F::load(store.bias + v.value * L) : F::zero();
      unroll<M>([&](auto m) NEIRO_INLINE_BODY {
        float* out = c + m.value * ldc + v.value * L;
        const Reg base = store.add ? F::add(F::load(out), bias) : bias;
        F::store(out, F::fma(alpha, total[m.value][v.value], base));
      });
    } else if (n > 0) {
      const Reg bias = store.bias != nullptr ? F::load_n(store.bias + v.value * L, n) : F::zero();
      unroll<M>([&](auto m) NEIRO_INLINE_BODY {
        float* out = c + m.value * ldc + v.value * L;
        const Reg base = store.add ? F::add(F::load_n(out, n), bias) : bias;
        F::store_n(out, F::fma(alpha, total[m.value][v.value], base), n);
      });
    }
  });
}

using MicroKernel = void (*)(int64_t steps, const float* a, int64_t lda, const float* b,
                             int64_t ldb, float* c, int64_t ldc, int64_t columns,
                             const Store& store);

// The kernels of every number of rows, for one vector of columns and for the full width.
template <class P, class Rows = std::make_index_sequence<P::Vector::kTileRows>>
struct MicroKernels;
template <class P, std::size_t... I>
struct MicroKernels<P, std::index_sequence<I...>> {
  using F = typename P::Vector;
  static constexpr MicroKernel narrow[] = {micro_kernel<P, I + 1, 1>...};
  static constexpr MicroKernel wide[] = {micro_kernel<P, I + 1, F::kTileVectors>...};

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

// The F32 product for any M and N, straight from where the operands lie: for small tiles that
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
      const MicroKernel kernel = MicroKernels<F32Step<F>>::pick(tiles.start(i + 1) - m, columns);
      kernel(K, a + m, lda, b + n, ldb, c + m * ldc + n, ldc, columns, store);
    }
  }
}

}  // namespace neiro::simd
