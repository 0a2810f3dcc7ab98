// Brings operands into the order that the micro-kernel reads, step by step of k, decoding a stored
// matrix on the way. A stored format that is added gets its branch in decode_run; a number type of
// products gets its step (product_step.h). Nothing else changes.
#pragma once

#include <cstring>

#include "backend/cpu/simd/common.h"
#include "backend/cpu/simd/product_step.h"
#include "formats/ggml_blocks.h"
#include "formats/int8_rows.h"

namespace neiro::simd {

// Columns that are decoded at a time: one NF4 block where blocks begin with rows.
inline constexpr int kRun = 64;
// What a decoded run may need: whole vectors are written past its end.
inline constexpr int kRunBuffer = kRun + 16;

template <class F>
float nf4_scale(const HostMatrix& w, int64_t block) {
  return kDynamicCode[w.nf4.absmax_q[block]] * w.nf4.absmax2[block / kNf4ScaleBlock] + w.nf4.offset;
}

// n <= 64 codes of one block, from element `first` of the matrix on.
template <class F>
void decode_nf4_part(const HostMatrix& w, int64_t first, int64_t n, float* out) {
  constexpr int L = F::kLanes;
  const float scale = nf4_scale<F>(w, first / kNf4Block);
  const uint8_t* bytes = static_cast<const uint8_t*>(w.data) + first / 2;
  int64_t i = 0;
  if (first % 2 != 0) {  // an odd width: the run begins in the middle of a byte
    out[i++] = kNf4Code[*bytes++ & 15] * scale;
  }
  const typename F::Reg scales = F::set(scale);
  for (; i + L <= n; i += L, bytes += L / 2) {
    F::store(out + i, F::mul(F::lookup_nibbles(bytes, kNf4Code), scales));
  }
  if (i < n) {  // never read past the end of the matrix
    uint8_t tail[L / 2] = {};
    for (int64_t b = 0; b < (n - i + 1) / 2; ++b) tail[b] = bytes[b];
    F::store(out + i, F::mul(F::lookup_nibbles(tail, kNf4Code), scales));
  }
}

// Values of row `row`, columns [begin, begin + n), n <= kRun: either where they lie (F32) or
// decoded into buffer[kRunBuffer].
template <class F>
const float* decode_run(const HostMatrix& w, int64_t row, int64_t begin, int64_t n, float* buffer) {
  constexpr int L = F::kLanes;
  const int64_t first = row * w.cols + begin;
  if (w.dtype == DType::kF32) return static_cast<const float*>(w.data) + first;
  if (w.dtype == DType::kNF4) {
    for (int64_t i = 0; i < n;) {
      const int64_t part = smaller(n - i, kNf4Block - (first + i) % kNf4Block);
      decode_nf4_part<F>(w, first + i, part, buffer + i);
      i += part;
    }
    return buffer;
  }
  if (w.dtype == DType::kInt8) {
    decode_int8<F>(static_cast<const int8_t*>(w.data) + first, n, w.row_absmax[row], buffer);
    return buffer;
  }
  if (ggml_blocks(w.dtype)) {
    decode_ggml<F>(w.dtype, w.data, first, n, buffer);
    return buffer;
  }
  const uint16_t* half = static_cast<const uint16_t*>(w.data) + first;
  uint16_t tail[L] = {};
  for (int64_t i = 0; i < n; i += L) {
    const uint16_t* source = half + i;
    if (n - i < L) {
      for (int64_t j = 0; j < n - i; ++j) tail[j] = source[j];
      source = tail;
    }
    F::store(buffer + i, w.dtype == DType::kBF16 ? F::load_bf16(source) : F::load_f16(source));
  }
  return buffer;
}

template <class F>
typename F::Reg load_up_to(const float* p, int64_t n) {
  return n >= F::kLanes ? F::load(p) : F::load_n(p, n);
}

// out[k, r] = rows[r][k] for k < n and r < count <= lanes, by 32 bits; out's rows lie `ld` floats
// apart, and a whole vector is written to each (so ascending callers may let them overlap).
template <class F>
void transpose_run(float* out, int64_t ld, const float* const* rows, int64_t count, int64_t n) {
  constexpr int L = F::kLanes;
  typename F::Reg r[L];
  for (int64_t k = 0; k < n; k += L) {
    unroll<L>([&](auto i) NEIRO_INLINE_BODY {
      r[i.value] = i.value < count ? load_up_to<F>(rows[i.value] + k, n - k) : F::zero();
    });
    F::transpose(r);
    const int64_t valid = smaller(L, n - k);
    if (valid == L) {
      unroll<L>([&](auto i) NEIRO_INLINE_BODY { F::store(out + (k + i.value) * ld, r[i.value]); });
    } else {
      for (int i = 0; i < valid; ++i) F::store(out + (k + i) * ld, r[i]);
    }
  }
}

// A panel for y = x W^T, in cells of P: out[k, n] holds W[row0 + n] at step step0 + k, for k <
// steps and n < width; zero for n past the matrix. width is a multiple of the lanes.
template <class P>
void pack_rows_across(float* out, const HostMatrix& w, int64_t row0, int64_t rows, int64_t step0,
                      int64_t steps, int64_t width) {
  using F = typename P::Vector;
  constexpr int L = F::kLanes;
  constexpr int64_t kSteps = kRun / P::kDepth;  // of a run of values
  float buffer[L][kRunBuffer];
  float cells[L][kRunBuffer];
  const float* runs[L];
  for (int64_t n = 0; n < width; n += L) {
    const int64_t count = larger(0, smaller(L, rows - n));
    for (int64_t k = 0; k < steps; k += kSteps) {
      const int64_t part = smaller(kSteps, steps - k);
      const int64_t column = (step0 + k) * P::kDepth;
      const int64_t run = smaller(part * P::kDepth, w.cols - column);
      for (int64_t r = 0; r < count; ++r) {
        const float* values = decode_run<F>(w, row0 + n + r, column, run, buffer[r]);
        runs[r] = P::cells_along(values, run, cells[r]);
      }
      transpose_run<F>(out + k * width + n, width, runs, count, part);
    }
  }
}

// The kDepth rows of a step of W, columns [begin, begin + n), as cells; zero past the last row.
template <class P>
const float* step_across(const HostMatrix& w, int64_t step, int64_t begin, int64_t n,
                         float (&buffer)[P::kDepth][kRunBuffer], float* cells) {
  const float* rows[P::kDepth];
  for (int64_t s = 0; s < P::kDepth; ++s) {
    const int64_t row = step * P::kDepth + s;
    rows[s] = buffer[s];
    if (row < w.rows) {
      rows[s] = decode_run<typename P::Vector>(w, row, begin, n, buffer[s]);
    } else {
      for (int64_t i = 0; i < n; ++i) buffer[s][i] = 0.0f;
    }
  }
  return P::cells_across(rows, n, cells);
}

// Panels for dx = dy W, in cells of P: out[p][k, n] holds column col0 + p * width + n of W at step
// step0 + k, for k < steps and the `columns` columns, zero past them. Panels lie steps * width
// cells apart.
template <class P>
void pack_columns(float* out, const HostMatrix& w, int64_t step0, int64_t steps, int64_t col0,
                  int64_t columns, int64_t width) {
  using F = typename P::Vector;
  constexpr int L = F::kLanes;
  float buffer[P::kDepth][kRunBuffer];
  float cells[kRunBuffer];
  const int64_t padded = round_up(columns, width);
  for (int64_t n0 = 0; n0 < padded; n0 += kRun) {
    const int64_t run = smaller(kRun, columns - n0);
    const int64_t run_padded = smaller(kRun, padded - n0);
    for (int64_t k = 0; k < steps; ++k) {
      const float* values = step_across<P>(w, step0 + k, col0 + n0, run, buffer, cells);
      for (int64_t n = 0; n < run_padded; n += L) {
        float* panel = out + (n0 + n) / width * steps * width + (n0 + n) % width;
        F::store(panel + k * width, n < run ? load_up_to<F>(values + n, run - n) : F::zero());
      }
    }
  }
}

// The left operand of a row tile from row-major x[M, columns], in cells of P: out[k, m] holds x[m]
// at step step0 + k, for k < steps and m < M <= kTileRows. The last row written runs on for less
// than a vector: out has that room.
template <class P>
void pack_left_rows(float* out, const float* x, int64_t columns, int64_t M, int64_t step0,
                    int64_t steps) {
  using F = typename P::Vector;
  const float* rows[F::kLanes];
  if constexpr (P::kInPlace) {  // cells where the values lie
    for (int64_t m = 0; m < M; ++m) rows[m] = x + m * columns + step0;
    transpose_run<F>(out, M, rows, M, steps);
  } else {
    constexpr int64_t kSteps = kRun / P::kDepth;
    float cells[F::kLanes][kRunBuffer];
    for (int64_t k = 0; k < steps; k += kSteps) {
      const int64_t part = smaller(kSteps, steps - k);
      const int64_t column = (step0 + k) * P::kDepth;
      const int64_t run = smaller(part * P::kDepth, columns - column);
      for (int64_t m = 0; m < M; ++m) {
        rows[m] = P::cells_along(x + m * columns + column, run, cells[m]);
      }
      transpose_run<F>(out + k * M, M, rows, M, part);
    }
  }
}

// The left operand of a row tile from its transpose, x[K, ldx] at its first column: out[k, m] holds
// column m of x at step step0 + k.
template <class P>
void pack_left_columns(float* out, const float* x, int64_t ldx, int64_t K, int64_t M, int64_t step0,
                       int64_t steps) {
  using F = typename P::Vector;
  const float none[F::kTileRows] = {};
  float cells[kRunBuffer];
  const float* rows[P::kDepth];
  for (int64_t k = 0; k < steps; ++k) {
    for (int64_t s = 0; s < P::kDepth; ++s) {
      const int64_t row = (step0 + k) * P::kDepth + s;
      rows[s] = row < K ? x + row * ldx : none;
    }
    F::store_n(out + k * M, F::load_n(P::cells_across(rows, M, cells), M), M);
  }
}

}  // namespace neiro::simd
