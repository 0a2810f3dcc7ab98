// Softmax attention with grouped keys and a sliding window, one query or key at a time.
#include <algorithm>
#include <cmath>
#include <limits>

#include "backend/cpu/scalar/attention_rows.h"
#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {
namespace {

// First key that query i sees, counted in its example.
int64_t first_key(int64_t i, int window) {
  return window > 0 ? std::max<int64_t>(0, i - window + 1) : 0;
}

// Last key that query i sees among the `length` of its example.
int64_t last_key(int64_t i, int64_t length, const AttentionShape& shape) {
  if (shape.causal) return i;
  return shape.window > 0 ? std::min<int64_t>(length, i + shape.window) - 1 : length - 1;
}

// cap * tanh(score / cap), or the score itself without a cap.
double capped(double score, float cap) { return cap > 0 ? cap * std::tanh(score / cap) : score; }

// Its slope, from the capped score: 1 - (capped / cap)^2.
double capped_slope(double capped_score, float cap) {
  return cap > 0 ? 1.0 - capped_score * capped_score / (static_cast<double>(cap) * cap) : 1.0;
}

// One query row against keys [first, last] whose rows lie `stride` floats apart.
//   s_j = capped(scale q.k_j),  m = max s,  l = sum exp(s_j - m),  out = sum exp(s_j - m) v_j / l
// in one pass: when m rises, what was summed so far is scaled down (Milakov & Gimelshein 2018).
// Returns lse = m + log(l). A sink is one score more, whose v is 0.
double attend(float* out, const float* q, const float* k, const float* v, int64_t first,
              int64_t last, int64_t stride, const AttentionShape& shape, int64_t head,
              double* sum) {
  const int head_dim = shape.head_dim;
  double m = -std::numeric_limits<double>::infinity();
  double l = 0;
  std::fill(sum, sum + head_dim, 0.0);
  for (int64_t j = first; j <= last; ++j) {
    const double s = capped(shape.scale * dot(q, k + j * stride, head_dim), shape.soft_cap);
    if (s > m) {
      const double shrink = std::exp(m - s);
      l *= shrink;
      for (int d = 0; d < head_dim; ++d) sum[d] *= shrink;
      m = s;
    }
    const double p = std::exp(s - m);
    l += p;
    for (int d = 0; d < head_dim; ++d) sum[d] += p * v[j * stride + d];
  }
  if (shape.sinks) {
    const double sink = device_address(shape.sinks)[head];
    const double most = std::max(m, sink), shrink = std::exp(m - most);
    l = l * shrink + std::exp(sink - most);
    for (int d = 0; d < head_dim; ++d) sum[d] *= shrink;
    m = most;
  }
  for (int d = 0; d < head_dim; ++d) out[d] = static_cast<float>(sum[d] / l);
  return m + std::log(l);
}

}  // namespace

int64_t scratch_bytes(int threads, int, int max_head_dim) {
  return threads * worker_bytes(max_head_dim);
}

void attention_forward(const Workers& workers, float* out, float* lse, const float* q,
                       const float* k, const float* v, const HostSequences& sequences,
                       const AttentionShape& shape) {
  const int D = shape.head_dim;
  const int group = shape.heads / shape.kv_heads;
  const int64_t stride = static_cast<int64_t>(shape.kv_heads) * D;
  const int64_t tasks = static_cast<int64_t>(sequences.count) * shape.heads;
  workers.pool->parallel_each(tasks, [&](int64_t task, int worker) {
    const int h = static_cast<int>(task % shape.heads);
    const int64_t begin = sequences.offsets[task / shape.heads];
    const int64_t length = sequences.offsets[task / shape.heads + 1] - begin;
    const int64_t kv = begin * stride + h / group * D;
    for (int64_t i = 0; i < length; ++i) {
      const int64_t row = (begin + i) * shape.heads + h;
      lse[row] = static_cast<float>(attend(out + row * D, q + row * D, k + kv, v + kv,
                                           first_key(i, shape.window), last_key(i, length, shape),
                                           stride, shape, h, worker_rows(workers, worker, D)));
    }
  });
}

