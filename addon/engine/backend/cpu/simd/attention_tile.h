// What attention forward and backward share: how rows and keys are cut into tiles, and the tile of
// scores. Tiles of scores lie key by key ("S^T"), so that a vector holds one key's scores with many
// rows: maxima, sums and masks need nothing across lanes.
#pragma once

#include "backend/cpu/simd/exp.h"
#include "backend/cpu/simd/micro_kernel.h"
#include "backend/cpu/simd/pack.h"

namespace neiro::simd {

inline constexpr int64_t kTile = 64;  // rows of a row tile, keys of a key tile

// One kv head of one example, with the query heads that share it. Row r is query r / group of head
// r % group, so that neighbouring rows see nearly the same keys.
template <class F>
struct KeyHead {
  int64_t heads, kv_heads, group, head_dim, window;
  int64_t kv_head;
  int64_t token0;  // first query's token
  int64_t key0;    // first key's token
  int64_t length;  // queries
  int64_t start;   // the first query's position among the keys
  bool causal;

  KeyHead(const AttentionShape& shape, int64_t kv_head, int64_t token0, int64_t key0,
          int64_t length, int64_t start)
      : heads(shape.heads),
        kv_heads(shape.kv_heads),
        group(shape.heads / shape.kv_heads),
        head_dim(shape.head_dim),
        window(shape.window),
        kv_head(kv_head),
        token0(token0),
        key0(key0),
        length(length),
        start(start),
        causal(shape.causal) {}

  int64_t rows() const { return length * group; }
  int64_t row_tiles() const { return divide_up(rows(), kTile); }
  int64_t keys() const { return start + length; }
  // Place of row r in [T, heads]; of a key's values in [T, kv_heads, D].
  int64_t row(int64_t r) const {
    return (token0 + r / group) * heads + kv_head * group + r % group;
  }
  int64_t key(int64_t j) const { return ((key0 + j) * kv_heads + kv_head) * head_dim; }
  int64_t key_stride() const { return kv_heads * head_dim; }
  // Keys that row r sees: [first_key, last_key]. Neither ever falls from one row to the next.
  int64_t position(int64_t r) const { return start + r / group; }
  int64_t last_key(int64_t r) const {
    if (causal) return position(r);
    return window > 0 ? smaller(keys(), position(r) + window) - 1 : keys() - 1;
  }
  int64_t first_key(int64_t r) const {
    return window > 0 ? larger(0, position(r) - window + 1) : 0;
  }
  // The first row that sees a key.
  int64_t first_row(int64_t j) const {
    if (causal) return larger(0, j - start) * group;
    return window > 0 ? larger(0, j - window + 1 - start) * group : 0;
  }
};

// Rows [begin, begin + count) of a KeyHead and the keys that each of them sees.
template <class F>
struct RowTile {
  int64_t begin, count;
  int64_t first_key, last_key;  // seen by any of them
  alignas(64) float first[kTile];
  alignas(64) float last[kTile];

  RowTile(const KeyHead<F>& head, int64_t tile)
      : begin(tile * kTile),
        count(smaller(kTile, head.rows() - begin)),
        first_key(head.first_key(begin)),
        last_key(head.last_key(begin + count - 1)) {
    for (int64_t i = 0; i < kTile; ++i) {  // lanes past the end repeat the last row
      const int64_t r = begin + smaller(i, count - 1);
      first[i] = static_cast<float>(head.first_key(r));
      last[i] = static_cast<float>(head.last_key(r));
    }
  }

  int64_t first_key_tile() const { return first_key / kTile; }
  int64_t last_key_tile() const { return last_key / kTile; }
  int64_t padded() const { return round_up(count, F::kLanes); }
  // Does every row see every key of [key, key + n)?
  bool sees_all(int64_t key, int64_t n) const {
    return static_cast<float>(key) >= first[kTile - 1] &&
           static_cast<float>(key + n - 1) <= last[0];
  }
  // x where row i sees the key, else y; i is the first lane's row.
  typename F::Reg where_seen(int64_t i, int64_t key, typename F::Reg x, typename F::Reg y) const {
    const typename F::Reg place = F::set(static_cast<float>(key));
    return F::where_le(F::load(first + i), place, F::where_le(place, F::load(last + i), x, y), y);
  }
};

// out[d, i] = x[row i, d]: rows of a row tile, ready as the right operand. Lanes past the end are
// 0.
template <class F>
void pack_rows_transposed(float* out, const float* x, const KeyHead<F>& head,
                          const RowTile<F>& tile) {
  constexpr int L = F::kLanes;
  const float* rows[L];
  for (int64_t i = 0; i < tile.count; i += L) {
    const int64_t count = smaller(L, tile.count - i);
    for (int64_t r = 0; r < count; ++r) {
      rows[r] = x + head.row(tile.begin + i + r) * head.head_dim;
    }
    transpose_run<F>(out + i, kTile, rows, count, head.head_dim);
  }
}

// out[d, j] = x[key0 + j, d]: keys or values of a key tile, ready as the left operand.
template <class F>
void pack_keys_transposed(float* out, const float* x, const KeyHead<F>& head, int64_t key0,
                          int64_t count) {
  constexpr int L = F::kLanes;
  const float* rows[L];
  for (int64_t j = 0; j < count; j += L) {
    const int64_t n = smaller(L, count - j);
    for (int64_t r = 0; r < n; ++r) rows[r] = x + head.key(key0 + j + r);
    transpose_run<F>(out + j, kTile, rows, n, head.head_dim);
  }
}

template <class F>
void copy_row(float* out, const float* x, int64_t n) {
  for (int64_t d = 0; d < n; d += F::kLanes) F::store(out + d, load_up_to<F>(x + d, n - d));
}

// A right operand and the distance of its rows.
template <class F>
struct Rows {
  const float* data;
  int64_t stride;
};

// Keys or values of a key tile as they lie, or padded to whole vectors in buffer[kTile, padded D].
template <class F>
Rows<F> key_rows(float* buffer, const float* x, const KeyHead<F>& head, int64_t key0,
                 int64_t count) {
  if (head.head_dim % F::kLanes == 0) return {x + head.key(key0), head.key_stride()};
  const int64_t padded = round_up(head.head_dim, F::kLanes);
  for (int64_t j = 0; j < count; ++j) {
    copy_row<F>(buffer + j * padded, x + head.key(key0 + j), head.head_dim);
  }
  return {buffer, padded};
}

// A worker's scratch, in floats: what the backward pass takes, which is the most.
template <class F>
struct TileScratch {
  static int64_t padded_dim(int64_t head_dim) { return round_up(head_dim, F::kLanes); }
  static int64_t floats(int64_t head_dim) {
    return kTile * (10 * padded_dim(head_dim) + 4 * kTile + 4);
  }

  TileScratch(const Workers& workers, int worker, int64_t head_dim)
      : next(reinterpret_cast<float*>(workers.scratch) + worker * floats(head_dim)) {}
  float* take(int64_t columns) {
    float* region = next;
    next += kTile * columns;
    return region;
  }
  float* next;
};

}  // namespace neiro::simd
