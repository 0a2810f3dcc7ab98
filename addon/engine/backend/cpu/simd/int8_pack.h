// Brings operands into groups of bytes with their scales (int8_step.h), decoding a stored matrix on
// the way. The counterpart of pack.h, whose cells need no look at a whole group first.
#pragma once

#include "backend/cpu/simd/int8_step.h"
#include "backend/cpu/simd/pack.h"

namespace neiro::simd {

// What a group of values is divided by, and times: the largest becomes 127. A group with something
// that is no number gets a scale that is none, so that it is seen in the result as in F32.
struct GroupScale {
  float scale, inverse;
};
inline constexpr float kLargestByte = 127.0f;
// 127 divided by less would be no number.
inline constexpr float kSmallestGroup = 1e-35f;

// What is seen of a group's values, lane by lane.
template <class F>
struct Extremes {
  typename F::Reg top = F::zero();     // the largest, without sign
  typename F::Reg spoilt = F::zero();  // no number where one of them is none, else zero

  void see(typename F::Reg x) {
    top = F::max(top, F::max(F::sub(F::zero(), x), x));
    spoilt = F::fma(x, F::zero(), spoilt);
  }
};

template <class F>
GroupScale group_scale(const float* values, int64_t n) {
  Extremes<F> seen;
  for (int64_t i = 0; i < n; i += F::kLanes) seen.see(load_up_to<F>(values + i, n - i));
  const float most = F::top(seen.top);
  return {most / kLargestByte + F::sum(seen.spoilt),
          most > kSmallestGroup ? kLargestByte / most : 0.0f};
}

// The same of `rows` rows for each of a vector of columns; rows lie `stride` apart.
template <class F>
void column_scales(const float* values, int64_t rows, int64_t stride, typename F::Reg& scale,
                   typename F::Reg& inverse) {
  Extremes<F> seen;
  for (int64_t k = 0; k < rows; ++k) seen.see(F::load(values + k * stride));
  const typename F::Reg largest = F::set(kLargestByte);
  scale = F::add(F::div(seen.top, largest), seen.spoilt);
  inverse = F::where_le(seen.top, F::set(kSmallestGroup), F::zero(), F::div(largest, seen.top));
}

// As decode_run, always into out[kRunBuffer].
template <class F>
void decode_into(const HostMatrix& w, int64_t row, int64_t begin, int64_t n, float* out) {
  const float* values = decode_run<F>(w, row, begin, n, out);
  if (values == out) return;
  for (int64_t i = 0; i < n; ++i) out[i] = values[i];
}

// The cells of one group along k, and room for a whole vector behind them.
struct ByteCells {
  alignas(64) float cells[kInt8Group / 4 + 16];
};

// n <= kInt8Group values as bytes with `offset` added, the last cell filled up; returns their
// scale.
template <class P>
float bytes_along(const float* values, int64_t n, int offset, ByteCells& out) {
  using F = typename P::Vector;
  const GroupScale group = group_scale<F>(values, n);
  int8_t* bytes = reinterpret_cast<int8_t*>(out.cells);
  const typename F::Reg inverse = F::set(group.inverse);
  for (int64_t i = 0; i < n; i += F::kLanes) {
    P::Bytes::store_bytes(bytes + i, F::mul(load_up_to<F>(values + i, n - i), inverse), offset);
  }
  return group.scale;
}

// What undoes the left bytes' offset in the sums of a vector of columns, behind their scales.
template <class P>
void store_offsets(float* panel, int64_t steps, int64_t width, int64_t n) {
  using Dot = typename P::Bytes;
  typename P::Sum sum = P::zero();
  const typename P::Reg offset = Dot::offset_cell();
  for (int64_t k = 0; k < steps; ++k) {
    sum = P::multiply(offset, P::load(panel + k * width + n), sum);
  }
  Dot::store(panel + (steps + 1) * width + n, Dot::negative(sum));
}

// As pack_rows_across, for one group of k.
template <class P>
void pack_group_across(float* out, const HostMatrix& w, int64_t row0, int64_t rows, int64_t step0,
                       int64_t steps, int64_t width) {
  using F = typename P::Vector;
  constexpr int L = F::kLanes;
  alignas(64) float values[kInt8Group + kRunBuffer];
  ByteCells cells[L];
  const float* runs[L] = {};
  const int64_t begin = step0 * P::kDepth;
  const int64_t group = smaller(steps * P::kDepth, w.cols - begin);
  for (int64_t n = 0; n < width; n += L) {
    const int64_t count = larger(0, smaller(L, rows - n));
    float* scales = out + steps * width + n;
    for (int64_t r = 0; r < L; ++r) scales[r] = 0.0f;
    for (int64_t r = 0; r < count; ++r) {
      for (int64_t i = 0; i < group; i += kRun) {
        const int64_t run = smaller(kRun, group - i);
        decode_into<F>(w, row0 + n + r, begin + i, run, values + i);
      }
      scales[r] = bytes_along<P>(values, group, 0, cells[r]);
      runs[r] = cells[r].cells;
    }
    transpose_run<F>(out + n, width, runs, count, steps);
    store_offsets<P>(out, steps, width, n);
  }
}

// As pack_columns, for one group of k of panels that lie `stride` floats apart.
template <class P>
void pack_group_of_columns(float* out, int64_t stride, const HostMatrix& w, int64_t step0,
                           int64_t steps, int64_t col0, int64_t columns, int64_t width) {
  using F = typename P::Vector;
  using Reg = typename F::Reg;
  constexpr int L = F::kLanes;
  alignas(64) float values[kInt8Group][kRunBuffer];
  const int64_t begin = step0 * P::kDepth;
  const int64_t group = smaller(steps * P::kDepth, w.rows - begin);
  const int64_t padded = round_up(columns, width);
  for (int64_t n0 = 0; n0 < padded; n0 += kRun) {
    const int64_t run = smaller(kRun, columns - n0);
    for (int64_t k = 0; k < steps * P::kDepth; ++k) {
      int64_t known = 0;
      if (k < group && run > 0) {
        known = run;
        decode_into<F>(w, begin + k, col0 + n0, run, values[k]);
      }
      for (int64_t j = known; j < kRun; ++j) values[k][j] = 0.0f;
    }
    for (int64_t n = 0; n < smaller(kRun, padded - n0); n += L) {
      float* panel = out + (n0 + n) / width * stride;
      const int64_t place = (n0 + n) % width;
      Reg scale, inverse;
      column_scales<F>(values[0] + n, group, kRunBuffer, scale, inverse);
      F::store(panel + steps * width + place, scale);
      for (int64_t k = 0; k < steps; ++k) {
        const float* first = values[k * P::kDepth] + n;
        F::store(panel + k * width + place, P::Bytes::cells_across(first, kRunBuffer, inverse));
      }
      store_offsets<P>(panel, steps, width, place);
    }
  }
}

// As pack_left_rows, for one group of k.
template <class P>
void pack_left_group(float* out, const float* x, int64_t columns, int64_t M, int64_t step0,
                     int64_t steps) {
  using F = typename P::Vector;
  ByteCells cells[F::kLanes];
  const float* rows[F::kLanes] = {};
  float scales[F::kLanes] = {};
  const int64_t begin = step0 * P::kDepth;
  const int64_t group = smaller(steps * P::kDepth, columns - begin);
  for (int64_t m = 0; m < M; ++m) {
    scales[m] = bytes_along<P>(x + m * columns + begin, group, P::Bytes::kLeftOffset, cells[m]);
    rows[m] = cells[m].cells;
  }
  transpose_run<F>(out, M, rows, M, steps);
  // behind the cells, over which the last of them ran on
  for (int64_t m = 0; m < M; ++m) out[steps * M + m] = scales[m];
}

// The groups of a block, one behind the other: body(first step of the group, its steps).
template <class P, class Body>
void each_group(int64_t steps, const Body& body) {
  for (int64_t k = 0; k < steps; k += P::kGroupSteps) {
    body(k, smaller(P::kGroupSteps, steps - k));
  }
}

template <class P>
void pack_byte_rows_across(float* out, const HostMatrix& w, int64_t row0, int64_t rows,
                           int64_t step0, int64_t steps, int64_t width) {
  each_group<P>(steps, [&](int64_t k, int64_t group) {
    pack_group_across<P>(out + right_floats<P>(k) * width, w, row0, rows, step0 + k, group, width);
  });
}

template <class P>
void pack_byte_columns(float* out, const HostMatrix& w, int64_t step0, int64_t steps, int64_t col0,
                       int64_t columns, int64_t width) {
  const int64_t stride = right_floats<P>(steps) * width;
  each_group<P>(steps, [&](int64_t k, int64_t group) {
    pack_group_of_columns<P>(out + right_floats<P>(k) * width, stride, w, step0 + k, group, col0,
                             columns, width);
  });
}

template <class P>
void pack_left_byte_rows(float* out, const float* x, int64_t columns, int64_t M, int64_t step0,
                         int64_t steps) {
  each_group<P>(steps, [&](int64_t k, int64_t group) {
    pack_left_group<P>(out + left_floats<P>(k) * M, x, columns, M, step0 + k, group);
  });
}

}  // namespace neiro::simd
