// Tiles of attention on tensor cores: factors rounded to BF16 on the way into shared memory,
// scores, softmax and sums in F32. A warp owns 16 rows, a block 64; what is met is taken 64 or 32
// rows at a time. Who owns what is as in attention_f32.h: queries forward and for dq, keys for dk
// and dv. The weights that a warp has made of scores are, lane by lane, the left factor of the next
// product, so they never leave registers.
#pragma once

#include "backend/cuda/attention_f32.h"
#include "backend/cuda/product_bf16.h"

namespace neiro::cuda {

inline constexpr int kTensorWarps = 4, kTensorRows = 16 * kTensorWarps;
inline constexpr int kTensorThreads = kTensorWarps * kWarp;

// kRows rows of one head of up to kD values.
template <int kRows_, int kD_>
struct HeadRows {
  static constexpr int kRows = kRows_, kD = kD_;
  alignas(16) uint16_t values[kRows][kD + 8];

  // Rows [first, first + kRows) of x[.., heads * D]; zeros outside of [0, limit) and behind D.
  // `whole`: heads are whole eights on addresses of 16 bytes.
  DEVICE void load(const float* x, int64_t begin, int64_t first, int64_t limit, int64_t row_stride,
                   int head, int D, bool whole) {
    constexpr int kPerRow = kD / 8;
#pragma unroll 4
    for (int at = static_cast<int>(threadIdx.x); at < kRows * kPerRow; at += kTensorThreads) {
      const int row = at / kPerRow, col = at % kPerRow * 8;
      const float* from =
          x + (begin + first + row) * row_stride + static_cast<int64_t>(head) * D + col;
      float v[8] = {};
      if (first + row >= 0 && first + row < limit) {
        if (whole) {
          if (col < D) {
            const float4 low = load4(from), high = load4(from + 4);
            v[0] = low.x, v[1] = low.y, v[2] = low.z, v[3] = low.w;
            v[4] = high.x, v[5] = high.y, v[6] = high.z, v[7] = high.w;
          }
        } else {
#pragma unroll
          for (int i = 0; i < 8; ++i) {
            if (col + i < D) v[i] = from[i];
          }
        }
      }
      store_words4(&values[row][col], make_uint4(pack_bf16(v[0], v[1]), pack_bf16(v[2], v[3]),
                                                 pack_bf16(v[4], v[5]), pack_bf16(v[6], v[7])));
    }
  }

