// The table of operations. Each device fills it (cpu/; cuda/ will); model, adapters, objectives and
// train call nothing else.
// Conventions: a Matrix says its number type, and an operation throws INTERNAL for a type or a
// shape that it cannot do; sums, gradients and the optimizer's state are F32 whatever the
// activations are. T = tokens of the micro-batch laid end to end without padding; results come
// first; "+=" means that the result is added to what is there. An operation only begins the work:
// the host sees a result after download() of its device. Every reduction has a fixed order, so the
// same inputs give the same bits for any number of threads. The plain version of each operation
// (backend/cpu/scalar) is its specification.
#pragma once

#include <cstdint>

#include "backend/matrix.h"
#include "core/random.h"

namespace neiro {

class Device;

// The examples of a micro-batch inside the T tokens: example s covers [offsets[s], offsets[s + 1]).
// Attention never crosses an example. What a device must know before it starts stands beside.
struct Sequences {
  DevicePtr<const int32_t> offsets;  // [count + 1], offsets[0] = 0, offsets[count] = T
  int32_t count = 0;
  int32_t longest = 0;  // tokens of the longest example
};

// Which values of a head are rotated: the first `rotary` of its D, in pairs.
struct RopeShape {
  int head_dim = 0;          // D
  int rotary = 0;            // even
  bool interleaved = false;  // pairs (2i, 2i + 1), as in GLM; else (i, i + rotary / 2)
};

struct AttentionShape {
  int heads = 0;     // query heads
  int kv_heads = 0;  // heads % kv_heads == 0 (grouped-query attention)
  int head_dim = 0;
  // Sliding window: a token sees itself and window - 1 before it (and, where it is not causal, as
  // many behind it); 0 = all.
  int window = 0;
  float scale = 0;     // usually 1 / sqrt(head_dim)
  float soft_cap = 0;  // scores become soft_cap * tanh(score / soft_cap); 0 = they stay
  bool causal = true;  // false: a token also sees those behind it (encoders)
  // [heads] learnt scores that the softmax counts beside those of the keys, and that bring nothing
  // (gpt-oss; Xiao et al. 2023); null = none. They are in lse.
  DevicePtr<const float> sinks = nullptr;
};

// Scores of a pair of tokens that know how far apart they are (DeBERTa's disentangled attention, He
// et al. 2021): query i and key j also meet the vectors of their distance, row
// rows[reach - 1 + i - j] of `keys` and of `queries`, [distances, heads * D] each.
struct RelativeTerms {
  Matrix keys;                    // without data: a query does not meet them
  Matrix queries;                 // likewise of a key
  DevicePtr<const int32_t> rows;  // [2 * reach - 1]
  int32_t reach = 0;              // at least the tokens of the longest example
};

// The weight of a norm as it is stored; what counts is base + w. Some models store w, some w - 1.
struct NormWeight {
  DevicePtr<const float> w;  // [C]
  float base = 0;
};

// kSilu: z * sigmoid(z). kGelu: z * (1 + erf(z / sqrt(2))) / 2 (Hendrycks & Gimpel 2016).
// kGeluTanh, its approximation: z * (1 + tanh(sqrt(2 / pi) * (z + 0.044715 z^3))) / 2. kTanh, and
// kRelu: max(z, 0). kSigmoid: sigmoid(z). kNone: z.
enum class Activation { kSilu, kGelu, kGeluTanh, kTanh, kRelu, kSigmoid, kNone };

// Heads of a gated delta rule: value head h reads key head h / (value_heads / key_heads).
struct DeltaShape {
  int key_heads = 0;
  int value_heads = 0;
  int key_dim = 0;    // Dk
  int value_dim = 0;  // Dv

