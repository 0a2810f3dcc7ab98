// A factor of a product as tiles take it: eight values that lie one behind the other in a stored
// matrix, first fetched as they are stored (so that many are on their way at once), later unpacked.
#pragma once

#include <cstdint>

#include "backend/cuda/device_code.h"
#include "backend/cuda/stored.h"

namespace neiro::cuda {

// How the eight are read. All but kAny want rows of whole eights on addresses of 16 bytes; kAny
// reads any stored matrix, value by value.
enum class Format { kF32, kBf16, kF16, kNf4, kAny };

template <Format f>
struct Chunk;

template <>
struct Chunk<Format::kF32> {
  float4 low, high;
  DEVICE void clear() { low = high = make_float4(0, 0, 0, 0); }
  DEVICE void fetch(const Stored& w, int64_t element) {
    const float* from = reinterpret_cast<const float*>(w.data) + element;
    low = load4(from);
    high = load4(from + 4);
  }
  DEVICE void unpack(float (&v)[8], const float*) const {
    v[0] = low.x, v[1] = low.y, v[2] = low.z, v[3] = low.w;
    v[4] = high.x, v[5] = high.y, v[6] = high.z, v[7] = high.w;
  }
};

struct HalfChunk {
  uint4 words;
  DEVICE void clear() { words = make_uint4(0, 0, 0, 0); }
  DEVICE void fetch(const Stored& w, int64_t element) {
    words = load_words4(reinterpret_cast<const uint16_t*>(w.data) + element);
  }
  template <class Value>
  DEVICE void unpack_as(float (&v)[8], Value value) const {
    const uint32_t word[4] = {words.x, words.y, words.z, words.w};
#pragma unroll
    for (int i = 0; i < 4; ++i) {
      v[2 * i] = value(word[i] & 0xffffu);
      v[2 * i + 1] = value(word[i] >> 16);
    }
  }
};
template <>
struct Chunk<Format::kBf16> : HalfChunk {
  DEVICE void unpack(float (&v)[8], const float*) const {
    unpack_as(v, [](uint32_t bits) { return bf16_value(bits); });
  }
};
template <>
struct Chunk<Format::kF16> : HalfChunk {
  DEVICE void unpack(float (&v)[8], const float*) const {
    unpack_as(v, [](uint32_t bits) { return f16_value(bits); });
  }
};

template <>
struct Chunk<Format::kNf4> {
  uint32_t nibbles;  // two codes a byte, the first in the high one
  float scale;
  DEVICE void clear() {
    nibbles = 0;
    scale = 0;
  }
  DEVICE void fetch(const Stored& w, int64_t element) {
    nibbles = load_word(w.data + element / 2);
    scale = nf4_scale(w, element);
  }
  // `codes`: the 16 values, in shared memory.
  DEVICE void unpack(float (&v)[8], const float* codes) const {
#pragma unroll
    for (int i = 0; i < 4; ++i) {
      v[2 * i] = rounded_product(codes[nibbles >> (8 * i + 4) & 15u], scale);
      v[2 * i + 1] = rounded_product(codes[nibbles >> (8 * i) & 15u], scale);
    }
  }
};

// Eight values of row `row` from column `col` on; zeros outside of the matrix.
template <Format f>
DEVICE void fetch_chunk(Chunk<f>& chunk, const Stored& w, int64_t row, int64_t col) {
  if (row < w.rows && col < w.cols) {
    chunk.fetch(w, row * w.cols + col);
  } else {
    chunk.clear();
  }
}

// The left or right factor of a product over k. kAlongK: a row of the matrix is a row (a column) of
// the factor, k runs along it; else k runs over its rows.
template <Format f, bool kAlongK>
struct Operand {
  static constexpr Format kFormat = f;
  static constexpr bool kRowsAlongK = kAlongK;
  Stored w;

  // Eight along the matrix's rows, from (i, k) on: in k where kAlongK, else in i.
  DEVICE void fetch(Chunk<f>& chunk, int64_t i, int64_t k) const {
    fetch_chunk(chunk, w, kAlongK ? i : k, kAlongK ? k : i);
  }
  // One value; 0 outside.
  DEVICE float value(int64_t i, int64_t k) const {
    const int64_t row = kAlongK ? i : k, col = kAlongK ? k : i;
    return row < w.rows && col < w.cols ? stored_value(w, row * w.cols + col) : 0.0f;
  }
};

// Whether rows can be read in eights.
inline bool whole_eights(const Stored& w) {
  return w.cols % 8 == 0 && reinterpret_cast<uintptr_t>(w.data) % 16 == 0;
}
// The fastest way to read it.
inline Format format_of(const Stored& w) {
  if (!whole_eights(w)) return Format::kAny;
  switch (w.dtype) {
    case DType::kF32:
      return Format::kF32;
    case DType::kBF16:
      return Format::kBf16;
    case DType::kF16:
      return Format::kF16;
    case DType::kNF4:
      return Format::kNf4;
    default:
      return Format::kAny;
  }
}

// Where a product goes: c[M, N] = alpha * sum (+ c) (+ bias[n]).
struct Result {
  float* c;
  int64_t M, N, K;
  float alpha;
  bool accumulate;
  const float* bias;  // or null

  DEVICE void put(int64_t m, int64_t n, float sum) const {
    if (m >= M || n >= N) return;
    float value = alpha * sum;
    float* to = c + m * N + n;
    if (accumulate) value += *to;
    if (bias != nullptr) value += bias[n];
    *to = value;
  }

  // Whether columns n and n + 1, n even, are both there or both not, and lie on 8 bytes.
  DEVICE bool in_pairs() const { return N % 2 == 0; }
  // What stands at them and is added to.
  DEVICE float2 there(int64_t m, int64_t n) const {
    return accumulate && m < M && n < N ? load2(c + m * N + n) : make_float2(0, 0);
  }
  DEVICE void put_pair(int64_t m, int64_t n, float low, float high, float2 there) const {
    if (m >= M || n >= N) return;
    float2 value = make_float2(alpha * low, alpha * high);
    if (accumulate) value = make_float2(value.x + there.x, value.y + there.y);
    if (bias != nullptr) value = make_float2(value.x + bias[n], value.y + bias[n + 1]);
    store2(c + m * N + n, value);
  }
};

}  // namespace neiro::cuda
