// The gated delta rule token by token. Forward a warp each 32 columns of a value head's state,
// which lies in shared memory; back a block each key head, whose value heads and examples go one
// after the other, since they add to the same gradients (as cpu/scalar/delta_rule.cpp).
#include "backend/cuda/activation_points.h"
#include "backend/cuda/arguments.h"

namespace neiro::cuda {
namespace {

constexpr int kMostKeys = 256;  // as delta_fits has it
constexpr int kThreads = 256;   // of a block on the way back: one each key or value
constexpr float kLengthEpsilon = 1e-6f;
using Room = float[kThreads / kWarp];

DEVICE float softplus(float z) { return z > 20 ? z : log1pf(expf(z)); }

struct Inputs {
  const float *q, *k, *v, *decay, *learn, *log_rate, *shift;
};

struct Shape {
  int key_heads, value_heads, Dk, Dv;
  DEVICE int64_t key_size() const { return static_cast<int64_t>(key_heads) * Dk; }
  DEVICE int64_t value_size() const { return static_cast<int64_t>(value_heads) * Dv; }
  DEVICE int key_head(int value_head) const { return value_head / (value_heads / key_heads); }
};

// One value head of one token, but for the lengths of its q and k.
struct Token {
  const float *q, *k, *v;
  float keep, learn, rate, before_decay;
  DEVICE Token(const Inputs& in, const Shape& shape, int value_head, int64_t t) {
    const int64_t key =
        t * shape.key_size() + static_cast<int64_t>(shape.key_head(value_head)) * shape.Dk;
    const int64_t head = t * shape.value_heads + value_head;
    q = in.q + key;
    k = in.k + key;
    v = in.v + t * shape.value_size() + static_cast<int64_t>(value_head) * shape.Dv;
    rate = expf(in.log_rate[value_head]);
    before_decay = in.decay[head] + in.shift[value_head];
    keep = expf(-rate * softplus(before_decay));
    learn = sigmoid(in.learn[head]);
  }
};

DEVICE float warp_inverse_length(const float* x, int n) {
  float sum = 0;
  for (int i = static_cast<int>(threadIdx.x) % kWarp; i < n; i += kWarp) sum += x[i] * x[i];
  return 1.0f / sqrtf(warp_sum(sum) + kLengthEpsilon);
}

using Columns = float[kMostKeys][kWarp];

// Grid: columns / 32 x value heads x examples. Without offsets one sequence of T tokens whose state
// comes from `state` and goes to `next`, both [value_heads * Dk, Dv].
KERNEL(kWarp)
delta_rule_forward_kernel(float* out, Inputs in, Shape shape, const int32_t* offsets, int64_t T,
                          const float* state, float* next) {
  Columns& S = shared<Columns>();
  const int lane = static_cast<int>(threadIdx.x);
  const int column = static_cast<int>(blockIdx.x) * kWarp + lane;
  const int head = static_cast<int>(blockIdx.y);
  const bool inside = column < shape.Dv;
  const int64_t begin = offsets == nullptr ? 0 : offsets[blockIdx.z];
  const int64_t end = offsets == nullptr ? T : offsets[blockIdx.z + 1];
  const int64_t at = static_cast<int64_t>(head) * shape.Dk * shape.Dv + column;
  for (int i = 0; i < shape.Dk; ++i) {
    S[i][lane] = state != nullptr && inside ? state[at + static_cast<int64_t>(i) * shape.Dv] : 0.0f;
  }
  for (int64_t t = begin; t < end; ++t) {
    const Token token(in, shape, head, t);
    const float q_scale =
        warp_inverse_length(token.q, shape.Dk) / sqrtf(static_cast<float>(shape.Dk));
    const float k_scale = warp_inverse_length(token.k, shape.Dk);
    float known = 0;
    for (int i = 0; i < shape.Dk; ++i) {
      S[i][lane] *= token.keep;
      known += k_scale * token.k[i] * S[i][lane];
    }
    const float learnt = inside ? token.learn * (token.v[column] - known) : 0.0f;
    float sum = 0;
    for (int i = 0; i < shape.Dk; ++i) {
      S[i][lane] += k_scale * token.k[i] * learnt;
      sum += q_scale * token.q[i] * S[i][lane];
    }
    if (inside) out[t * shape.value_size() + static_cast<int64_t>(head) * shape.Dv + column] = sum;
  }
  if (next == nullptr || !inside) return;
  for (int i = 0; i < shape.Dk; ++i) next[at + static_cast<int64_t>(i) * shape.Dv] = S[i][lane];
}

struct Gradients {
  float *q, *k, *v, *decay, *learn;
};

struct BackShared {
  Room room;
  float learnt[kThreads];  // e of each value
  float d_learnt[kThreads];
  float d_out[kThreads];
};

// One value head of one example. `states`: those before each chunk, those before each token of one
// chunk, the gradient of the state, a working one; each [Dk, Dv]. A thread owns column j and, where
// rows are summed, row i.
struct WayBack {
  Inputs in;
  Gradients d;
  Shape shape;
  const float* dout;
  float* states;
  int64_t chunks;
  int head;
  BackShared& s;