  int64_t key_size() const { return int64_t{key_heads} * key_dim; }
  int64_t value_size() const { return int64_t{value_heads} * value_dim; }
  int64_t state_size() const { return value_size() * key_dim; }
};

// What a gated delta rule reads: q and k [T, key_size()], v [T, value_size()], and before their
// functions what says how much a head forgets, `decay`, and learns, `learn` [T, value_heads].
// Learnt of each value head: log_rate and shift [value_heads].
struct DeltaInputs {
  Matrix q, k, v, decay, learn;
  DevicePtr<const float> log_rate, shift;
};
// Their gradients; d_log_rate and d_shift may be null, and are added to.
struct DeltaGradients {
  Matrix q, k, v, decay, learn;
  DevicePtr<float> log_rate, shift;
};

// A gate whose values are cut off (gpt-oss): with g = min(gate, limit) and u = up within -limit and
// limit, g * sigmoid(alpha * g) * (u + 1).
struct ClampedGate {
  float alpha = 1;
  float limit = 0;  // 0 = the block's gate is another
};

struct AdamW {
  float learning_rate, beta1, beta2, epsilon, weight_decay;
  int64_t step;  // 1 for the first update (bias correction)
};

// AdamW's moments in a byte a value: of each kMomentBlock values in a row the largest absolute one,
// and codes of the dynamic maps (formats/matrix.h), signed for m, times that. Dettmers et al. 2022.
inline constexpr int64_t kMomentBlock = 256;
struct ByteMoments {
  DevicePtr<uint8_t> m, v;              // [n]
  DevicePtr<float> m_absmax, v_absmax;  // [ceil(n / kMomentBlock)]
};

inline int64_t moment_blocks(int64_t n) { return (n + kMomentBlock - 1) / kMomentBlock; }

// Of each row of V, [out]: 1 / |V|, magnitude / |V|, and that less one.
struct DoraRows {
  DevicePtr<float> inverse_norm, factor, less_one;
};

// Rows of Dv values that the way back of a gated delta rule keeps of an example of T tokens at
// most: the states before every kDeltaChunk-th token, of each token of one chunk, and a gradient.
inline constexpr int64_t kDeltaChunk = 32;
inline int64_t delta_rule_states(int64_t T, const DeltaShape& shape) {
  const int64_t states = (T + kDeltaChunk - 1) / kDeltaChunk + kDeltaChunk + 2;
  return states * shape.value_heads * shape.key_dim;
}

struct Operations {
  // y[T, C] = rows `tokens`[T] of table[vocab, C].
  void (*embedding_forward)(const Device&, const Matrix& y, const Matrix& table,
                            DevicePtr<const int32_t> tokens);
  // dtable[vocab, C] += dy[T, C] at rows `tokens` (full training only).
  void (*embedding_backward)(const Device&, DevicePtr<float> dtable, const Matrix& dy,
                             DevicePtr<const int32_t> tokens);
  // Some rows of an activation, for what is computed for these alone:
  // y[n, C] = rows `index`[n] of x[T, C], and the way back, dx[T, C] += dy[n, C] at rows `index`.
  void (*gather_rows)(const Device&, const Matrix& y, const Matrix& x,
                      DevicePtr<const int32_t> index);
  void (*gather_rows_backward)(const Device&, const Matrix& dx, const Matrix& dy,
                               DevicePtr<const int32_t> index);
  // y[n, C] in F32 = rows [begin, begin + n) of a stored matrix, decoded.
  void (*matrix_rows)(const Device&, const Matrix& y, const Matrix& stored, int64_t begin);

  // y = x * rstd * (base + w), rstd[R] = 1 / sqrt(mean(x^2) + eps) over the C values of each of the
  // R rows: R = T, or T * heads (q/k norm). y may be x. Zhang & Sennrich 2019.
  void (*rms_norm_forward)(const Device&, const Matrix& y, DevicePtr<float> rstd, const Matrix& x,
                           const NormWeight& weight, float eps);
  // dx (+= when accumulate, else =); dw[C] += when not null.
  void (*rms_norm_backward)(const Device&, const Matrix& dx, DevicePtr<float> dw, const Matrix& dy,
                            const Matrix& x, const NormWeight& weight, DevicePtr<const float> rstd,
                            bool accumulate);

