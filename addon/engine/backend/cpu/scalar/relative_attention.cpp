// Attention whose scores know distances (DeBERTa: He, Liu, Gao & Chen 2021), one pair of tokens at
// a time.
#include <algorithm>
#include <cmath>
#include <limits>

#include "backend/cpu/scalar/attention_rows.h"
#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {
namespace {

// One head: where its part of a row begins, and how far rows are apart.
struct Head {
  const float *q, *k, *v;
  const HostRelative& terms;
  int64_t at, stride;
  int head_dim;
  float scale;

  int64_t distance(int64_t i, int64_t j) const { return terms.rows[terms.reach - 1 + i - j]; }
  const float* row(const float* of, int64_t i) const { return of + i * stride + at; }

  // scale (q_i . k_j + q_i . keys[d] + k_j . queries[d])
  double score(int64_t i, int64_t j) const {
    const int64_t d = distance(i, j);
    double sum = dot(row(q, i), row(k, j), head_dim);
    if (terms.keys != nullptr) sum += dot(row(q, i), row(terms.keys, d), head_dim);
    if (terms.queries != nullptr) sum += dot(row(k, j), row(terms.queries, d), head_dim);
    return scale * sum;
  }
};

Head head_of(const float* q, const float* k, const float* v, const HostRelative& terms,
             const AttentionShape& shape, int64_t head) {
  const int64_t stride = static_cast<int64_t>(shape.heads) * shape.head_dim;
  return {q, k, v, terms, head * shape.head_dim, stride, shape.head_dim, shape.scale};
}

}  // namespace

void relative_attention_forward(const Workers& workers, float* out, float* lse, const float* q,
                                const float* k, const float* v, const HostRelative& terms,
                                const HostSequences& sequences, const AttentionShape& shape) {
  const int D = shape.head_dim;
  const int64_t tasks = static_cast<int64_t>(sequences.count) * shape.heads;
  workers.pool->parallel_each(tasks, [&](int64_t task, int worker) {
    const int64_t h = task % shape.heads;
    const Head head = head_of(q, k, v, terms, shape, h);
    const int64_t begin = sequences.offsets[task / shape.heads];
    const int64_t end = sequences.offsets[task / shape.heads + 1];
    double* sum = worker_rows(workers, worker, D);
    for (int64_t i = begin; i < end; ++i) {
      // In one pass, as attend() of attention.cpp: when the largest rises, the sums shrink.
      double m = -std::numeric_limits<double>::infinity(), l = 0;
      std::fill(sum, sum + D, 0.0);
      for (int64_t j = begin; j < end; ++j) {
        const double s = head.score(i, j);
        if (s > m) {
          const double shrink = std::exp(m - s);
          l *= shrink;
          for (int d = 0; d < D; ++d) sum[d] *= shrink;
          m = s;
        }
        const double p = std::exp(s - m);
        l += p;
        const float* v_row = head.row(v, j);
        for (int d = 0; d < D; ++d) sum[d] += p * v_row[d];
      }
      float* out_row = out + i * head.stride + head.at;
      for (int d = 0; d < D; ++d) out_row[d] = static_cast<float>(sum[d] / l);
      lse[i * shape.heads + h] = static_cast<float>(m + std::log(l));
    }
  });
}

// With p_ij = exp(s_ij - lse_i), ds_ij = scale p_ij (dout_i.v_j - dout_i.out_i), d the row of i -
// j:
//   dq_i = sum_j ds_ij (k_j + keys[d]),  dk_j = sum_i ds_ij (q_i + queries[d]),
//   dkeys[d] = sum ds_ij q_i,  dqueries[d] = sum ds_ij k_j,  dv_j = sum_i p_ij dout_i.
// A head is one thread's, over all examples in turn: they share the rows of distances.
void relative_attention_backward(const Workers& workers, float* dq, float* dk, float* dv,
                                 float* d_keys, float* d_queries, const float* dout,
                                 const float* out, const float* lse, const float* q, const float* k,
                                 const float* v, const HostRelative& terms,
                                 const HostSequences& sequences, const AttentionShape& shape) {
  const int D = shape.head_dim;
  workers.pool->parallel_each(shape.heads, [&](int64_t h, int worker) {
    const Head head = head_of(q, k, v, terms, shape, h);
    const auto clear = [&](float* of, int64_t rows) {
      if (of == nullptr) return;
      for (int64_t r = 0; r < rows; ++r) std::fill_n(of + r * head.stride + head.at, D, 0.0f);
    };
    const auto add = [&](float* of, int64_t r, double factor, const float* x) {
      float* to = of + r * head.stride + head.at;
      for (int d = 0; d < D; ++d) to[d] += static_cast<float>(factor * x[d]);
    };
    const int64_t T = sequences.offsets[sequences.count];
    clear(dk, T);
    clear(dv, T);
    clear(d_keys, terms.distances);
    clear(d_queries, terms.distances);
    double* sum = worker_rows(workers, worker, D);
    for (int32_t s = 0; s < sequences.count; ++s) {
      const int64_t begin = sequences.offsets[s], end = sequences.offsets[s + 1];
      for (int64_t i = begin; i < end; ++i) {
        const float* q_row = head.row(q, i);
        const float* dout_row = head.row(dout, i);
        const double delta = dot(dout_row, head.row(out, i), D);
        std::fill(sum, sum + D, 0.0);
        for (int64_t j = begin; j < end; ++j) {
          const int64_t distance = head.distance(i, j);
          const double p = std::exp(head.score(i, j) - lse[i * shape.heads + h]);
          const double ds = shape.scale * p * (dot(dout_row, head.row(v, j), D) - delta);
          const float* k_row = head.row(k, j);
          for (int d = 0; d < D; ++d) sum[d] += ds * k_row[d];
          add(dk, j, ds, q_row);
          add(dv, j, p, dout_row);
          if (terms.keys != nullptr) {
            const float* keys = head.row(terms.keys, distance);
            for (int d = 0; d < D; ++d) sum[d] += ds * keys[d];
            add(d_keys, distance, ds, q_row);
          }
          if (terms.queries != nullptr) {
            add(dk, j, ds, head.row(terms.queries, distance));
            add(d_queries, distance, ds, k_row);
          }
        }
        float* dq_row = dq + i * head.stride + head.at;
        for (int d = 0; d < D; ++d) dq_row[d] = static_cast<float>(sum[d]);
      }
    }
  });
}

}  // namespace neiro::scalar
