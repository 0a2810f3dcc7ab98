// A product without rounded factors: tiles of 64 x 64 by plain fused multiply-adds, each thread 4 x
// 4 of them. For what must be exact, and for GPUs whose tensor cores know no BF16.
#pragma once

#include "backend/cuda/operand.h"

namespace neiro::cuda {

struct F32Tile {
  static constexpr int kM = 64, kN = 64, kK = 16, kThreads = 256;
  static constexpr int kPad = 4;

  struct Shared {
    float a[kK][kM + kPad];
    float b[kK][kN + kPad];
    float codes[16];
  };
};

// Eight values of one operand's tile, [k][i].
template <class Of>
DEVICE void lay_f32_chunk(float (&tile)[F32Tile::kK][F32Tile::kM + F32Tile::kPad],
                          const Of& operand, int64_t first, int64_t k, int row, int col,
                          const float* codes) {
  Chunk<Of::kFormat> chunk;
  float v[8];
  if constexpr (Of::kRowsAlongK) {
    operand.fetch(chunk, first + row, k + col);
    chunk.unpack(v, codes);
#pragma unroll
    for (int i = 0; i < 8; ++i) tile[col + i][row] = v[i];
  } else {
    operand.fetch(chunk, first + col, k + row);
    chunk.unpack(v, codes);
#pragma unroll
    for (int i = 0; i < 8; ++i) tile[row][col + i] = v[i];
  }
}

// One operand's tile, [k][i]: 128 threads, eight values each.
template <class Of>
DEVICE void lay_f32_tile(float (&tile)[F32Tile::kK][F32Tile::kM + F32Tile::kPad], const Of& operand,
                         int64_t first, int64_t k, int thread, const float* codes) {
  constexpr int kPerRow = Of::kRowsAlongK ? F32Tile::kK / 8 : F32Tile::kM / 8;
  const int row = thread / kPerRow, col = thread % kPerRow * 8;
  if constexpr (Of::kFormat == Format::kAny) {
#pragma unroll 1
    for (int c = col; c < col + 8; ++c) {
      const int i = Of::kRowsAlongK ? row : c, at = Of::kRowsAlongK ? c : row;
      tile[at][i] = operand.value(first + i, k + at);
    }
    return;
  } else {
    lay_f32_chunk(tile, operand, first, k, row, col, codes);
  }
}

template <class A, class B>
KERNEL(F32Tile::kThreads)
product_f32_kernel(A a, B b, Result result) {
  using T = F32Tile;
  T::Shared& s = shared<T::Shared>();
  const int thread = static_cast<int>(threadIdx.x);
  const int64_t m0 = static_cast<int64_t>(blockIdx.x) * T::kM;
  const int64_t n0 = static_cast<int64_t>(blockIdx.y) * T::kN;
  if (thread < 16) s.codes[thread] = b.w.codes[thread];
  sync_block();
  const int m = thread / 16 * 4, n = thread % 16 * 4;
  float sum[4][4] = {};
  for (int64_t k = 0; k < result.K; k += T::kK) {
    if (thread < 128) {
      lay_f32_tile(s.a, a, m0, k, thread, s.codes);
    } else {
      lay_f32_tile(s.b, b, n0, k, thread - 128, s.codes);
    }
    sync_block();
#pragma unroll
    for (int i = 0; i < T::kK; ++i) {
      const float4 x = load4(&s.a[i][m]), y = load4(&s.b[i][n]);
      const float left[4] = {x.x, x.y, x.z, x.w}, right[4] = {y.x, y.y, y.z, y.w};
#pragma unroll
      for (int r = 0; r < 4; ++r) {
#pragma unroll
        for (int c = 0; c < 4; ++c) sum[r][c] += left[r] * right[c];
      }
    }
    sync_block();
  }
#pragma unroll
  for (int r = 0; r < 4; ++r) {
#pragma unroll
    for (int c = 0; c < 4; ++c) result.put(m0 + m + r, n0 + n + c, sum[r][c]);
  }
}

}  // namespace neiro::cuda