  // y = (x - mean) * rstd * w (+ bias[C] when not null), mean and variance over the C values of
  // each of the R rows, rstd[R] = 1 / sqrt(variance + eps). y may be x. Ba et al. 2016.
  void (*layer_norm_forward)(const Device&, const Matrix& y, DevicePtr<float> rstd, const Matrix& x,
                             DevicePtr<const float> w, DevicePtr<const float> bias, float eps);
  // dx (+= when accumulate, else =, and then it may be dy); dw[C] and dbias[C] += when not null.
  void (*layer_norm_backward)(const Device&, const Matrix& dx, DevicePtr<float> dw,
                              DevicePtr<float> dbias, const Matrix& dy, const Matrix& x,
                              DevicePtr<const float> w, DevicePtr<const float> rstd,
                              bool accumulate);

  // y[n, C] = the mean of the rows of x[T, C] of each of n examples, and the way back, dx[T, C] +=.
  void (*mean_rows)(const Device&, const Matrix& y, const Matrix& x,
                    DevicePtr<const int32_t> offsets);
  void (*mean_rows_backward)(const Device&, const Matrix& dx, const Matrix& dy,
                             DevicePtr<const int32_t> offsets);

  // y[T, out] = alpha * x[T, in] * W[out, in]^T (+ y when accumulate) (+ bias[out] when not null).
  void (*linear_forward)(const Device&, const Matrix& y, const Matrix& x, const Matrix& w,
                         DevicePtr<const float> bias, float alpha, bool accumulate);
  // The same, where every row has the bits that linear_forward gives it alone (T = 1), whatever
  // stands beside it: for rows of different conversations. W is read once.
  void (*linear_forward_apart)(const Device&, const Matrix& y, const Matrix& x, const Matrix& w,
                               DevicePtr<const float> bias, float alpha, bool accumulate);
  // dx[T, in] = alpha * dy[T, out] * W (+ dx when accumulate).
  void (*linear_backward_input)(const Device&, const Matrix& dx, const Matrix& dy, const Matrix& w,
                                float alpha, bool accumulate);
  // dw[out, in] += alpha * dy[T, out]^T * x[T, in].
  void (*linear_backward_weight)(const Device&, DevicePtr<float> dw, const Matrix& dy,
                                 const Matrix& x, float alpha);
  // dbias[out] += sum over T of dy[T, out].
  void (*linear_backward_bias)(const Device&, DevicePtr<float> dbias, const Matrix& dy);

  // Rotates the pairs of the first r = `rotary` of the D values of every head of x[T, heads * D] in
  // place; the others stay. Pair i turns by the tables' column i: they are [positions, r / 2];
  // positions[T] index them. Su et al. 2021.
  void (*rope_forward)(const Device&, const Matrix& x, DevicePtr<const int32_t> positions,
                       DevicePtr<const float> cosines, DevicePtr<const float> sines,
                       const RopeShape&);
  // The transpose: rotates the gradient back, in place.
  void (*rope_backward)(const Device&, const Matrix& dx, DevicePtr<const int32_t> positions,
                        DevicePtr<const float> cosines, DevicePtr<const float> sines,
                        const RopeShape&);

