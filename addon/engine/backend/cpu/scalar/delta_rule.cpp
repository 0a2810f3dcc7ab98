// The gated delta rule token by token. A value head's columns of S evolve each by itself, so the
// innermost loops run over them.
#include <algorithm>
#include <cmath>

#include "backend/cpu/scalar/kernels.h"

namespace neiro::scalar {
namespace {

constexpr float kLengthEpsilon = 1e-6f;
// Dk and Dv at most; a family's file refuses more.
constexpr int kMostKeys = 256, kMostValues = 256;
constexpr int kColumns = 32;  // of a state that are worked on together

float sigmoid(float z) { return 1.0f / (1.0f + std::exp(-z)); }
float softplus(float z) { return z > 20 ? z : std::log1p(std::exp(z)); }

// 1 / |x| of n values.
float inverse_length(const float* x, int64_t n) {
  double sum = 0;
  for (int64_t i = 0; i < n; ++i) sum += static_cast<double>(x[i]) * x[i];
  return static_cast<float>(1.0 / std::sqrt(sum + static_cast<double>(kLengthEpsilon)));
}

// One value head of one token.
struct Token {
  const float *q, *k, *v;
  float q_scale;  // 1 / (|q| sqrt(Dk))
  float k_scale;  // 1 / |k|
  float keep;     // exp of the decay
  float learn;    // sigmoid
};

struct Head {
  const HostDelta& in;
  const DeltaShape& shape;
  int value_head;

  int key_head() const { return value_head / (shape.value_heads / shape.key_heads); }
  float rate() const { return std::exp(in.log_rate[value_head]); }
  float before_decay(int64_t t) const {
    return in.decay[t * shape.value_heads + value_head] + in.shift[value_head];
  }
  Token at(int64_t t) const {
    Token token;
    token.q = in.q + t * shape.key_size() + int64_t{key_head()} * shape.key_dim;
    token.k = in.k + t * shape.key_size() + int64_t{key_head()} * shape.key_dim;
    token.v = in.v + t * shape.value_size() + int64_t{value_head} * shape.value_dim;
    token.q_scale =
        inverse_length(token.q, shape.key_dim) / std::sqrt(static_cast<float>(shape.key_dim));
    token.k_scale = inverse_length(token.k, shape.key_dim);
    token.keep = std::exp(-rate() * softplus(before_decay(t)));
    token.learn = sigmoid(in.learn[t * shape.value_heads + value_head]);
    return token;
  }
};

// Columns of S, [Dk, n], whose rows lie so many values apart.
struct State {
  float* values;
  int64_t stride;
  int rows;  // Dk
  int n;     // columns

  float* row(int i) const { return values + i * stride; }
};

// to[n] = S^T x, x taken `scale` times.
void through(float* to, const State& S, const float* x, float scale) {
  std::fill(to, to + S.n, 0.0f);
  for (int i = 0; i < S.rows; ++i) {
    const float xi = scale * x[i];
    const float* row = S.row(i);
    for (int j = 0; j < S.n; ++j) to[j] += xi * row[j];
  }
}

// S += x y^T, x taken `scale` times.
void add_outer(const State& S, const float* x, float scale, const float* y) {
  for (int i = 0; i < S.rows; ++i) {
    const float xi = scale * x[i];
    float* row = S.row(i);
    for (int j = 0; j < S.n; ++j) row[j] += xi * y[j];
  }
}

// S before the token becomes S after it; v are the token's values in these columns.
void advance(const State& S, const Token& token, const float* v) {
  float delta[kMostValues];
  for (int i = 0; i < S.rows; ++i) {
    for (int j = 0; j < S.n; ++j) S.row(i)[j] *= token.keep;
  }
  through(delta, S, token.k, token.k_scale);
  for (int j = 0; j < S.n; ++j) delta[j] = token.learn * (v[j] - delta[j]);
  add_outer(S, token.k, token.k_scale, delta);
}

// Tokens [begin, end) of columns `first` and on; without out only the state.
void read_tokens(float* out, const State& S, const Head& head, int first, int64_t begin,
                 int64_t end) {
  for (int64_t t = begin; t < end; ++t) {
    const Token token = head.at(t);
    advance(S, token, token.v + first);
    if (out == nullptr) continue;
    const DeltaShape& shape = head.shape;
    float* to = out + t * shape.value_size() + int64_t{head.value_head} * shape.value_dim + first;
    through(to, S, token.q, token.q_scale);
  }
}

// Gradient of n values x from that of x * scale, where `scale` is their inverse length times `of`:
// with u = x / |x|:  dx += of / |x| * (d - u (u . d)).
void add_length_backward(float* dx, const float* d, const float* x, float scale, float of,
                         int64_t n) {
  const float inverse = scale / of;
  double along = 0;
  for (int64_t i = 0; i < n; ++i) along += static_cast<double>(d[i]) * x[i];
  const float back = static_cast<float>(along) * inverse * inverse;
  for (int64_t i = 0; i < n; ++i) dx[i] += scale * (d[i] - back * x[i]);
}

// One value head of one example on its way back. `states` holds the states before each chunk, those
// before each token of one chunk, the gradient of the state, and a working one.
struct WayBack {
  const Head& head;
  const HostDeltaGradients& d;
  const float* dout;
  float* states;
  int64_t chunks;

