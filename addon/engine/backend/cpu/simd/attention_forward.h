// Softmax attention forward, tile by tile with a running maximum (Dao 2023). A task is one
// row tile of one kv head; its key tiles come in rising order.
#pragma once

#include <cmath>

#include "backend/cpu/simd/attention_tile.h"
#include "backend/cpu/simd/tanh.h"

namespace neiro::simd {

// Turns a tile of scores into exp(s - m), m the rows' maximum so far; keeps m and l = sum of the
// exponentials, and leaves in `shrink` what earlier sums are worth under the new maximum.
template <class F>
void softmax_tile(float* s, int64_t keys, int64_t rows, float* m, float* l, float* shrink) {
  using Reg = typename F::Reg;
  for (int64_t i = 0; i < rows; i += F::kLanes) {
    const Reg m_old = F::load(m + i);
    Reg m_new = m_old;
    for (int64_t j = 0; j < keys; ++j) m_new = F::max(m_new, F::load(s + j * kTile + i));
    const Reg less = exponential<F>(F::sub(m_old, m_new));
    Reg sum = F::mul(F::load(l + i), less);
    for (int64_t j = 0; j < keys; ++j) {
      const Reg p = exponential<F>(F::sub(F::load(s + j * kTile + i), m_new));
      F::store(s + j * kTile + i, p);
      sum = F::add(sum, p);
    }
    F::store(m + i, m_new);
    F::store(l + i, sum);
    F::store(shrink + i, less);
  }
}

// Scores become cap * tanh(score / cap).
template <class F>
void cap_tile(float* s, int64_t keys, int64_t rows, float cap) {
  const typename F::Reg caps = F::set(cap);
  const typename F::Reg share = F::set(1.0f / cap);
  for (int64_t j = 0; j < keys; ++j) {
    for (int64_t i = 0; i < rows; i += F::kLanes) {
      float* p = s + j * kTile + i;
      F::store(p, F::mul(caps, hyperbolic_tangent<F>(F::mul(F::load(p), share))));
    }
  }
}

// lse may be null (generation does not need it).
template <class F>
void attention_rows(TileScratch<F> scratch, float* out, float* lse, const float* q, const float* k,
                    const float* v, const KeyHead<F>& head, int64_t tile_index,
                    const AttentionShape& shape) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  const int64_t D = head.head_dim;
  const int64_t padded = TileScratch<F>::padded_dim(D);
  const RowTile<F> tile(head, tile_index);
  float* q_t = scratch.take(padded);  // [D, rows]
  float* k_t = scratch.take(padded);  // [D, keys]
  float* v_buffer = scratch.take(padded);
  float* s = scratch.take(kTile);   // [keys, rows]
  float* o = scratch.take(padded);  // [rows, D]
  float* m = scratch.take(1);
  float* l = scratch.take(1);
  float* shrink = scratch.take(1);
  pack_rows_transposed<F>(q_t, q, head, tile);
  for (int64_t i = 0; i < kTile; ++i) {
    m[i] = -1e30f;  // finite, so that a row that has seen no key yet makes no NaN
    l[i] = 0.0f;
  }
  const Reg hidden = F::set(-HUGE_VALF);