  // As left factor, rows from `row` and values of the head from `d` on.
  DEVICE void load_left(uint32_t (&to)[4], int row, int d) const {
    const int lane = static_cast<int>(threadIdx.x) % kWarp;
    load_matrices(to, &values[row + lane % 8 + lane / 8 % 2 * 8][d + lane / 16 * 8]);
  }
  // As right factor whose columns are rows here: of two times eight.
  DEVICE void load_right(uint32_t (&to)[4], int row, int d) const {
    const int lane = static_cast<int>(threadIdx.x) % kWarp;
    load_matrices(to, &values[row + lane % 8 + lane / 16 * 8][d + lane / 8 % 2 * 8]);
  }
  // As right factor whose columns are values of the head, k runs over rows.
  DEVICE void load_right_across(uint32_t (&to)[4], int row, int d) const {
    const int lane = static_cast<int>(threadIdx.x) % kWarp;
    load_matrices_transposed(to, &values[row + lane % 8 + lane / 8 % 2 * 8][d + lane / 16 * 8]);
  }
};

// A warp's 16 rows times 8 kTiles columns: of a tile, lane holds row lane / 4 (values 0 and 1) and
// row lane / 4 + 8 (2 and 3), columns lane % 4 * 2 and the next.
template <int kTiles>
using WarpTile = float[kTiles][4];

template <int kTiles>
DEVICE void clear_tile(float (&tile)[kTiles][4]) {
#pragma unroll
  for (int n = 0; n < kTiles; ++n) {
#pragma unroll
    for (int i = 0; i < 4; ++i) tile[n][i] = 0;
  }
}

// scores = rows [row, row + 16) of `own` times all rows of `others`.
template <class Own, class Others, int kTiles>
DEVICE void multiply_rows(float (&scores)[kTiles][4], const Own& own, int row,
                          const Others& others) {
  static_assert(kTiles * 8 == Others::kRows);
  clear_tile(scores);
#pragma unroll
  for (int d = 0; d < Own::kD; d += 16) {
    uint32_t left[4];
    own.load_left(left, row, d);
#pragma unroll
    for (int n = 0; n < kTiles; n += 2) {
      uint32_t right[4];
      others.load_right(right, 8 * n, d);
      multiply_bf16(scores[n], left, right[0], right[1]);
      multiply_bf16(scores[n + 1], left, right[2], right[3]);
    }
  }
}

// sums[16, kD] += weights[16, rows of others] times others.
template <class Others, int kTiles, int kSums>
DEVICE void add_weighted(float (&sums)[kSums][4], const float (&weights)[kTiles][4],
                         const Others& others) {
  static_assert(kTiles * 8 == Others::kRows && kSums * 8 == Others::kD);
#pragma unroll
  for (int n = 0; n < kTiles; n += 2) {
    const uint32_t left[4] = {pack_bf16(weights[n][0], weights[n][1]),
                              pack_bf16(weights[n][2], weights[n][3]),
                              pack_bf16(weights[n + 1][0], weights[n + 1][1]),
                              pack_bf16(weights[n + 1][2], weights[n + 1][3])};
#pragma unroll
    for (int d = 0; d < kSums; d += 2) {
      uint32_t right[4];
      others.load_right_across(right, 8 * n, 8 * d);
      multiply_bf16(sums[d], left, right[0], right[1]);
      multiply_bf16(sums[d + 1], left, right[2], right[3]);
    }
  }
}

// A lane's part of row `half` (0: row lane / 4, 1: eight further down) to one head of `to`.
template <int kSums>
DEVICE void put_half(float* to, const float (&sums)[kSums][4], int half, float factor, int D) {
  const int col = static_cast<int>(threadIdx.x) % 4 * 2;
#pragma unroll
  for (int n = 0; n < kSums; ++n) {
#pragma unroll
    for (int i = 0; i < 2; ++i) {
      if (8 * n + col + i < D) to[8 * n + col + i] = sums[n][2 * half + i] * factor;
    }
  }
}

template <int kD>
struct TensorForward {
  static constexpr int kOthers = 64;
  HeadRows<kTensorRows, kD> q;
  HeadRows<kOthers, kD> k, v;
};

// Grid: tiles of queries x heads x examples.
template <int kD>
KERNEL(kTensorThreads)
attention_forward_bf16_kernel(float* out, float* lse, const float* q, const float* k,
                              const float* v, Examples examples, Heads shape, Mask mask,
                              Score score, bool whole) {
  using Shared = TensorForward<kD>;
  Shared& s = shared<Shared>();
  const Example e(examples, blockIdx.z);
  const int head = static_cast<int>(blockIdx.y), kv_head = shape.kv_of(head);
  const int64_t i0 = static_cast<int64_t>(blockIdx.x) * kTensorRows;
  if (i0 >= e.queries) return;
  const int lane = static_cast<int>(threadIdx.x) % kWarp;
  const int row = static_cast<int>(threadIdx.x) / kWarp * 16;  // of the warp, in the block
  const int64_t i = i0 + row + lane / 4;                       // and i + 8
  s.q.load(q, e.first_query, i0, e.queries, shape.query_stride(), head, shape.D, whole);
  float top[2] = {-INFINITY, -INFINITY}, sum[2] = {};
  WarpTile<kD / 8> sums;
  clear_tile(sums);
  const int64_t end = mask.end_key(e.start + i0, kTensorRows, e.keys);
  for (int64_t j0 = mask.first_key(e.start + i0); j0 < end; j0 += Shared::kOthers) {
    sync_block();
    s.k.load(k, e.first_key, j0, e.keys, shape.key_stride(), kv_head, shape.D, whole);
    s.v.load(v, e.first_key, j0, e.keys, shape.key_stride(), kv_head, shape.D, whole);
    sync_block();
    constexpr int kTiles = Shared::kOthers / 8;
    WarpTile<kTiles> scores;
    multiply_rows(scores, s.q, row, s.k);
#pragma unroll
    for (int half = 0; half < 2; ++half) {
      float largest = top[half];
#pragma unroll
      for (int n = 0; n < kTiles; ++n) {
#pragma unroll
        for (int c = 0; c < 2; ++c) {
          float& value = scores[n][2 * half + c];
          const int64_t j = j0 + 8 * n + lane % 4 * 2 + c;
          value = mask.sees(e.start + i + 8 * half, j, e.keys) ? score.of(value) : -INFINITY;
          largest = fmaxf(largest, value);
        }
      }
      largest = row_max(largest);
      const float shrink = largest == -INFINITY ? 1.0f : expf(top[half] - largest);
      float own = 0;
#pragma unroll
      for (int n = 0; n < kTiles; ++n) {
#pragma unroll
        for (int c = 0; c < 2; ++c) {
          float& value = scores[n][2 * half + c];
          value = value == -INFINITY ? 0.0f : expf(value - largest);
          own += value;
        }
      }
      top[half] = largest;
      sum[half] = sum[half] * shrink + row_sum(own);
#pragma unroll
      for (int n = 0; n < kD / 8; ++n) {
        sums[n][2 * half] *= shrink;
        sums[n][2 * half + 1] *= shrink;
      }
    }
    add_weighted(sums, scores, s.v);
  }
#pragma unroll
  for (int half = 0; half < 2; ++half) {
    const int64_t query = i + 8 * half;
    if (query >= e.queries) continue;
    const int64_t at = (e.first_query + query) * shape.heads + head;
    const float worth = score.meet_sink(head, top[half], sum[half]);
    put_half(out + at * shape.D, sums, half, worth / sum[half], shape.D);
    if (lse != nullptr && lane % 4 == 0) lse[at] = top[half] + logf(sum[half]);
  }
}

template <int kD>
struct TensorBackward {
  static constexpr int kOthers = 32;
  HeadRows<kTensorRows, kD> first, second;  // of the rows owned: q and dout, or k and v
  HeadRows<kOthers, kD> third, fourth;      // of those met: k and v, or q and dout
  float lse[kOthers], delta[kOthers];
};

// dq_i = scale sum_j ds_ij k_j. Grid as forward.
template <int kD>
KERNEL(kTensorThreads)
attention_query_gradient_bf16_kernel(float* dq, const float* dout, const float* delta,
                                     const float* lse, const float* q, const float* k,
                                     const float* v, Examples examples, Heads shape, Mask mask,
                                     Score score, bool whole) {
  using Shared = TensorBackward<kD>;
  Shared& s = shared<Shared>();
  const Example e(examples, blockIdx.z);
  const int head = static_cast<int>(blockIdx.y), kv_head = shape.kv_of(head);
  const int64_t i0 = static_cast<int64_t>(blockIdx.x) * kTensorRows;
  if (i0 >= e.queries) return;
  const int lane = static_cast<int>(threadIdx.x) % kWarp;
  const int row = static_cast<int>(threadIdx.x) / kWarp * 16;
  const int64_t i = i0 + row + lane / 4;
  s.first.load(q, e.first_query, i0, e.queries, shape.query_stride(), head, shape.D, whole);
  s.second.load(dout, e.first_query, i0, e.queries, shape.query_stride(), head, shape.D, whole);
  float own_lse[2], own_delta[2];
#pragma unroll
  for (int half = 0; half < 2; ++half) {
    const int64_t query = i + 8 * half;
    const int64_t at = (e.first_query + query) * shape.heads + head;
    own_lse[half] = query < e.queries ? lse[at] : 0.0f;
    own_delta[half] = query < e.queries ? delta[at] : 0.0f;
  }
  WarpTile<kD / 8> sums;
  clear_tile(sums);
  const int64_t end = mask.end_key(i0, kTensorRows, e.keys);
  for (int64_t j0 = mask.first_key(i0); j0 < end; j0 += Shared::kOthers) {
    sync_block();
    s.third.load(k, e.first_key, j0, e.keys, shape.key_stride(), kv_head, shape.D, whole);
    s.fourth.load(v, e.first_key, j0, e.keys, shape.key_stride(), kv_head, shape.D, whole);
    sync_block();
    constexpr int kTiles = Shared::kOthers / 8;
    WarpTile<kTiles> scores, dp;
    multiply_rows(scores, s.first, row, s.third);
    multiply_rows(dp, s.second, row, s.fourth);
#pragma unroll
    for (int n = 0; n < kTiles; ++n) {
#pragma unroll
      for (int c = 0; c < 4; ++c) {
        const int half = c / 2;
        const int64_t j = j0 + 8 * n + lane % 4 * 2 + c % 2;
        float ds = 0;
        if (mask.sees(i + 8 * half, j, e.keys)) {
          const float value = score.of(scores[n][c]);
          ds = expf(value - own_lse[half]) * (dp[n][c] - own_delta[half]) * score.slope(value);
        }
        scores[n][c] = ds;
      }
    }
    add_weighted(sums, scores, s.third);
  }
#pragma unroll
  for (int half = 0; half < 2; ++half) {
    const int64_t query = i + 8 * half;
    if (query >= e.queries) continue;
    const int64_t at = (e.first_query + query) * shape.heads + head;
    put_half(dq + at * shape.D, sums, half, score.scale, shape.D);
  }
}

// dk_j = scale sum_i ds_ij q_i,  dv_j = sum_i p_ij dout_i. Grid: tiles of keys x key heads x
// examples.
template <int kD>
KERNEL(kTensorThreads)
attention_key_gradient_bf16_kernel(float* dk, float* dv, const float* dout, const float* delta,
                                   const float* lse, const float* q, const float* k, const float* v,
                                   Examples examples, Heads shape, Mask mask, Score score,
                                   bool whole) {
  using Shared = TensorBackward<kD>;
  Shared& s = shared<Shared>();
  const Example e(examples, blockIdx.z);
  const int kv_head = static_cast<int>(blockIdx.y), group = shape.heads / shape.kv_heads;
  const int64_t j0 = static_cast<int64_t>(blockIdx.x) * kTensorRows;
  if (j0 >= e.keys) return;
  const int lane = static_cast<int>(threadIdx.x) % kWarp;
  const int row = static_cast<int>(threadIdx.x) / kWarp * 16;
  const int64_t j = j0 + row + lane / 4;
  s.first.load(k, e.first_key, j0, e.keys, shape.key_stride(), kv_head, shape.D, whole);
  s.second.load(v, e.first_key, j0, e.keys, shape.key_stride(), kv_head, shape.D, whole);
  WarpTile<kD / 8> sums_k, sums_v;
  clear_tile(sums_k);
  clear_tile(sums_v);
  const int64_t end = mask.end_query(j0, kTensorRows, e.queries);
  for (int head = kv_head * group; head < (kv_head + 1) * group; ++head) {
    for (int64_t i0 = mask.first_query(j0); i0 < end; i0 += Shared::kOthers) {
      sync_block();
      s.third.load(q, e.first_query, i0, e.queries, shape.query_stride(), head, shape.D, whole);
      s.fourth.load(dout, e.first_query, i0, e.queries, shape.query_stride(), head, shape.D, whole);
      if (threadIdx.x < Shared::kOthers) {
        const int64_t i = i0 + threadIdx.x;
        const int64_t at = (e.first_query + i) * shape.heads + head;
        s.lse[threadIdx.x] = i < e.queries ? lse[at] : 0.0f;
        s.delta[threadIdx.x] = i < e.queries ? delta[at] : 0.0f;
      }
      sync_block();
      constexpr int kTiles = Shared::kOthers / 8;
      WarpTile<kTiles> p, ds;  // keys down, queries across
      multiply_rows(p, s.first, row, s.third);
      multiply_rows(ds, s.second, row, s.fourth);
#pragma unroll
      for (int n = 0; n < kTiles; ++n) {
#pragma unroll
        for (int c = 0; c < 4; ++c) {
          const int query = 8 * n + lane % 4 * 2 + c % 2;
          float weight = 0, gradient = 0;
          if (mask.sees(i0 + query, j + 8 * (c / 2), e.keys)) {
            const float value = score.of(p[n][c]);
            weight = expf(value - s.lse[query]);
            gradient = weight * (ds[n][c] - s.delta[query]) * score.slope(value);
          }
          p[n][c] = weight;
          ds[n][c] = gradient;
        }
      }
      add_weighted(sums_v, p, s.fourth);
      add_weighted(sums_k, ds, s.third);
    }
  }
#pragma unroll
  for (int half = 0; half < 2; ++half) {
    const int64_t key = j + 8 * half;
    if (key >= e.keys) continue;
    const int64_t at = ((e.first_key + key) * shape.kv_heads + kv_head) * shape.D;
    put_half(dk + at, sums_k, half, score.scale, shape.D);
    put_half(dv + at, sums_v, half, 1.0f, shape.D);
  }
}

}  // namespace neiro::cuda
