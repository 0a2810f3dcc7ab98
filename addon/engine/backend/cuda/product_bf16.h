// A product on tensor cores: both factors rounded to BF16 on the way into shared memory, whatever
// they are stored as (NF4 is decoded there), sums in F32. Tiles of kM x kN, a part each warp; while
// one tile of k is multiplied the next is on its way through registers, and shared memory holds
// both. Where there are too few tiles to keep a GPU busy, several blocks share out the k of each.
#pragma once

#include "backend/cuda/operand.h"

namespace neiro::cuda {

// kWarpsM x kWarpsN warps, each kWarpM x kWarpN of the tile.
template <int kWarpsM_, int kWarpsN_, int kWarpM_, int kWarpN_, int kK_ = 32>
struct Bf16Tile {
  static constexpr int kWarpsM = kWarpsM_, kWarpsN = kWarpsN_, kWarpM = kWarpM_, kWarpN = kWarpN_;
  static constexpr int kM = kWarpsM * kWarpM, kN = kWarpsN * kWarpN, kK = kK_;
  static constexpr int kThreads = kWarpsM * kWarpsN * kWarp;
  static_assert(kWarpM % 16 == 0 && kWarpN % 16 == 0);
};
using LargeTile = Bf16Tile<2, 4, 64, 32>;  // 128 x 128, 256 threads
using SmallTile = Bf16Tile<2, 2, 32, 32>;  // 64 x 64, 128 threads
// Of LoRA, whose rank is one side: what decides is how fast the long factor is read.
using NarrowTile = Bf16Tile<4, 1, 32, 16, 64>;  // 128 x 16, 128 threads
using FlatTile = Bf16Tile<1, 4, 16, 32, 64>;    // 16 x 128, 128 threads

// How k is shared out: blocks (.., .., z) sum [z * step, (z + 1) * step), step whole tiles.
// Without `parts` one block does all; else each leaves its sums in parts[z][M][N].
struct Share {
  int64_t step;
  float* parts;
};

// A factor's part of a tile: kSize of its rows (or columns) by kK. Rows of 16-bit values are an odd
// number of 16 bytes apart, so that eight of them lie in different banks.
template <int kSize, int kK, bool kAlongK>
struct Bf16Side {
  static constexpr int kRows = kAlongK ? kSize : kK;
  static constexpr int kCols = kAlongK ? kK : kSize;
  static constexpr int kStride = kCols + 8;
  alignas(16) uint16_t values[kRows][kStride];

  // The 16 x 16 part from (i, k) on as the left factor of multiply_bf16.
  DEVICE void load_left(uint32_t (&to)[4], int i, int k) const {
    const int lane = static_cast<int>(threadIdx.x) % kWarp;
    const int low = lane % 8, second = lane / 8 % 2 * 8, third = lane / 16 * 8;
    if constexpr (kAlongK) {
      load_matrices(to, &values[i + low + second][k + third]);
    } else {
      load_matrices_transposed(to, &values[k + low + third][i + second]);
    }
  }
  // As the right factor of two, columns i .. i + 7 and i + 8 .. i + 15: words 0, 1 and 2, 3.
  DEVICE void load_right(uint32_t (&to)[4], int i, int k) const {
    const int lane = static_cast<int>(threadIdx.x) % kWarp;
    const int low = lane % 8, second = lane / 8 % 2 * 8, third = lane / 16 * 8;
    if constexpr (kAlongK) {
      load_matrices(to, &values[i + low + third][k + second]);
    } else {
      load_matrices_transposed(to, &values[k + low + second][i + third]);
    }
  }
};

// A thread's chunks of one side of a tile: fetched for the next tile while this one is multiplied.
template <class Of, int kSize, int kK, int kThreads>
struct SideLoader {
  using Side = Bf16Side<kSize, kK, Of::kRowsAlongK>;
  static constexpr int kPerRow = Side::kCols / 8;
  static constexpr int kChunks = kSize * kK / 8 / kThreads;
  static_assert(kChunks * kThreads * 8 == kSize * kK);
  Chunk<Of::kFormat> chunks[kChunks];

  DEVICE void fetch(const Of& operand, int64_t first, int64_t k) {
#pragma unroll
    for (int c = 0; c < kChunks; ++c) {
      const int at = c * kThreads + static_cast<int>(threadIdx.x);
      const int row = at / kPerRow, col = at % kPerRow * 8;
      operand.fetch(chunks[c], first + (Of::kRowsAlongK ? row : col),
                    k + (Of::kRowsAlongK ? col : row));
    }
  }
  DEVICE void lay(Side& side, const Of&, const float* codes) const {
#pragma unroll
    for (int c = 0; c < kChunks; ++c) {
      const int at = c * kThreads + static_cast<int>(threadIdx.x);
      float v[8];
      chunks[c].unpack(v, codes);
      store_words4(&side.values[at / kPerRow][at % kPerRow * 8],
                   make_uint4(pack_bf16(v[0], v[1]), pack_bf16(v[2], v[3]), pack_bf16(v[4], v[5]),
                              pack_bf16(v[6], v[7])));
    }
  }
};

// Value by value, when it is laid.
template <bool kAlongK, int kSize, int kK, int kThreads>
struct SideLoader<Operand<Format::kAny, kAlongK>, kSize, kK, kThreads> {
  using Of = Operand<Format::kAny, kAlongK>;
  using Side = Bf16Side<kSize, kK, kAlongK>;
  int64_t first, k;