  // Softmax attention inside each example, tiled: no T x T matrix is stored.
  // q[T, heads * D], k and v[T, kv_heads * D] -> out[T, heads * D], lse[T, heads] (log-sum-exp of
  // the scaled scores). Dao 2023 (FlashAttention-2).
  void (*attention_forward)(const Device&, const Matrix& out, DevicePtr<float> lse, const Matrix& q,
                            const Matrix& k, const Matrix& v, const Sequences&,
                            const AttentionShape&);
  // dq, dk, dv are written (not added). delta[T, heads] is scratch of the caller.
  void (*attention_backward)(const Device&, const Matrix& dq, const Matrix& dk, const Matrix& dv,
                             DevicePtr<float> delta, const Matrix& dout, const Matrix& out,
                             DevicePtr<const float> lse, const Matrix& q, const Matrix& k,
                             const Matrix& v, const Sequences&, const AttentionShape&);
  // d_sinks[heads] += what comes back to the shape's sinks; after attention_backward, of its delta.
  void (*attention_sinks_backward)(const Device&, DevicePtr<float> d_sinks,
                                   DevicePtr<const float> delta, DevicePtr<const float> lse,
                                   int64_t T, const AttentionShape&);
  // The same with scores of q_i . k_j + q_i . keys[d] + k_j . queries[d], d the row of i - j; every
  // token sees all of its example, and as many keys as heads.
  void (*relative_attention_forward)(const Device&, const Matrix& out, DevicePtr<float> lse,
                                     const Matrix& q, const Matrix& k, const Matrix& v,
                                     const RelativeTerms&, const Sequences&, const AttentionShape&);
  // dq, dk, dv and the gradients of the terms, d_keys and d_queries (where these have data), are
  // written.
  void (*relative_attention_backward)(const Device&, const Matrix& dq, const Matrix& dk,
                                      const Matrix& dv, const Matrix& d_keys,
                                      const Matrix& d_queries, const Matrix& dout,
                                      const Matrix& out, DevicePtr<const float> lse,
                                      const Matrix& q, const Matrix& k, const Matrix& v,
                                      const RelativeTerms&, const Sequences&,
                                      const AttentionShape&);
  // n new query rows (n >= 1) against a cache that already holds them: caches are
  // [capacity, kv_heads * D]; query row i stands at position start + i and sees keys
  // [0, start + i] (window applies; causal alone: what comes later is not there yet). For
  // generation and prompt reading.
  void (*attention_cached)(const Device&, const Matrix& out, const Matrix& q, const Matrix& k_cache,
                           const Matrix& v_cache, int64_t start, const AttentionShape&);

  // The same of n conversations at once, one query each, with the bits of a call for each alone.
  // Their caches are parts of the same two matrices: query row i stands at position positions[i] of
  // the conversation whose first key is row begins[i].
  void (*attention_apart)(const Device&, const Matrix& out, const Matrix& q, const Matrix& k_cache,
                          const Matrix& v_cache, DevicePtr<const int32_t> begins,
                          DevicePtr<const int32_t> positions, const AttentionShape&);

  // Each column by its own `kernel` weights, back in time inside each example (LFM2, Qwen3.5):
  // y[t, c] = sum over j of w[c, j] * x[t - kernel + 1 + j, c] (+ bias[c] when not null), x before
  // an example = 0; w is [C, kernel].
  void (*short_conv_forward)(const Device&, const Matrix& y, const Matrix& x,
                             DevicePtr<const float> w, DevicePtr<const float> bias, int kernel,
                             const Sequences&);
  // dx is written; dw[C, kernel] and dbias[C] += when not null.
  void (*short_conv_backward)(const Device&, const Matrix& dx, DevicePtr<float> dw,
                              DevicePtr<float> dbias, const Matrix& dy, const Matrix& x,
                              DevicePtr<const float> w, int kernel, const Sequences&);
  // The same of rows that follow those of one sequence whose last kernel - 1 are state[kernel - 1,
  // C]; next, likewise, is written and is not state.
  void (*short_conv_cached)(const Device&, const Matrix& y, const Matrix& next, const Matrix& x,
                            const Matrix& state, DevicePtr<const float> w,
                            DevicePtr<const float> bias, int kernel);

  // Gated delta rule (Yang et al. 2024) inside each example. Of each value head a state S[Dk, Dv],
  // 0 before an example; with q and k of length 1 (eps 1e-6 under the root), q over sqrt(Dk),
  //   S *= exp(-exp(log_rate) * softplus(decay + shift));  S += k (sigmoid(learn) (v - S^T k))^T;
  //   out = S^T q.
  void (*delta_rule_forward)(const Device&, const Matrix& out, const DeltaInputs&, const Sequences&,
                             const DeltaShape&);
  // d.q .. d.learn are written. `states` [delta_rule_states(T, shape), Dv] is scratch of the
  // caller.
  void (*delta_rule_backward)(const Device&, const DeltaGradients& d, const Matrix& states,
                              const Matrix& dout, const DeltaInputs&, const Sequences&,
                              const DeltaShape&);
  // The same forward of rows that follow those of one sequence, whose state is
  // state[value_heads * Dk, Dv]; next, likewise, is written and is not state.
  void (*delta_rule_cached)(const Device&, const Matrix& out, const Matrix& next,
                            const DeltaInputs&, const Matrix& state, const DeltaShape&);