  DEVICE int own() const { return static_cast<int>(threadIdx.x); }
  DEVICE int64_t size() const { return static_cast<int64_t>(shape.Dk) * shape.Dv; }
  DEVICE float* state(int64_t i) const { return states + i * size(); }
  DEVICE float* before_token(int64_t i) const { return state(chunks + i); }
  DEVICE float* gradient() const { return state(chunks + kDeltaChunk); }
  DEVICE float* working() const { return state(chunks + kDeltaChunk + 1); }

  DEVICE float inverse_length(const float* x) const {
    const float value = own() < shape.Dk ? x[own()] : 0.0f;
    return 1.0f / sqrtf(block_sum<kThreads>(value * value, s.room) + kLengthEpsilon);
  }

  // A thread's column of `to` = that of `from`, or 0.
  DEVICE void copy_column(float* to, const float* from) const {
    if (own() >= shape.Dv) return;
    for (int i = 0; i < shape.Dk; ++i) {
      to[i * shape.Dv + own()] = from == nullptr ? 0.0f : from[i * shape.Dv + own()];
    }
  }

  // The state before the token becomes that after it.
  DEVICE void advance(float* S, int64_t t) const {
    const Token token(in, shape, head, t);
    const float k_scale = inverse_length(token.k);
    if (own() >= shape.Dv) return;
    float known = 0;
    for (int i = 0; i < shape.Dk; ++i) {
      float& value = S[i * shape.Dv + own()];
      value *= token.keep;
      known += k_scale * token.k[i] * value;
    }
    const float learnt = token.learn * (token.v[own()] - known);
    for (int i = 0; i < shape.Dk; ++i) S[i * shape.Dv + own()] += k_scale * token.k[i] * learnt;
  }

  DEVICE void run(int64_t begin, int64_t end) const {
    copy_column(working(), nullptr);
    for (int64_t c = 0; c < chunks; ++c) {
      copy_column(state(c), working());
      const int64_t first = begin + c * kDeltaChunk;
      for (int64_t t = first; t < first + kDeltaChunk && t < end; ++t) advance(working(), t);
    }
    copy_column(gradient(), nullptr);
    for (int64_t c = chunks; c-- > 0;) {
      const int64_t first = begin + c * kDeltaChunk;
      const int64_t last = first + kDeltaChunk < end ? first + kDeltaChunk : end;
      copy_column(working(), state(c));
      for (int64_t t = first; t < last; ++t) {
        copy_column(before_token(t - first), working());
        advance(working(), t);
      }
      for (int64_t t = last; t-- > first;) token_back(t, before_token(t - first));
    }
  }

  // x's part of a gradient from that of x * scale, scale its inverse length times `of`.
  DEVICE void add_length_backward(float* dx, float own_d, const float* x, float scale,
                                  float of) const {
    const bool inside = own() < shape.Dk;
    const float inverse = scale / of;
    const float along = block_sum<kThreads>(inside ? own_d * x[own()] : 0.0f, s.room);
    if (inside) dx[own()] += scale * (own_d - along * inverse * inverse * x[own()]);
  }

