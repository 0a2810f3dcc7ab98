// Attention whose scores know distances (DeBERTa). A warp each row: its lanes share out a head, so
// every score is one sum over the warp. Encoders are small; no tiles.
#include "backend/cuda/arguments.h"

namespace neiro::cuda {
namespace {

constexpr int kThreads = 128;
constexpr int kRows = kThreads / kWarp;
constexpr int kMostD = 256;
constexpr int kEach = kMostD / kWarp;

struct Terms {
  const float* keys;     // or null
  const float* queries;  // or null
  const int32_t* rows;
  int32_t reach;
};

// One head of everything, as lanes read it.
struct Head {
  const float *q, *k, *v, *dout, *out, *lse;
  Terms terms;
  int heads, D;
  float scale;

  DEVICE int lane() const { return static_cast<int>(threadIdx.x) % kWarp; }
  DEVICE int64_t stride() const { return static_cast<int64_t>(heads) * D; }
  DEVICE int64_t at(int64_t row, int head) const {
    return row * stride() + static_cast<int64_t>(head) * D;
  }
  DEVICE int64_t distance(int64_t i, int64_t j) const {
    return terms.rows[terms.reach - 1 + i - j];
  }

  // scale (q_i . k_j + q_i . keys[d] + k_j . queries[d]); i and j are rows of the pass.
  DEVICE float score(int64_t i, int64_t j, int head) const {
    const int64_t d = at(distance(i, j), head), qi = at(i, head), kj = at(j, head);
    float sum = 0;
    for (int c = lane(); c < D; c += kWarp) {
      const float key = k[kj + c], query = q[qi + c];
      sum += query * (terms.keys == nullptr ? key : key + terms.keys[d + c]);
      if (terms.queries != nullptr) sum += key * terms.queries[d + c];
    }
    return scale * warp_sum(sum);
  }
  // p_ij, and ds_ij = scale p_ij (dout_i . (v_j - out_i)).
  DEVICE float weight(int64_t i, int64_t j, int head) const {
    return expf(score(i, j, head) - lse[i * heads + head]);
  }
  DEVICE float slope(float p, int64_t i, int64_t j, int head) const {
    const int64_t oi = at(i, head), vj = at(j, head);
    float sum = 0;
    for (int c = lane(); c < D; c += kWarp) sum += dout[oi + c] * (v[vj + c] - out[oi + c]);
    return scale * p * warp_sum(sum);
  }
};

// A lane's part of a row of one head.
struct Part {
  float values[kEach];
  DEVICE void clear() {
#pragma unroll
    for (int i = 0; i < kEach; ++i) values[i] = 0;
  }
  DEVICE void scale(float by) {
#pragma unroll
    for (int i = 0; i < kEach; ++i) values[i] *= by;
  }
  DEVICE void add(float weight, const float* row, int lane, int D) {
#pragma unroll
    for (int i = 0; i < kEach; ++i) {
      if (lane + i * kWarp < D) values[i] += weight * row[lane + i * kWarp];
    }
  }
  DEVICE void put(float* row, float factor, int lane, int D) const {
#pragma unroll
    for (int i = 0; i < kEach; ++i) {
      if (lane + i * kWarp < D) row[lane + i * kWarp] = values[i] * factor;
    }
  }
};

// Grid: rows of the longest example / kRows x heads x examples.
struct Span {
  int64_t begin, end, row;
  DEVICE explicit Span(const int32_t* offsets)
      : begin(offsets[blockIdx.z]),
        end(offsets[blockIdx.z + 1]),
        row(begin + static_cast<int64_t>(blockIdx.x) * kRows + threadIdx.x / kWarp) {}
};

KERNEL(kThreads)
relative_forward_kernel(float* out, float* lse, Head h, const int32_t* offsets) {
  const Span span(offsets);
  if (span.row >= span.end) return;
  const int head = static_cast<int>(blockIdx.y);
  float top = -INFINITY, sum = 0;
  Part part;
  part.clear();
  for (int64_t j = span.begin; j < span.end; ++j) {
    const float score = h.score(span.row, j, head);
    const float largest = fmaxf(top, score);
    const float shrink = expf(top - largest), p = expf(score - largest);
    part.scale(shrink);
    part.add(p, h.v + h.at(j, head), h.lane(), h.D);
    sum = sum * shrink + p;
    top = largest;
  }
  part.put(out + h.at(span.row, head), 1.0f / sum, h.lane(), h.D);
  if (h.lane() == 0) lse[span.row * h.heads + head] = top + logf(sum);
}

// dq_i = sum_j ds_ij (k_j + keys[d])
KERNEL(kThreads)
relative_query_gradient_kernel(float* dq, Head h, const int32_t* offsets) {
  const Span span(offsets);
  if (span.row >= span.end) return;
  const int head = static_cast<int>(blockIdx.y);
  Part part;
  part.clear();
  for (int64_t j = span.begin; j < span.end; ++j) {
    const float ds = h.slope(h.weight(span.row, j, head), span.row, j, head);
    part.add(ds, h.k + h.at(j, head), h.lane(), h.D);
    if (h.terms.keys != nullptr) {
      part.add(ds, h.terms.keys + h.at(h.distance(span.row, j), head), h.lane(), h.D);
    }
  }
  part.put(dq + h.at(span.row, head), 1.0f, h.lane(), h.D);
}

// dk_j = sum_i ds_ij (q_i + queries[d]),  dv_j = sum_i p_ij dout_i
KERNEL(kThreads)
relative_key_gradient_kernel(float* dk, float* dv, Head h, const int32_t* offsets) {
  const Span span(offsets);
  if (span.row >= span.end) return;
  const int head = static_cast<int>(blockIdx.y);
  Part keys, values;
  keys.clear();
  values.clear();
  for (int64_t i = span.begin; i < span.end; ++i) {
    const float p = h.weight(i, span.row, head);
    const float ds = h.slope(p, i, span.row, head);
    values.add(p, h.dout + h.at(i, head), h.lane(), h.D);
    keys.add(ds, h.q + h.at(i, head), h.lane(), h.D);
    if (h.terms.queries != nullptr) {
      keys.add(ds, h.terms.queries + h.at(h.distance(i, span.row), head), h.lane(), h.D);
    }
  }
  keys.put(dk + h.at(span.row, head), 1.0f, h.lane(), h.D);
  values.put(dv + h.at(span.row, head), 1.0f, h.lane(), h.D);
}

// d_keys[d] = sum ds_ij q_i and d_queries[d] = sum ds_ij k_j over the pairs of this distance; a
// warp each row of distances and head.
KERNEL(kThreads)
relative_distance_gradient_kernel(float* d_keys, float* d_queries, Head h, const int32_t* offsets,
                                  int32_t examples, int64_t distances) {
  const int64_t row = static_cast<int64_t>(blockIdx.x) * kRows + threadIdx.x / kWarp;
  if (row >= distances) return;
  const int head = static_cast<int>(blockIdx.y);
  Part keys, queries;
  keys.clear();
  queries.clear();
  for (int32_t s = 0; s < examples; ++s) {
    const int64_t begin = offsets[s], length = offsets[s + 1] - begin;
    for (int64_t apart = 1 - length; apart < length; ++apart) {
      if (h.terms.rows[h.terms.reach - 1 + apart] != row) continue;
      for (int64_t j = apart < 0 ? -apart : 0; j < length && j + apart < length; ++j) {
        const int64_t key = begin + j, query = key + apart;
        const float ds = h.slope(h.weight(query, key, head), query, key, head);
        keys.add(ds, h.q + h.at(query, head), h.lane(), h.D);
        queries.add(ds, h.k + h.at(key, head), h.lane(), h.D);
      }
    }
  }
  if (d_keys != nullptr) keys.put(d_keys + h.at(row, head), 1.0f, h.lane(), h.D);
  if (d_queries != nullptr) queries.put(d_queries + h.at(row, head), 1.0f, h.lane(), h.D);
}

float* floats_or_null(const Matrix& x) { return x.data ? floats(x) : nullptr; }

Head head_of(const Matrix& q, const Matrix& k, const Matrix& v, const RelativeTerms& terms,
             const AttentionShape& shape) {
  return {floats(q),
          floats(k),
          floats(v),
          nullptr,
          nullptr,
          nullptr,
          {floats_or_null(terms.keys), floats_or_null(terms.queries), at(terms.rows), terms.reach},
          shape.heads,
          shape.head_dim,
          shape.scale};
}

Launch over_tokens(const char* name, const Sequences& sequences, int heads) {
  return {name,
          {static_cast<uint32_t>((sequences.longest + kRows - 1) / kRows),
           static_cast<uint32_t>(heads), static_cast<uint32_t>(sequences.count)},
          kThreads};
}

}  // namespace

void relative_attention_forward(const Device&, const Matrix& out, DevicePtr<float> lse,
                                const Matrix& q, const Matrix& k, const Matrix& v,
                                const RelativeTerms& terms, const Sequences& sequences,
                                const AttentionShape& shape) {
  expect(attention_fits(q, k, v, shape) && relative_fits(q, terms, sequences, shape) &&
             shape.head_dim <= kMostD,
         "relative_attention_forward");
  if (q.rows == 0) return;
  launch(over_tokens("relative_attention_forward", sequences, shape.heads), relative_forward_kernel,
         floats(out), at(lse), head_of(q, k, v, terms, shape), at(sequences.offsets));
}

void relative_attention_backward(const Device&, const Matrix& dq, const Matrix& dk,
                                 const Matrix& dv, const Matrix& d_keys, const Matrix& d_queries,
                                 const Matrix& dout, const Matrix& out, DevicePtr<const float> lse,
                                 const Matrix& q, const Matrix& k, const Matrix& v,
                                 const RelativeTerms& terms, const Sequences& sequences,
                                 const AttentionShape& shape) {
  expect(attention_fits(q, k, v, shape) && relative_fits(q, terms, sequences, shape) &&
             shape.head_dim <= kMostD,
         "relative_attention_backward");
  if (q.rows == 0) return;
  Head head = head_of(q, k, v, terms, shape);
  head.dout = floats(dout);
  head.out = floats(out);
  head.lse = at(lse);
  const int32_t* offsets = at(sequences.offsets);
  launch(over_tokens("relative_query_gradient", sequences, shape.heads),
         relative_query_gradient_kernel, floats(dq), head, offsets);
  launch(over_tokens("relative_key_gradient", sequences, shape.heads), relative_key_gradient_kernel,
         floats(dk), floats(dv), head, offsets);
  const int64_t distances = std::max(terms.keys.rows, terms.queries.rows);
  if (distances == 0) return;
  launch({"relative_distance_gradient",
          {static_cast<uint32_t>((distances + kRows - 1) / kRows),
           static_cast<uint32_t>(shape.heads), 1},
          kThreads},
         relative_distance_gradient_kernel, floats_or_null(d_keys), floats_or_null(d_queries), head,
         offsets, sequences.count, distances);
}

}  // namespace neiro::cuda