  DEVICE void fetch(const Of&, int64_t first_, int64_t k_) {
    first = first_;
    k = k_;
  }
  DEVICE void lay(Side& side, const Of& operand, const float*) const {
#pragma unroll 1
    for (int at = static_cast<int>(threadIdx.x); at < kSize * kK; at += kThreads) {
      const int row = at / Side::kCols, col = at % Side::kCols;
      const float value = operand.value(first + (kAlongK ? row : col), k + (kAlongK ? col : row));
      side.values[row][col] = static_cast<uint16_t>(pack_bf16(value, 0));
    }
  }
};

template <class Tile, class A, class B>
struct Bf16Shared {
  Bf16Side<Tile::kM, Tile::kK, A::kRowsAlongK> a[2];
  Bf16Side<Tile::kN, Tile::kK, B::kRowsAlongK> b[2];
  float codes[16];
};

// A lane's part of 16 rows of a warp: rows `row` and row + 8, columns col + 8 c and the next. In
// pairs where rows are whole pairs, and everything that is added to is on its way at once.
template <int kCols>
DEVICE void put_rows(const Result& result, int64_t row, int64_t col, const float (&sum)[kCols][4]) {
  if (!result.in_pairs()) {
#pragma unroll
    for (int c = 0; c < kCols; ++c) {
#pragma unroll
      for (int i = 0; i < 4; ++i) {
        result.put(row + i / 2 * 8, col + 8 * c + i % 2, sum[c][i]);
      }
    }
    return;
  }
  float2 there[kCols][2];
#pragma unroll
  for (int c = 0; c < kCols; ++c) {
#pragma unroll
    for (int half = 0; half < 2; ++half) {
      there[c][half] = result.there(row + 8 * half, col + 8 * c);
    }
  }
#pragma unroll
  for (int c = 0; c < kCols; ++c) {
#pragma unroll
    for (int half = 0; half < 2; ++half) {
      result.put_pair(row + 8 * half, col + 8 * c, sum[c][2 * half], sum[c][2 * half + 1],
                      there[c][half]);
    }
  }
}

template <class Tile, class A, class B>
KERNEL(Tile::kThreads)
product_bf16_kernel(A a, B b, Result result, Share share) {
  using Shared = Bf16Shared<Tile, A, B>;
  Shared& s = shared<Shared>();
  const int thread = static_cast<int>(threadIdx.x);
  const int lane = thread % kWarp, warp = thread / kWarp;
  const int64_t m0 = static_cast<int64_t>(blockIdx.x) * Tile::kM;
  const int64_t n0 = static_cast<int64_t>(blockIdx.y) * Tile::kN;
  const int m = warp / Tile::kWarpsN * Tile::kWarpM, n = warp % Tile::kWarpsN * Tile::kWarpN;
  constexpr int kRows = Tile::kWarpM / 16, kCols = Tile::kWarpN / 8;
  // Tails: a warp whose part lies outside has nothing to multiply, but helps to load.
  const bool works = m0 + m < result.M && n0 + n < result.N;

  if (thread < 16) s.codes[thread] = b.w.codes[thread];
  sync_block();
  SideLoader<A, Tile::kM, Tile::kK, Tile::kThreads> left;
  SideLoader<B, Tile::kN, Tile::kK, Tile::kThreads> right;
  const int64_t begin = static_cast<int64_t>(blockIdx.z) * share.step;
  const int64_t end = begin + share.step < result.K ? begin + share.step : result.K;
  left.fetch(a, m0, begin);
  right.fetch(b, n0, begin);
  left.lay(s.a[0], a, s.codes);
  right.lay(s.b[0], b, s.codes);
  sync_block();

  float sum[kRows][kCols][4] = {};
  int stage = 0;
  for (int64_t k = begin; k < end; k += Tile::kK, stage ^= 1) {
    const bool more = k + Tile::kK < end;
    if (more) {
      left.fetch(a, m0, k + Tile::kK);
      right.fetch(b, n0, k + Tile::kK);
    }
    if (works) {
#pragma unroll
      for (int part = 0; part < Tile::kK; part += 16) {
        uint32_t x[kRows][4], y[kCols / 2][4];
#pragma unroll
        for (int r = 0; r < kRows; ++r) s.a[stage].load_left(x[r], m + 16 * r, part);
#pragma unroll
        for (int c = 0; c < kCols / 2; ++c) s.b[stage].load_right(y[c], n + 16 * c, part);
#pragma unroll
        for (int r = 0; r < kRows; ++r) {
#pragma unroll
          for (int c = 0; c < kCols; ++c) {
            multiply_bf16(sum[r][c], x[r], y[c / 2][c % 2 * 2], y[c / 2][c % 2 * 2 + 1]);
          }
        }
      }
    }
    if (more) {
      left.lay(s.a[stage ^ 1], a, s.codes);
      right.lay(s.b[stage ^ 1], b, s.codes);
    }
    sync_block();
  }
  if (share.parts != nullptr) {
    result = {share.parts + static_cast<int64_t>(blockIdx.z) * result.M * result.N,
              result.M,
              result.N,
              result.K,
              1.0f,
              false,
              nullptr};
  }
  const int64_t row = m0 + m + lane / 4, col = n0 + n + lane % 4 * 2;
#pragma unroll
  for (int r = 0; r < kRows; ++r) {
    put_rows(result, row + 16 * r, col, sum[r]);
  }
}

}  // namespace neiro::cuda