// With s_ij = capped(scale q_i.k_j), p_ij = exp(s_ij - lse_i), delta_i = dout_i.out_i and
// ds_ij = p_ij (dout_i.v_j - delta_i) capped'(s_ij):
//   dq_i = scale sum_j ds_ij k_j,  dk_j = scale sum_i ds_ij q_i,  dv_j = sum_i p_ij dout_i
// where the sums over i run over every query head that shares the kv head (Dao 2023).
void attention_backward(const Workers& workers, float* dq, float* dk, float* dv, float* delta,
                        const float* dout, const float* out, const float* lse, const float* q,
                        const float* k, const float* v, const HostSequences& sequences,
                        const AttentionShape& shape) {
  const int D = shape.head_dim;
  const int group = shape.heads / shape.kv_heads;
  const int64_t stride = static_cast<int64_t>(shape.kv_heads) * D;
  const int64_t tasks = static_cast<int64_t>(sequences.count) * shape.kv_heads;
  workers.pool->parallel_each(tasks, [&](int64_t task, int worker) {
    const int kv_head = static_cast<int>(task % shape.kv_heads);
    const int64_t begin = sequences.offsets[task / shape.kv_heads];
    const int64_t length = sequences.offsets[task / shape.kv_heads + 1] - begin;
    const int64_t kv = begin * stride + kv_head * D;
    double* sum = worker_rows(workers, worker, D);
    double* sum_v = sum + D;

    for (int h = kv_head * group; h < (kv_head + 1) * group; ++h) {
      for (int64_t i = 0; i < length; ++i) {
        const int64_t row = (begin + i) * shape.heads + h;
        delta[row] = static_cast<float>(dot(dout + row * D, out + row * D, D));
        std::fill(sum, sum + D, 0.0);
        const int64_t last = last_key(i, length, shape);
        for (int64_t j = first_key(i, shape.window); j <= last; ++j) {
          const float* k_row = k + kv + j * stride;
          const double s = capped(shape.scale * dot(q + row * D, k_row, D), shape.soft_cap);
          const double p = std::exp(s - lse[row]);
          const double ds = p * (dot(dout + row * D, v + kv + j * stride, D) - delta[row]) *
                            capped_slope(s, shape.soft_cap);
          for (int d = 0; d < D; ++d) sum[d] += shape.scale * ds * k_row[d];
        }
        for (int d = 0; d < D; ++d) dq[row * D + d] = static_cast<float>(sum[d]);
      }
    }
    for (int64_t j = 0; j < length; ++j) {
      const float* k_row = k + kv + j * stride;
      const float* v_row = v + kv + j * stride;
      std::fill(sum, sum + 2 * D, 0.0);
      const int64_t last = shape.window > 0 ? std::min(length, j + shape.window) : length;
      const int64_t first = shape.causal ? j : first_key(j, shape.window);
      for (int64_t i = first; i < last; ++i) {
        for (int h = kv_head * group; h < (kv_head + 1) * group; ++h) {
          const int64_t row = (begin + i) * shape.heads + h;
          const double s = capped(shape.scale * dot(q + row * D, k_row, D), shape.soft_cap);
          const double p = std::exp(s - lse[row]);
          const double ds =
              p * (dot(dout + row * D, v_row, D) - delta[row]) * capped_slope(s, shape.soft_cap);
          for (int d = 0; d < D; ++d) {
            sum[d] += shape.scale * ds * q[row * D + d];
            sum_v[d] += p * dout[row * D + d];
          }
        }
      }
      for (int d = 0; d < D; ++d) {
        dk[kv + j * stride + d] = static_cast<float>(sum[d]);
        dv[kv + j * stride + d] = static_cast<float>(sum_v[d]);
      }
    }
  });
}

// The sink's probability is exp(sink - lse), and it brings nothing: d_sink = -p * delta.
void attention_sinks_backward(const Workers& workers, float* d_sinks, const float* delta,
                              const float* lse, int64_t T, const AttentionShape& shape) {
  const float* sinks = device_address(shape.sinks);
  workers.pool->parallel_for(shape.heads, [&](int64_t begin, int64_t end, int) {
    for (int64_t h = begin; h < end; ++h) {
      double sum = 0;
      for (int64_t i = 0; i < T; ++i) {
        const int64_t row = i * shape.heads + h;
        sum -= std::exp(static_cast<double>(sinks[h]) - lse[row]) * delta[row];
      }
      d_sinks[h] += static_cast<float>(sum);
    }
  });
}

void attention_cached(const Workers& workers, float* out, const float* q, const float* k_cache,
                      const float* v_cache, int64_t n, int64_t start, const AttentionShape& shape) {
  const int D = shape.head_dim;
  const int group = shape.heads / shape.kv_heads;
  const int64_t stride = static_cast<int64_t>(shape.kv_heads) * D;
  workers.pool->parallel_each(n * shape.heads, [&](int64_t row, int worker) {
    const int64_t i = start + row / shape.heads;
    const int64_t kv = row % shape.heads / group * D;
    attend(out + row * D, q + row * D, k_cache + kv, v_cache + kv, first_key(i, shape.window), i,
           stride, shape, row % shape.heads, worker_rows(workers, worker, D));
  });
}

void attention_apart(const Workers& workers, float* out, const float* q, const float* k_cache,
                     const float* v_cache, const int32_t* begins, const int32_t* positions,
                     int64_t n, const AttentionShape& shape) {
  const int D = shape.head_dim;
  const int group = shape.heads / shape.kv_heads;
  const int64_t stride = static_cast<int64_t>(shape.kv_heads) * D;
  workers.pool->parallel_each(n * shape.heads, [&](int64_t row, int worker) {
    const int64_t i = row / shape.heads;
    const int64_t kv = begins[i] * stride + row % shape.heads / group * D;
    attend(out + row * D, q + row * D, k_cache + kv, v_cache + kv,
           first_key(positions[i], shape.window), positions[i], stride, shape, row % shape.heads,
           worker_rows(workers, worker, D));
  });
}

}  // namespace neiro::scalar