  for (int64_t kt = tile.first_key_tile(); kt <= tile.last_key_tile(); ++kt) {
    const int64_t key0 = kt * kTile;
    const int64_t keys = smaller(kTile, tile.last_key + 1 - key0);
    pack_keys_transposed<F>(k_t, k, head, key0, keys);
    tile_product<F>(keys, tile.padded(), D, k_t, kTile, q_t, kTile, s, kTile,
                    {shape.scale, false, nullptr});
    if (shape.soft_cap > 0) cap_tile<F>(s, keys, tile.padded(), shape.soft_cap);
    if (!tile.sees_all(key0, keys)) {
      for (int64_t j = 0; j < keys; ++j) {
        for (int64_t i = 0; i < tile.count; i += L) {
          float* p = s + j * kTile + i;
          F::store(p, tile.where_seen(i, key0 + j, F::load(p), hidden));
        }
      }
    }
    softmax_tile<F>(s, keys, tile.padded(), m, l, shrink);
    const bool first = kt == tile.first_key_tile();
    for (int64_t i = 0; i < tile.count && !first; ++i) {
      const Reg less = F::set(shrink[i]);
      for (int64_t d = 0; d < D; d += L) {
        F::store(o + i * padded + d, F::mul(F::load(o + i * padded + d), less));
      }
    }
    const Rows<F> values = key_rows<F>(v_buffer, v, head, key0, keys);
    tile_product<F>(tile.count, D, keys, s, kTile, values.data, values.stride, o, padded,
                    {1.0f, !first, nullptr});
  }
  for (int64_t i = 0; i < tile.count; ++i) {
    const int64_t row = head.row(tile.begin + i);
    float worth = 1.0f;  // of what was summed, under the sink's maximum
    if (shape.sinks) {
      const float sink = device_address(shape.sinks)[row % shape.heads];
      const float most = m[i] > sink ? m[i] : sink;
      worth = ::expf(m[i] - most);
      l[i] = l[i] * worth + ::expf(sink - most);
      m[i] = most;
    }
    const Reg share = F::set(worth / l[i]);
    for (int64_t d = 0; d < D; d += L) {
      const Reg value = F::mul(F::load(o + i * padded + d), share);
      F::store_n(out + row * D + d, value, smaller(L, D - d));
    }
    if (lse != nullptr) lse[row] = m[i] + ::logf(l[i]);
  }
}

template <class F>
void attention_forward(const Workers& workers, float* out, float* lse, const float* q,
                       const float* k, const float* v, const HostSequences& sequences,
                       const AttentionShape& shape) {
  const auto head_of = [&](int64_t example, int64_t kv_head) {
    const int64_t begin = sequences.offsets[example];
    return KeyHead<F>(shape, kv_head, begin, begin, sequences.offsets[example + 1] - begin, 0);
  };
  int64_t tasks = 0;
  for (int64_t s = 0; s < sequences.count; ++s) {
    tasks += shape.kv_heads * head_of(s, 0).row_tiles();
  }
  workers.pool->parallel_each(tasks, [&](int64_t index, int worker) {
    int64_t example = 0;
    int64_t tiles = head_of(0, 0).row_tiles();
    while (index >= shape.kv_heads * tiles) {
      index -= shape.kv_heads * tiles;
      tiles = head_of(++example, 0).row_tiles();
    }
    // The longest rows first: they see the most keys.
    attention_rows<F>(TileScratch<F>(workers, worker, shape.head_dim), out, lse, q, k, v,
                      head_of(example, index % shape.kv_heads), tiles - 1 - index / shape.kv_heads,
                      shape);
  });
}

template <class F>
void attention_cached(const Workers& workers, float* out, const float* q, const float* k_cache,
                      const float* v_cache, int64_t n, int64_t start, const AttentionShape& shape) {
  const int64_t tiles = KeyHead<F>(shape, 0, 0, 0, n, start).row_tiles();
  workers.pool->parallel_each(tiles * shape.kv_heads, [&](int64_t index, int worker) {
    attention_rows<F>(TileScratch<F>(workers, worker, shape.head_dim), out, nullptr, q, k_cache,
                      v_cache, KeyHead<F>(shape, index % shape.kv_heads, 0, 0, n, start),
                      index / shape.kv_heads, shape);
  });
}

template <class F>
void attention_apart(const Workers& workers, float* out, const float* q, const float* k_cache,
                     const float* v_cache, const int32_t* begins, const int32_t* positions,
                     int64_t n, const AttentionShape& shape) {
  const int64_t tiles = KeyHead<F>(shape, 0, 0, 0, 1, 0).row_tiles();
  const int64_t tasks = tiles * shape.kv_heads;  // of a conversation
  workers.pool->parallel_each(n * tasks, [&](int64_t index, int worker) {
    const int64_t i = index / tasks;
    const int64_t task = index % tasks;
    attention_rows<F>(TileScratch<F>(workers, worker, shape.head_dim), out, nullptr, q, k_cache,
                      v_cache,
                      KeyHead<F>(shape, task % shape.kv_heads, i, begins[i], 1, positions[i]),
                      task / shape.kv_heads, shape);
  });
}

}  // namespace neiro::simd