  // With D = keep * before, e = v - D^T k: after = D + k (learn e)^T, out = after^T q.
  DEVICE void token_back(int64_t t, const float* before) const {
    const int Dk = shape.Dk, Dv = shape.Dv, j = own(), i = own();
    const Token token(in, shape, head, t);
    const float root = 1.0f / sqrtf(static_cast<float>(Dk));
    const float q_scale = inverse_length(token.q) * root, k_scale = inverse_length(token.k);
    const int64_t at_value = t * shape.value_size() + static_cast<int64_t>(head) * Dv;
    float* after = gradient();
    float e = 0, d_e = 0;
    if (j < Dv) {
      const float d_out = dout[at_value + j];
      float known = 0;
      for (int r = 0; r < Dk; ++r) known += token.keep * k_scale * token.k[r] * before[r * Dv + j];
      e = token.v[j] - known;
      for (int r = 0; r < Dk; ++r) {
        float& value = after[r * Dv + j];
        value += q_scale * token.q[r] * d_out;
        d_e += k_scale * token.k[r] * value;
      }
      s.learnt[j] = e;
      s.d_out[j] = d_out;
      s.d_learnt[j] = token.learn * d_e;
      d.v[at_value + j] = token.learn * d_e;
    }
    const float d_learn = block_sum<kThreads>(d_e * e, s.room);  // and a barrier
    float q_sum = 0, k_sum = 0, keep_sum = 0;
    if (i < Dk) {
      const float ki = k_scale * token.k[i];
      for (int c = 0; c < Dv; ++c) {
        const float value = before[i * Dv + c], d_value = after[i * Dv + c];
        const float learnt = token.learn * s.learnt[c];
        q_sum += (token.keep * value + ki * learnt) * s.d_out[c];
        k_sum += d_value * learnt - token.keep * value * s.d_learnt[c];
        keep_sum += (d_value - ki * s.d_learnt[c]) * value;
      }
    }
    const float d_keep = block_sum<kThreads>(keep_sum, s.room);
    if (j < Dv) {
      for (int r = 0; r < Dk; ++r) {
        float& value = after[r * Dv + j];
        value = token.keep * (value - k_scale * token.k[r] * s.d_learnt[j]);
      }
    }
    if (threadIdx.x == 0) {
      const int64_t at_head = t * shape.value_heads + head;
      d.learn[at_head] = d_learn * token.learn * (1.0f - token.learn);
      d.decay[at_head] = -d_keep * token.keep * token.rate * sigmoid(token.before_decay);
    }
    const int64_t at_key = t * shape.key_size() + static_cast<int64_t>(shape.key_head(head)) * Dk;
    add_length_backward(d.q + at_key, q_sum, token.q, q_scale, root);
    add_length_backward(d.k + at_key, k_sum, token.k, k_scale, 1.0f);
  }
};

KERNEL(kThreads)
delta_rule_backward_kernel(Gradients d, float* states, const float* dout, Inputs in, Shape shape,
                           const int32_t* offsets, int32_t examples, int64_t each) {
  BackShared& s = shared<BackShared>();
  const int per_key = shape.value_heads / shape.key_heads;
  for (int h = 0; h < per_key; ++h) {
    const int head = static_cast<int>(blockIdx.x) * per_key + h;
    for (int32_t example = 0; example < examples; ++example) {
      const int64_t begin = offsets[example], end = offsets[example + 1];
      const int64_t chunks = (end - begin + kDeltaChunk - 1) / kDeltaChunk;
      WayBack{in, d, shape, dout, states + head * each, chunks, head, s}.run(begin, end);
    }
  }
}

// Of what is learnt of each head, tokens in order.
KERNEL(kElementThreads)
delta_rule_learnt_kernel(float* d_log_rate, float* d_shift, const float* d_decay, Inputs in,
                         int64_t T, int heads) {
  for (int64_t h = first_element(); h < heads; h += element_step()) {
    float shift = 0, log_rate = 0;
    for (int64_t t = 0; t < T; ++t) {
      const float dz = d_decay[t * heads + h], z = in.decay[t * heads + h] + in.shift[h];
      shift += dz;
      log_rate += dz * (z < -15 ? 1.0f : softplus(z) / sigmoid(z));
    }
    if (d_shift != nullptr) d_shift[h] += shift;
    if (d_log_rate != nullptr) d_log_rate[h] += log_rate;
  }
}

Inputs inputs_of(const DeltaInputs& in) {
  return {floats(in.q),     floats(in.k),    floats(in.v), floats(in.decay),
          floats(in.learn), at(in.log_rate), at(in.shift)};
}
Shape shape_of(const DeltaShape& shape) {
  return {shape.key_heads, shape.value_heads, shape.key_dim, shape.value_dim};
}
Launch over_columns(const char* name, const DeltaShape& shape, int64_t examples) {
  return {name,
          {static_cast<uint32_t>((shape.value_dim + kWarp - 1) / kWarp),
           static_cast<uint32_t>(shape.value_heads), static_cast<uint32_t>(examples)},
          kWarp,
          sizeof(Columns)};
}

}  // namespace

void delta_rule_forward(const Device&, const Matrix& out, const DeltaInputs& in,
                        const Sequences& sequences, const DeltaShape& shape) {
  expect(delta_fits(out, in, shape), "delta_rule_forward");
  if (out.rows == 0) return;
  launch(over_columns("delta_rule_forward", shape, sequences.count), delta_rule_forward_kernel,
         floats(out), inputs_of(in), shape_of(shape), at(sequences.offsets), int64_t{0}, nullptr,
         nullptr);
}

void delta_rule_backward(const Device&, const DeltaGradients& d, const Matrix& states,
                         const Matrix& dout, const DeltaInputs& in, const Sequences& sequences,
                         const DeltaShape& shape) {
  expect(delta_fits(dout, in, shape) && same_shape(d.q, in.q) && same_shape(d.k, in.k) &&
             same_shape(d.v, in.v) && same_shape(d.decay, in.decay) &&
             same_shape(d.learn, in.learn) && states.cols == shape.value_dim &&
             states.rows >= delta_rule_states(sequences.longest, shape),
         "delta_rule_backward");
  if (dout.rows == 0) return;
  gpu_zero(floats(d.q), d.q.elements() * static_cast<int64_t>(sizeof(float)));
  gpu_zero(floats(d.k), d.k.elements() * static_cast<int64_t>(sizeof(float)));
  const int64_t each =
      delta_rule_states(sequences.longest, shape) / shape.value_heads * shape.value_dim;
  launch(over_blocks("delta_rule_backward", shape.key_heads, kThreads, sizeof(BackShared)),
         delta_rule_backward_kernel,
         Gradients{floats(d.q), floats(d.k), floats(d.v), floats(d.decay), floats(d.learn)},
         floats(states), floats(dout), inputs_of(in), shape_of(shape), at(sequences.offsets),
         sequences.count, each);
  launch(over_elements("delta_rule_learnt", shape.value_heads), delta_rule_learnt_kernel,
         at(d.log_rate), at(d.shift), floats(d.decay), inputs_of(in), dout.rows, shape.value_heads);
}

void delta_rule_cached(const Device&, const Matrix& out, const Matrix& next, const DeltaInputs& in,
                       const Matrix& state, const DeltaShape& shape) {
  expect(delta_fits(out, in, shape) && same_shape(next, state) &&
             state.elements() == shape.state_size() && next.data != state.data,
         "delta_rule_cached");
  launch(over_columns("delta_rule_cached", shape, 1), delta_rule_forward_kernel, floats(out),
         inputs_of(in), shape_of(shape), nullptr, out.rows, floats(state), floats(next));
}

}  // namespace neiro::cuda