  int64_t state_size() const { return int64_t{head.shape.key_dim} * head.shape.value_dim; }
  State state(int64_t i) const {
    const DeltaShape& shape = head.shape;
    return {states + i * state_size(), shape.value_dim, shape.key_dim, shape.value_dim};
  }
  State before_token(int64_t i) const { return state(chunks + i); }
  State dS() const { return state(chunks + kDeltaChunk); }
  State S() const { return state(chunks + kDeltaChunk + 1); }

  void run(int64_t begin, int64_t end) const {
    const int64_t n = state_size();
    std::fill_n(S().values, n, 0.0f);
    for (int64_t c = 0; c < chunks; ++c) {
      std::copy_n(S().values, n, state(c).values);
      const int64_t first = begin + c * kDeltaChunk;
      read_tokens(nullptr, S(), head, 0, first, std::min(end, first + kDeltaChunk));
    }
    std::fill_n(dS().values, n, 0.0f);
    for (int64_t c = chunks; c-- > 0;) {
      const int64_t first = begin + c * kDeltaChunk;
      const int64_t last = std::min(end, first + kDeltaChunk);
      std::copy_n(state(c).values, n, S().values);
      for (int64_t t = first; t < last; ++t) {
        std::copy_n(S().values, n, before_token(t - first).values);
        read_tokens(nullptr, S(), head, 0, t, t + 1);
      }
      for (int64_t t = last; t-- > first;) token_back(t, before_token(t - first));
    }
  }