  // Which experts a token goes to (Shazeer et al. 2017), of logits[T, E]: chosen[T, k] are the k
  // largest, the largest first and of equal ones the first; weights[T, k] their part of the softmax
  // over all, or with `alone` over these k.
  void (*route_forward)(const Device&, const Matrix& weights, DevicePtr<int32_t> chosen,
                        const Matrix& logits, bool alone);
  // d_logits is written.
  void (*route_backward)(const Device&, const Matrix& d_logits, const Matrix& d_weights,
                         const Matrix& weights, DevicePtr<const int32_t> chosen,
                         const Matrix& logits, bool alone);
  // y[T, C] = the sum of k rows of x each, or added when accumulate: rows places[T, k], k = as many
  // as x has rows for each of y.
  void (*sum_rows)(const Device&, const Matrix& y, const Matrix& x, DevicePtr<const int32_t> places,
                   bool accumulate);
  // products[R] = the inner product of each row of a and b [R, C].
  void (*row_products)(const Device&, DevicePtr<float> products, const Matrix& a, const Matrix& b);

  // y = f(x), f the activation; y may be x. dx = dy * f'(x); dx may be dy or x.
  void (*activation_forward)(const Device&, const Matrix& y, const Matrix& x, Activation f);
  void (*activation_backward)(const Device&, const Matrix& dx, const Matrix& dy, const Matrix& x,
                              Activation f);
  // y = f(gate) * up, f the activation. Shazeer 2020 (SwiGLU, GEGLU).
  void (*gated_forward)(const Device&, const Matrix& y, const Matrix& gate, const Matrix& up,
                        Activation f);
  // dgate = dy * up * f'(gate), dup = dy * f(gate), both written; dgate may be gate and dup may be
  // up (in place).
  void (*gated_backward)(const Device&, const Matrix& dgate, const Matrix& dup, const Matrix& dy,
                         const Matrix& gate, const Matrix& up, Activation f);

  // The same of a clamped gate.
  void (*clamped_gate_forward)(const Device&, const Matrix& y, const Matrix& gate, const Matrix& up,
                               const ClampedGate&);
  void (*clamped_gate_backward)(const Device&, const Matrix& dgate, const Matrix& dup,
                                const Matrix& dy, const Matrix& gate, const Matrix& up,
                                const ClampedGate&);

  // y = scale[C] * x (+ bias[C] when not null), column by column, or added to y when accumulate; y
  // may be x. The input gradient is the same of dy, without bias.
  void (*scale_columns)(const Device&, const Matrix& y, const Matrix& x,
                        DevicePtr<const float> scale, DevicePtr<const float> bias, bool accumulate);
  // dscale[C] += sum over the rows of dy * x.
  void (*scale_columns_backward)(const Device&, DevicePtr<float> dscale, const Matrix& dy,
                                 const Matrix& x);
  // y = scale[R] * x, row by row; y may be x.
  void (*scale_rows)(const Device&, const Matrix& y, const Matrix& x, DevicePtr<const float> scale);
  // squares[rows] of the rows of a stored matrix.
  void (*row_squares)(const Device&, DevicePtr<float> squares, const Matrix& stored);
  // What DoRA multiplies rows with. For V = W + scale * B A, of which squares[out] are |W|^2 by
  // row, across[rank, out] is A W^T and gram[rank, rank] A A^T, with b[out, rank]. Liu et al. 2024.
  void (*dora_factors)(const Device&, const DoraRows& rows, DevicePtr<const float> magnitude,
                       DevicePtr<const float> squares, const Matrix& b, const Matrix& across,
                       const Matrix& gram, float scale);

