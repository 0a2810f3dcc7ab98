// Softmax attention backward; formulas in scalar/attention.cpp. Every pair of a row tile and
// a key tile makes its scores again. dq of a row tile is summed over key tiles in rising order, dk
// and dv of a key tile over row tiles in rising order, by whichever task runs the pair: so the
// two ways of sharing out the work below give the same bits.
#pragma once

#include "backend/cpu/simd/attention_tile.h"
#include "backend/cpu/simd/tanh.h"

namespace neiro::simd {

template <class F>
struct AttentionGradient {
  float *dq, *dk, *dv;
  const float *delta, *dout, *lse, *q, *k, *v;
  float scale, soft_cap;
};

// The regions of one worker.
template <class F>
struct BackwardTiles {
  BackwardTiles(const Workers& workers, int worker, int64_t head_dim) {
    TileScratch<F> scratch(workers, worker, head_dim);
    const int64_t padded = TileScratch<F>::padded_dim(head_dim);
    float** wide[] = {&q_t, &dout_t, &k_t, &v_t, &q, &dout, &k, &dq, &dk, &dv};
    for (float** region : wide) *region = scratch.take(padded);
    float** square[] = {&p_t, &ds_t, &p, &ds};
    for (float** region : square) *region = scratch.take(kTile);
    lse = scratch.take(1);
    delta = scratch.take(1);
  }
  float *q_t, *dout_t, *k_t, *v_t;  // [D, rows or keys]
  float *q, *dout, *k, *dq;         // [rows or keys, padded D]
  float *dk, *dv;                   // [keys, padded D], sums of the key tile
  float *p_t, *ds_t;                // [keys, rows]
  float *p, *ds;                    // [rows, keys]
  float *lse, *delta;               // [rows]
};

// out[i, j] = x[j, i] between two tiles of scores.
template <class F>
void transpose_tile(float* out, const float* x, int64_t keys, int64_t rows) {
  const float* lines[F::kLanes];
  for (int64_t j = 0; j < keys; j += F::kLanes) {
    const int64_t n = smaller(F::kLanes, keys - j);
    for (int64_t r = 0; r < n; ++r) lines[r] = x + (j + r) * kTile;
    transpose_run<F>(out + j, kTile, lines, n, rows);
  }
}

// p = exp(s - lse) where seen, ds = p (dp - delta); s and dp are replaced. With a soft cap s is
// capped first, t = tanh(s / cap) and s = cap t, and ds gets its slope 1 - t^2.
template <class F, bool kCapped>
void gradient_of_scores(float* s, float* dp, const RowTile<F>& tile, int64_t key0, int64_t keys,
                        const float* lse, const float* delta, [[maybe_unused]] float cap) {
  using Reg = typename F::Reg;
  const bool all = tile.sees_all(key0, keys);
  [[maybe_unused]] const Reg caps = F::set(cap);
  [[maybe_unused]] const Reg share = F::set(1.0f / cap);
  for (int64_t j = 0; j < keys; ++j) {
    for (int64_t i = 0; i < tile.count; i += F::kLanes) {
      const int64_t at = j * kTile + i;
      Reg score = F::load(s + at);
      [[maybe_unused]] Reg slope;
      if constexpr (kCapped) {
        const Reg t = hyperbolic_tangent<F>(F::mul(score, share));
        score = F::mul(caps, t);
        slope = F::fnma(t, t, F::set(1.0f));
      }
      Reg p = exponential<F>(F::sub(score, F::load(lse + i)));
      if (!all) p = tile.where_seen(i, key0 + j, p, F::zero());
      F::store(s + at, p);
      Reg ds = F::mul(p, F::sub(F::load(dp + at), F::load(delta + i)));
      if constexpr (kCapped) ds = F::mul(ds, slope);
      F::store(dp + at, ds);
    }
  }
}

// One pair of tiles: adds to dq of the rows (in memory), and to dk and dv of the keys (in tiles).
template <class F>
void attention_pair(const AttentionGradient<F>& g, const BackwardTiles<F>& t,
                    const KeyHead<F>& head, const RowTile<F>& tile, int64_t key_tile, bool want_dq,
                    bool want_dkv) {
  constexpr int L = F::kLanes;
  const int64_t D = head.head_dim;
  const int64_t padded = TileScratch<F>::padded_dim(D);
  const int64_t key0 = key_tile * kTile;
  const int64_t keys = smaller(kTile, head.keys() - key0);
  pack_rows_transposed<F>(t.q_t, g.q, head, tile);
  pack_rows_transposed<F>(t.dout_t, g.dout, head, tile);
  for (int64_t i = 0; i < kTile; ++i) {
    const bool real = i < tile.count;
    t.lse[i] = real ? g.lse[head.row(tile.begin + i)] : 0.0f;
    t.delta[i] = real ? g.delta[head.row(tile.begin + i)] : 0.0f;
  }
  tile_product<F>(keys, tile.padded(), D, t.k_t, kTile, t.q_t, kTile, t.p_t, kTile,
                  {g.scale, false, nullptr});
  tile_product<F>(keys, tile.padded(), D, t.v_t, kTile, t.dout_t, kTile, t.ds_t, kTile,
                  {1.0f, false, nullptr});
  const auto gradient = g.soft_cap > 0 ? gradient_of_scores<F, true> : gradient_of_scores<F, false>;
  gradient(t.p_t, t.ds_t, tile, key0, keys, t.lse, t.delta, g.soft_cap);

  if (want_dq) {
    const Rows<F> key = key_rows<F>(t.k, g.k, head, key0, keys);
    tile_product<F>(tile.count, D, keys, t.ds_t, kTile, key.data, key.stride, t.dq, padded,
                    {g.scale, false, nullptr});
    for (int64_t i = 0; i < tile.count; ++i) {
      float* out = g.dq + head.row(tile.begin + i) * D;
      for (int64_t d = 0; d < D; d += L) {
        const int64_t n = smaller(L, D - d);
        F::store_n(out + d, F::add(F::load_n(out + d, n), F::load(t.dq + i * padded + d)), n);
      }
    }
  }
  if (want_dkv) {
    for (int64_t i = 0; i < tile.count; ++i) {
      const int64_t row = head.row(tile.begin + i) * D;
      copy_row<F>(t.q + i * padded, g.q + row, D);
      copy_row<F>(t.dout + i * padded, g.dout + row, D);
    }
    transpose_tile<F>(t.p, t.p_t, keys, tile.count);
    transpose_tile<F>(t.ds, t.ds_t, keys, tile.count);
    tile_product<F>(keys, D, tile.count, t.p, kTile, t.dout, padded, t.dv, padded,
                    {1.0f, true, nullptr});
    tile_product<F>(keys, D, tile.count, t.ds, kTile, t.q, padded, t.dk, padded,
                    {g.scale, true, nullptr});
  }
}

template <class F>
void pack_key_tile(const AttentionGradient<F>& g, const BackwardTiles<F>& t, const KeyHead<F>& head,
                   int64_t key_tile) {
  const int64_t keys = smaller(kTile, head.keys() - key_tile * kTile);
  pack_keys_transposed<F>(t.k_t, g.k, head, key_tile * kTile, keys);
  pack_keys_transposed<F>(t.v_t, g.v, head, key_tile * kTile, keys);
}

// All rows that see a key tile: its dk and dv, and its part of their dq if wanted.
template <class F>
void attention_keys_backward(const AttentionGradient<F>& g, const BackwardTiles<F>& t,
                             const KeyHead<F>& head, int64_t key_tile, bool want_dq) {
  const int64_t D = head.head_dim;
  const int64_t padded = TileScratch<F>::padded_dim(D);
  const int64_t key0 = key_tile * kTile;
  pack_key_tile<F>(g, t, head, key_tile);
  for (int64_t i = 0; i < kTile * padded; ++i) t.dk[i] = t.dv[i] = 0.0f;
  for (int64_t r = head.first_row(key0) / kTile; r < head.row_tiles(); ++r) {
    const RowTile<F> tile(head, r);
    if (tile.first_key_tile() > key_tile) break;  // the window has passed
    attention_pair<F>(g, t, head, tile, key_tile, want_dq, true);
  }
  for (int64_t j = 0; j < smaller(kTile, head.keys() - key0); ++j) {
    for (int64_t d = 0; d < D; ++d) {
      g.dk[head.key(key0 + j) + d] = t.dk[j * padded + d];
      g.dv[head.key(key0 + j) + d] = t.dv[j * padded + d];
    }
  }
}

// dq of one row tile.
template <class F>
void attention_rows_backward(const AttentionGradient<F>& g, const BackwardTiles<F>& t,
                             const KeyHead<F>& head, int64_t row_tile) {
  const RowTile<F> tile(head, row_tile);
  for (int64_t kt = tile.first_key_tile(); kt <= tile.last_key_tile(); ++kt) {
    pack_key_tile<F>(g, t, head, kt);
    attention_pair<F>(g, t, head, tile, kt, true, false);
  }
}

template <class F>
void attention_backward(const Workers& workers, float* dq, float* dk, float* dv, float* delta,
                        const float* dout, const float* out, const float* lse, const float* q,
                        const float* k, const float* v, const HostSequences& sequences,
                        const AttentionShape& shape) {
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  const int64_t D = shape.head_dim;
  const int64_t T = sequences.offsets[sequences.count];
  workers.pool->parallel_for(T * shape.heads, [&](int64_t begin, int64_t end, int) {
    for (int64_t row = begin; row < end; ++row) {
      Reg sum = F::zero();
      for (int64_t d = 0; d < D; d += L) {
        const int64_t n = smaller(L, D - d);
        const int64_t at = row * D + d;
        sum = F::fma(load_up_to<F>(dout + at, n), load_up_to<F>(out + at, n), sum);
        F::store_n(dq + at, F::zero(), n);
      }
      delta[row] = F::sum(sum);
    }
  });

  const AttentionGradient<F> g = {dq, dk, dv, delta,       dout,          lse,
                                  q,  k,  v,  shape.scale, shape.soft_cap};
  const auto head_of = [&](int64_t example, int64_t kv_head) {
    const int64_t begin = sequences.offsets[example];
    return KeyHead<F>(shape, kv_head, begin, begin, sequences.offsets[example + 1] - begin, 0);
  };
  // Either one task per kv head (5 products a pair of tiles), or, where those are too few or too
  // uneven for the threads, all key tiles and then all row tiles apart (4 + 3 products).
  const int64_t threads = workers.pool->size();
  const int64_t heads = sequences.count * shape.kv_heads;
  double total = 0;
  double longest = 0;
  for (int64_t s = 0; s < sequences.count; ++s) {
    const double n = static_cast<double>(head_of(s, 0).length);
    total += n * n * shape.kv_heads;
    longest = n * n > longest ? n * n : longest;
  }
  if (static_cast<double>(divide_up(heads, threads)) * longest <= 1.4 * total / threads) {
    workers.pool->parallel_each(heads, [&](int64_t index, int worker) {
      const KeyHead<F> head = head_of(index / shape.kv_heads, index % shape.kv_heads);
      const BackwardTiles<F> tiles(workers, worker, D);
      for (int64_t kt = 0; kt * kTile < head.keys(); ++kt) {
        attention_keys_backward<F>(g, tiles, head, kt, true);
      }
    });
    return;
  }
  for (int64_t s = 0; s < sequences.count; ++s) {
    const int64_t key_tiles = divide_up(head_of(s, 0).keys(), kTile);
    const int64_t row_tiles = head_of(s, 0).row_tiles();
    const int64_t key_tasks = key_tiles * shape.kv_heads;
    workers.pool->parallel_each(
        key_tasks + row_tiles * shape.kv_heads, [&](int64_t index, int worker) {
          const KeyHead<F> head = head_of(s, index % shape.kv_heads);
          const BackwardTiles<F> tiles(workers, worker, D);
          if (index < key_tasks) {
            attention_keys_backward<F>(g, tiles, head, index / shape.kv_heads, false);
          } else {
            attention_rows_backward<F>(g, tiles, head, (index - key_tasks) / shape.kv_heads);
          }
        });
  }
}

}  // namespace neiro::simd