  // From dS after the token to dS before it. With D = keep * before, e = v - D^T k:
  // after = D + k (learn e)^T, out = after^T q.
  void token_back(int64_t t, const State& before) const {
    const DeltaShape& shape = head.shape;
    const int Dk = shape.key_dim, Dv = shape.value_dim;
    const Token token = head.at(t);
    const State d_after = dS();
    float dq[kMostValues], dk[kMostValues], e[kMostValues], d_e[kMostValues];
    const int64_t at_value = t * shape.value_size() + int64_t{head.value_head} * Dv;
    const float* d_out = dout + at_value;
    through(e, before, token.k, token.keep * token.k_scale);
    for (int j = 0; j < Dv; ++j) e[j] = token.v[j] - e[j];
    add_outer(d_after, token.q, token.q_scale, d_out);
    std::fill_n(d_e, Dv, 0.0f);  // of learn * e at first
    for (int i = 0; i < Dk; ++i) {
      const float ki = token.k_scale * token.k[i];
      const float* row = before.row(i);
      const float* d_row = d_after.row(i);
      float q_sum = 0, k_sum = 0;
      for (int j = 0; j < Dv; ++j) {
        const float learnt = token.learn * e[j];
        q_sum += (token.keep * row[j] + ki * learnt) * d_out[j];
        k_sum += d_row[j] * learnt;
        d_e[j] += ki * d_row[j];
      }
      dq[i] = q_sum;
      dk[i] = k_sum;
    }
    double d_learn = 0;
    for (int j = 0; j < Dv; ++j) {
      d_learn += static_cast<double>(d_e[j]) * e[j];
      d_e[j] *= token.learn;
      d.v[at_value + j] = d_e[j];
    }
    double d_keep = 0;
    for (int i = 0; i < Dk; ++i) {
      const float ki = token.k_scale * token.k[i];
      const float* row = before.row(i);
      float* d_row = d_after.row(i);
      float k_sum = 0, keep_sum = 0;
      for (int j = 0; j < Dv; ++j) {
        k_sum += token.keep * row[j] * d_e[j];
        const float d_decayed = d_row[j] - ki * d_e[j];
        keep_sum += d_decayed * row[j];
        d_row[j] = token.keep * d_decayed;
      }
      dk[i] -= k_sum;
      d_keep += keep_sum;
    }
    // keep = exp(-rate softplus(z)):  dz = -keep rate sigmoid(z) d_keep
    const int64_t at_head = t * shape.value_heads + head.value_head;
    d.learn[at_head] = static_cast<float>(d_learn) * token.learn * (1.0f - token.learn);
    d.decay[at_head] =
        -static_cast<float>(d_keep) * token.keep * head.rate() * sigmoid(head.before_decay(t));
    const int64_t at_key = t * shape.key_size() + int64_t{head.key_head()} * Dk;
    add_length_backward(d.q + at_key, dq, token.q, token.q_scale,
                        1.0f / std::sqrt(static_cast<float>(Dk)), Dk);
    add_length_backward(d.k + at_key, dk, token.k, token.k_scale, 1.0f, Dk);
  }
};

// softplus(z) / sigmoid(z)
float softplus_over_slope(float z) { return z < -15 ? 1.0f : softplus(z) / sigmoid(z); }

}  // namespace

void delta_rule_forward(const Workers& workers, float* out, const HostDelta& in,
                        const HostSequences& sequences, const DeltaShape& shape) {
  const int blocks = (shape.value_dim + kColumns - 1) / kColumns;
  const int64_t n = int64_t{sequences.count} * shape.value_heads * blocks;
  workers.pool->parallel_each(n, [&](int64_t i, int) {
    const int64_t s = i / blocks / shape.value_heads;
    const Head head{in, shape, static_cast<int>(i / blocks % shape.value_heads)};
    const int first = static_cast<int>(i % blocks) * kColumns;
    float values[kMostKeys * kColumns];
    const State S{values, kColumns, shape.key_dim, std::min(kColumns, shape.value_dim - first)};
    std::fill_n(values, int64_t{shape.key_dim} * kColumns, 0.0f);
    read_tokens(out, S, head, first, sequences.offsets[s], sequences.offsets[s + 1]);
  });
}

// Value heads of one key head add to the same gradients, so they go one after the other, and so do
// examples: their states share a place.
void delta_rule_backward(const Workers& workers, const HostDeltaGradients& d, float* states,
                         const float* dout, const HostDelta& in, const HostSequences& sequences,
                         const DeltaShape& shape) {
  const int64_t T = sequences.offsets[sequences.count];
  std::fill(d.q, d.q + T * shape.key_size(), 0.0f);
  std::fill(d.k, d.k + T * shape.key_size(), 0.0f);
  const int per_key = shape.value_heads / shape.key_heads;
  int64_t longest = 0;
  for (int32_t s = 0; s < sequences.count; ++s) {
    longest = std::max<int64_t>(longest, sequences.offsets[s + 1] - sequences.offsets[s]);
  }
  const int64_t each = delta_rule_states(longest, shape) / shape.value_heads * shape.value_dim;
  workers.pool->parallel_each(shape.key_heads, [&](int64_t key_head, int) {
    for (int h = 0; h < per_key; ++h) {
      const Head head{in, shape, static_cast<int>(key_head) * per_key + h};
      for (int32_t s = 0; s < sequences.count; ++s) {
        const int64_t begin = sequences.offsets[s], end = sequences.offsets[s + 1];
        const int64_t chunks = (end - begin + kDeltaChunk - 1) / kDeltaChunk;
        WayBack{head, d, dout, states + head.value_head * each, chunks}.run(begin, end);
      }
    }
  });
  for (int h = 0; h < shape.value_heads; ++h) {
    const Head head{in, shape, h};
    double shift = 0, log_rate = 0;
    for (int64_t t = 0; t < T; ++t) {
      const double dz = d.decay[t * shape.value_heads + h];
      shift += dz;
      // d log_rate = -rate softplus(z) keep d_keep
      log_rate += dz * static_cast<double>(softplus_over_slope(head.before_decay(t)));
    }
    if (d.shift != nullptr) d.shift[h] += static_cast<float>(shift);
    if (d.log_rate != nullptr) d.log_rate[h] += static_cast<float>(log_rate);
  }
}

void delta_rule_cached(const Workers& workers, float* out, float* next, const HostDelta& in,
                       const float* state, int64_t T, const DeltaShape& shape) {
  const int64_t n = int64_t{shape.key_dim} * shape.value_dim;
  workers.pool->parallel_each(shape.value_heads, [&](int64_t h, int) {
    std::copy_n(state + h * n, n, next + h * n);
    const State S{next + h * n, shape.value_dim, shape.key_dim, shape.value_dim};
    read_tokens(out, S, Head{in, shape, static_cast<int>(h)}, 0, 0, T);
  });
}

}  // namespace neiro::scalar