  // y += x.
  void (*add)(const Device&, const Matrix& y, const Matrix& x);
  // y *= alpha.
  void (*scale)(const Device&, const Matrix& y, float alpha);
  // y[:, y_begin ..] = x[:, x_begin ..], `cols` columns: the parts of a fused projection, taken
  // apart and put together.
  void (*copy_columns)(const Device&, const Matrix& y, int64_t y_begin, const Matrix& x,
                       int64_t x_begin, int64_t cols);

  // y = cap * tanh(y / cap) in place; slope = 1 - tanh(y / cap)^2 where it has data. And the way
  // back, in place: dy *= slope.
  void (*soft_cap_forward)(const Device&, const Matrix& y, const Matrix& slope, float cap);
  void (*soft_cap_backward)(const Device&, const Matrix& dy, const Matrix& slope);

  // y = x * mask / (1 - p); mask element i is uniform(key, i) >= p. In place allowed. The backward
  // pass is the same call on the gradient.
  void (*dropout)(const Device&, const Matrix& y, const Matrix& x, float p, PhiloxKey key);

  // One chunk of head + loss. nll[n] = -log p(label), 0 where the label is -100. logits[n, vocab]
  // come in and, where there are coefficients[n], leave as the gradient of the sum of coefficient *
  // nll: dlogits = coefficient * (softmax - onehot), zero rows where the label is -100. With null
  // they are left alone.
  void (*cross_entropy)(const Device&, DevicePtr<float> nll, const Matrix& logits,
                        DevicePtr<const int32_t> labels, DevicePtr<const float> coefficients);

  // The losses of a score head, value by value: losses[n, L] of scores z[n, L] against targets[n,
  // L], (z - target)^2, and the cross entropy of sigmoid(z), log(1 + e^z) - target * z with targets
  // from 0 to 1. As in cross_entropy the scores leave as the gradient of the sum of coefficient *
  // loss, or are left alone without coefficients[n, L].
  void (*squared_error)(const Device&, DevicePtr<float> losses, const Matrix& scores,
                        DevicePtr<const float> targets, DevicePtr<const float> coefficients);
  void (*binary_cross_entropy)(const Device&, DevicePtr<float> losses, const Matrix& scores,
                               DevicePtr<const float> targets, DevicePtr<const float> coefficients);

  // *total += the sum of x[n], and the sum of its squares, in double and in a fixed order.
  void (*sum)(const Device&, DevicePtr<double> total, DevicePtr<const float> x, int64_t n);
  void (*sum_of_squares)(const Device&, DevicePtr<double> total, DevicePtr<const float> x,
                         int64_t n);

  // What gradients are multiplied by before an update: 1, or less where their norm
  // sqrt(*squares) is above max_norm (0 = never), as torch.nn.utils.clip_grad_norm_; NaN where the
  // norm or the loss is not finite, which says that there is to be no update. On the device, so
  // that a step needs no look at the norm.
  void (*clip_scale)(const Device&, DevicePtr<float> scale, DevicePtr<const double> squares,
                     DevicePtr<const double> loss, double max_norm);
  // Decoupled weight decay, as torch.optim.AdamW, of gradients times *grad_scale; nothing where
  // that is NaN. Loshchilov & Hutter 2019.
  void (*adamw)(const Device&, DevicePtr<float> param, DevicePtr<float> m, DevicePtr<float> v,
                DevicePtr<const float> grad, int64_t n, const AdamW&,
                DevicePtr<const float> grad_scale);
  // The same with moments in bytes: read from their codes, and kept as the nearest ones after the
  // update, which is made of what they were before they were rounded.
  void (*adamw_8bit)(const Device&, DevicePtr<float> param, const ByteMoments&,
                     DevicePtr<const float> grad, int64_t n, const AdamW&,
                     DevicePtr<const float> grad_scale);
};

}  // namespace neiro
