// Tiles of attention in F32 (Dao 2023, FlashAttention-2): a few rows of queries against keys a few
// at a time, softmax in one pass, nothing of T x T is stored. Four threads share a row: each takes
// every fourth key of a tile, and of sums over keys a quarter of the head. Way back: one kernel
// whose blocks own queries (dq), one whose blocks own keys (dk, dv), so no sum needs an atomic.
#pragma once

#include "backend/cuda/attention_mask.h"

namespace neiro::cuda {

// Heads of up to kD values; a block owns kRows rows and meets kOthers at a time.
template <int kD_, int kRows_, int kOthers_>
struct AttentionTile {
  static constexpr int kD = kD_, kRows = kRows_, kOthers = kOthers_;
  static constexpr int kThreads = kRows * 4;
  static constexpr int kStride = kD + 4;
  static constexpr int kQuads = kD / 16;  // of float4 that a thread sums up
  using Rows = float[kRows][kStride];
  using Others = float[kOthers][kStride];
  using Scores = float[kRows][kOthers + 1];
};
using Heads64 = AttentionTile<64, 32, 32>;
using Heads128 = AttentionTile<128, 32, 16>;
using Heads256 = AttentionTile<256, 16, 8>;

// Where the examples of a pass lie: [offsets[s], offsets[s + 1]); or n queries that follow `start`
// keys of one sequence.
struct Examples {
  const int32_t* offsets;  // or null
  int64_t n, start;
};
struct Example {
  int64_t first_query, queries, first_key, keys, start;
  DEVICE Example(const Examples& all, int64_t s) {
    if (all.offsets == nullptr) {
      first_query = first_key = 0;
      queries = all.n;
      start = all.start;
      keys = start + all.n;
      return;
    }
    first_query = first_key = all.offsets[s];
    queries = keys = all.offsets[s + 1] - all.offsets[s];
    start = 0;
  }
};

// Rows [first, first + kCount) of one head of x[.., heads * D] into shared memory; zeros outside of
// [0, limit) and behind D.
template <int kCount, int kStride, int kThreads>
DEVICE void load_rows(float (&to)[kCount][kStride], const float* x, int64_t begin, int64_t first,
                      int64_t limit, int64_t row_stride, int head, int D) {
  constexpr int kD = kStride - 4;
  for (int i = static_cast<int>(threadIdx.x); i < kCount * kD; i += kThreads) {
    const int row = i / kD, d = i % kD;
    const bool inside = first + row >= 0 && first + row < limit && d < D;
    to[row][d] =
        inside ? x[(begin + first + row) * row_stride + static_cast<int64_t>(head) * D + d] : 0.0f;
  }
}

template <int kD>
DEVICE float dot_rows(const float* a, const float* b) {
  float sum = 0;
#pragma unroll 4
  for (int d = 0; d < kD; d += 4) {
    const float4 x = load4(a + d), y = load4(b + d);
    sum += x.x * y.x + x.y * y.y + x.z * y.z + x.w * y.w;
  }
  return sum;
}

// sums of a thread += weight * its quads of a row: quad q of part `sub` begins at 16 q + 4 sub.
template <int kQuads>
DEVICE void add_row(float4 (&sums)[kQuads], float weight, const float* row, int sub) {
#pragma unroll
  for (int q = 0; q < kQuads; ++q) {
    const float4 x = load4(row + 16 * q + 4 * sub);
    sums[q].x += weight * x.x;
    sums[q].y += weight * x.y;
    sums[q].z += weight * x.z;
    sums[q].w += weight * x.w;
  }
}

template <int kQuads>
DEVICE void clear_sums(float4 (&sums)[kQuads]) {
#pragma unroll
  for (int q = 0; q < kQuads; ++q) sums[q] = make_float4(0, 0, 0, 0);
}

// A thread's quads, times `factor`, to its row of one head.
template <int kQuads>
DEVICE void put_row(float* to, const float4 (&sums)[kQuads], float factor, int sub, int D) {
#pragma unroll
  for (int q = 0; q < kQuads; ++q) {
    const float v[4] = {sums[q].x, sums[q].y, sums[q].z, sums[q].w};
#pragma unroll
    for (int i = 0; i < 4; ++i) {
      const int d = 16 * q + 4 * sub + i;
      if (d < D) to[d] = v[i] * factor;
    }
  }
}

// The largest and the sum over the four threads of a row.
DEVICE float row_max(float value) {
  value = fmaxf(value, shuffle_xor(value, 1));
  return fmaxf(value, shuffle_xor(value, 2));
}
DEVICE float row_sum(float value) {
  value += shuffle_xor(value, 1);
  return value + shuffle_xor(value, 2);
}

struct Heads {
  int heads, kv_heads, D;
  DEVICE int kv_of(int head) const { return head / (heads / kv_heads); }
  DEVICE int64_t query_stride() const { return static_cast<int64_t>(heads) * D; }
  DEVICE int64_t key_stride() const { return static_cast<int64_t>(kv_heads) * D; }
};

template <class T>
struct ForwardShared {
  alignas(16) typename T::Rows q;
  alignas(16) typename T::Others k, v;
  typename T::Scores p;
};

// Grid: tiles of queries x heads x examples.
template <class T>
KERNEL(T::kThreads)
attention_forward_kernel(float* out, float* lse, const float* q, const float* k, const float* v,
                         Examples examples, Heads shape, Mask mask, Score score) {
  ForwardShared<T>& s = shared<ForwardShared<T>>();
  const Example e(examples, blockIdx.z);
  const int head = static_cast<int>(blockIdx.y), kv_head = shape.kv_of(head);
  const int64_t i0 = static_cast<int64_t>(blockIdx.x) * T::kRows;
  if (i0 >= e.queries) return;
  const int row = static_cast<int>(threadIdx.x) / 4, sub = static_cast<int>(threadIdx.x) % 4;
  const int64_t i = e.start + i0 + row;  // among the keys
  load_rows<T::kRows, T::kStride, T::kThreads>(s.q, q, e.first_query, i0, e.queries,
                                               shape.query_stride(), head, shape.D);
  float top = -INFINITY, sum = 0;
  float4 sums[T::kQuads];
  clear_sums(sums);
  const int64_t end = mask.end_key(e.start + i0, T::kRows, e.keys);
  for (int64_t j0 = mask.first_key(e.start + i0); j0 < end; j0 += T::kOthers) {
    sync_block();
    load_rows<T::kOthers, T::kStride, T::kThreads>(s.k, k, e.first_key, j0, e.keys,
                                                   shape.key_stride(), kv_head, shape.D);
    load_rows<T::kOthers, T::kStride, T::kThreads>(s.v, v, e.first_key, j0, e.keys,
                                                   shape.key_stride(), kv_head, shape.D);
    sync_block();
    float scores[T::kOthers / 4];
    float largest = top;
#pragma unroll
    for (int c = 0; c < T::kOthers / 4; ++c) {
      const int key = 4 * c + sub;
      const float value = score.of(dot_rows<T::kD>(s.q[row], s.k[key]));
      scores[c] = mask.sees(i, j0 + key, e.keys) ? value : -INFINITY;
      largest = fmaxf(largest, scores[c]);
    }
    largest = row_max(largest);
    const float shrink = largest == -INFINITY ? 1.0f : expf(top - largest);
    float own = 0;
#pragma unroll
    for (int c = 0; c < T::kOthers / 4; ++c) {
      const float p = scores[c] == -INFINITY ? 0.0f : expf(scores[c] - largest);
      s.p[row][4 * c + sub] = p;
      own += p;
    }
    top = largest;
    sum = sum * shrink + row_sum(own);
#pragma unroll
    for (int n = 0; n < T::kQuads; ++n) {
      sums[n].x *= shrink;
      sums[n].y *= shrink;
      sums[n].z *= shrink;
      sums[n].w *= shrink;
    }
    sync_warp();  // a row's weights are made by one warp
    for (int j = 0; j < T::kOthers; ++j) add_row(sums, s.p[row][j], s.v[j], sub);
  }
  if (i0 + row >= e.queries) return;
  const int64_t at = (e.first_query + i0 + row) * shape.heads + head;
  const float worth = score.meet_sink(head, top, sum);
  put_row(out + at * shape.D, sums, worth / sum, sub, shape.D);
  if (lse != nullptr && sub == 0) lse[at] = top + logf(sum);
}

template <class T>
struct BackwardShared {
  alignas(16) typename T::Rows first, second;    // q and dout, or k and v, of the rows owned
  alignas(16) typename T::Others third, fourth;  // the others: k and v, or q and dout
  typename T::Scores p, ds;
  float lse[T::kOthers], delta[T::kOthers];
};

// dq_i = scale sum_j ds_ij k_j. Grid as forward.
template <class T>
KERNEL(T::kThreads)
attention_query_gradient_kernel(float* dq, const float* dout, const float* delta, const float* lse,
                                const float* q, const float* k, const float* v, Examples examples,
                                Heads shape, Mask mask, Score score) {
  BackwardShared<T>& s = shared<BackwardShared<T>>();
  const Example e(examples, blockIdx.z);
  const int head = static_cast<int>(blockIdx.y), kv_head = shape.kv_of(head);
  const int64_t i0 = static_cast<int64_t>(blockIdx.x) * T::kRows;
  if (i0 >= e.queries) return;
  const int row = static_cast<int>(threadIdx.x) / 4, sub = static_cast<int>(threadIdx.x) % 4;
  const int64_t i = i0 + row;
  const int64_t at = (e.first_query + i) * shape.heads + head;
  load_rows<T::kRows, T::kStride, T::kThreads>(s.first, q, e.first_query, i0, e.queries,
                                               shape.query_stride(), head, shape.D);
  load_rows<T::kRows, T::kStride, T::kThreads>(s.second, dout, e.first_query, i0, e.queries,
                                               shape.query_stride(), head, shape.D);
  const float own_lse = i < e.queries ? lse[at] : 0.0f;
  const float own_delta = i < e.queries ? delta[at] : 0.0f;
  float4 sums[T::kQuads];
  clear_sums(sums);
  const int64_t end = mask.end_key(i0, T::kRows, e.keys);
  for (int64_t j0 = mask.first_key(i0); j0 < end; j0 += T::kOthers) {
    sync_block();
    load_rows<T::kOthers, T::kStride, T::kThreads>(s.third, k, e.first_key, j0, e.keys,
                                                   shape.key_stride(), kv_head, shape.D);
    load_rows<T::kOthers, T::kStride, T::kThreads>(s.fourth, v, e.first_key, j0, e.keys,
                                                   shape.key_stride(), kv_head, shape.D);
    sync_block();
#pragma unroll 2
    for (int c = 0; c < T::kOthers / 4; ++c) {
      const int key = 4 * c + sub;
      float ds = 0;
      if (mask.sees(i, j0 + key, e.keys)) {
        const float value = score.of(dot_rows<T::kD>(s.first[row], s.third[key]));
        const float dp = dot_rows<T::kD>(s.second[row], s.fourth[key]);
        ds = expf(value - own_lse) * (dp - own_delta) * score.slope(value);
      }
      s.ds[row][key] = ds;
    }
    sync_warp();
    for (int j = 0; j < T::kOthers; ++j) add_row(sums, s.ds[row][j], s.third[j], sub);
  }
  if (i < e.queries) put_row(dq + at * shape.D, sums, score.scale, sub, shape.D);
}

// dk_j = scale sum_i ds_ij q_i,  dv_j = sum_i p_ij dout_i, over all query heads that share the key
// head. Grid: tiles of keys x key heads x examples.
template <class T>
KERNEL(T::kThreads)
attention_key_gradient_kernel(float* dk, float* dv, const float* dout, const float* delta,
                              const float* lse, const float* q, const float* k, const float* v,
                              Examples examples, Heads shape, Mask mask, Score score) {
  BackwardShared<T>& s = shared<BackwardShared<T>>();
  const Example e(examples, blockIdx.z);
  const int kv_head = static_cast<int>(blockIdx.y), group = shape.heads / shape.kv_heads;
  const int64_t j0 = static_cast<int64_t>(blockIdx.x) * T::kRows;
  if (j0 >= e.keys) return;
  const int row = static_cast<int>(threadIdx.x) / 4, sub = static_cast<int>(threadIdx.x) % 4;
  const int64_t j = j0 + row;
  load_rows<T::kRows, T::kStride, T::kThreads>(s.first, k, e.first_key, j0, e.keys,
                                               shape.key_stride(), kv_head, shape.D);
  load_rows<T::kRows, T::kStride, T::kThreads>(s.second, v, e.first_key, j0, e.keys,
                                               shape.key_stride(), kv_head, shape.D);
  float4 sums_k[T::kQuads], sums_v[T::kQuads];
  clear_sums(sums_k);
  clear_sums(sums_v);
  const int64_t end = mask.end_query(j0, T::kRows, e.queries);
  for (int head = kv_head * group; head < (kv_head + 1) * group; ++head) {
    for (int64_t i0 = mask.first_query(j0); i0 < end; i0 += T::kOthers) {
      sync_block();
      load_rows<T::kOthers, T::kStride, T::kThreads>(s.third, q, e.first_query, i0, e.queries,
                                                     shape.query_stride(), head, shape.D);
      load_rows<T::kOthers, T::kStride, T::kThreads>(s.fourth, dout, e.first_query, i0, e.queries,
                                                     shape.query_stride(), head, shape.D);
      if (threadIdx.x < T::kOthers) {
        const int64_t i = i0 + threadIdx.x;
        const int64_t at = (e.first_query + i) * shape.heads + head;
        s.lse[threadIdx.x] = i < e.queries ? lse[at] : 0.0f;
        s.delta[threadIdx.x] = i < e.queries ? delta[at] : 0.0f;
      }
      sync_block();
#pragma unroll 2
      for (int c = 0; c < T::kOthers / 4; ++c) {
        const int query = 4 * c + sub;
        float p = 0, ds = 0;
        if (mask.sees(i0 + query, j, e.keys)) {
          const float value = score.of(dot_rows<T::kD>(s.first[row], s.third[query]));
          const float dp = dot_rows<T::kD>(s.second[row], s.fourth[query]);
          p = expf(value - s.lse[query]);
          ds = p * (dp - s.delta[query]) * score.slope(value);
        }
        s.p[row][query] = p;
        s.ds[row][query] = ds;
      }
      sync_warp();
      for (int i = 0; i < T::kOthers; ++i) {
        add_row(sums_v, s.p[row][i], s.fourth[i], sub);
        add_row(sums_k, s.ds[row][i], s.third[i], sub);
      }
    }
  }
  if (j >= e.keys) return;
  const int64_t at = ((e.first_key + j) * shape.kv_heads + kv_head) * shape.D;
  put_row(dk + at, sums_k, score.scale, sub, shape.D);
  put_row(dv + at, sums_v, 1.0f, sub, shape.D);
}

}  // namespace neiro::cuda
