// The table of operations. cpu/ fills it (cuda/ will); model, lora and train call nothing else.
// Conventions: row-major F32 unless a Matrix says otherwise; T = tokens of the micro-batch laid
// end to end without padding; "+=" means the result is added to what is there. Every reduction has
// a fixed order, so the same inputs give the same bits for any number of threads.
// The plain version of each operation (backend/cpu/scalar) is its specification.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/random.h"
#include "core/thread_pool.h"
#include "formats/matrix.h"

namespace neiro {

struct Backend;

// Where operations run and what they may use. Scratch is planned memory of scratch_bytes().
struct Device {
  const Backend* ops = nullptr;
  ThreadPool* pool = nullptr;
  unsigned char* scratch = nullptr;  // 64-byte aligned
};

// The examples of a micro-batch inside the T tokens: example s covers
// [offsets[s], offsets[s + 1]). Attention never crosses an example.
struct Sequences {
  const int32_t* offsets = nullptr;  // [count + 1], offsets[0] = 0, offsets[count] = T
  int32_t count = 0;
};

struct AttentionShape {
  int heads = 0;     // query heads
  int kv_heads = 0;  // heads % kv_heads == 0 (grouped-query attention)
  int head_dim = 0;
  int window = 0;   // sliding window: a token sees itself and window - 1 before it; 0 = all
  float scale = 0;  // usually 1 / sqrt(head_dim)
};

struct AdamW {
  float learning_rate, beta1, beta2, epsilon, weight_decay;
  int64_t step;      // 1 for the first update (bias correction)
  float grad_scale;  // gradients are multiplied by this first (clipping)
};

struct Backend {
  const char* name;  // "scalar", "avx2", "avx512"

  // Bytes of scratch that the operations need for pool.size() threads, head_dim and sequence
  // lengths up to these. Independent of T where it can be.
  int64_t (*scratch_bytes)(int threads, int max_tokens, int max_head_dim);

  // y[T, cols] = rows `tokens` of table[vocab, cols].
  void (*embedding_forward)(const Device&, float* y, const Matrix& table, const int32_t* tokens,
                            int64_t T);
  // dtable[vocab, cols] += dy[T, cols] at rows `tokens` (full training only).
  void (*embedding_backward)(const Device&, float* dtable, const float* dy, const int32_t* tokens,
                             int64_t T, int64_t vocab, int64_t cols);

  // y = x * rstd * w, rstd[T] = 1 / sqrt(mean(x^2) + eps) over the C values of a row; y may be x's
  // row count R = T or T * heads (q/k norm). Zhang & Sennrich 2019.
  void (*rms_norm_forward)(const Device&, float* y, float* rstd, const float* x, const float* w,
                           int64_t R, int64_t C, float eps);
  // dx (+= when accumulate, else =); dw[C] += when not null.
  void (*rms_norm_backward)(const Device&, float* dx, float* dw, const float* dy, const float* x,
                            const float* w, const float* rstd, int64_t R, int64_t C,
                            bool accumulate);

  // y[T, out] = alpha * x[T, in] * W[out, in]^T (+ y when accumulate) (+ bias[out] when not null).
  void (*linear_forward)(const Device&, float* y, const float* x, const Matrix& w,
                         const float* bias, int64_t T, float alpha, bool accumulate);
  // dx[T, in] = alpha * dy[T, out] * W (+ dx when accumulate).
  void (*linear_backward_input)(const Device&, float* dx, const float* dy, const Matrix& w,
                                int64_t T, float alpha, bool accumulate);
  // dw[out, in] += alpha * dy[T, out]^T * x[T, in].
  void (*linear_backward_weight)(const Device&, float* dw, const float* dy, const float* x,
                                 int64_t T, int64_t out, int64_t in, float alpha);
  // dbias[out] += sum over T of dy[T, out].
  void (*linear_backward_bias)(const Device&, float* dbias, const float* dy, int64_t T,
                               int64_t out);

  // Rotates pairs (i, i + D/2) of x[T, heads, D] in place ("rotate half", as Transformers):
  // cos_table and sin_table are [positions, D / 2]; positions[T] index them. Su et al. 2021.
  void (*rope_forward)(const Device&, float* x, const int32_t* positions, const float* cos_table,
                       const float* sin_table, int64_t T, int heads, int head_dim);
  // The transpose: rotates the gradient back, in place.
  void (*rope_backward)(const Device&, float* dx, const int32_t* positions, const float* cos_table,
                        const float* sin_table, int64_t T, int heads, int head_dim);

  // Causal softmax attention inside each example, tiled: no T x T matrix is stored.
  // q[T, heads, D], k and v[T, kv_heads, D] -> out[T, heads, D], lse[T, heads] (log-sum-exp of the
  // scaled scores). Dao 2023 (FlashAttention-2).
  void (*attention_forward)(const Device&, float* out, float* lse, const float* q, const float* k,
                            const float* v, const Sequences&, const AttentionShape&);
  // dq, dk, dv are written (not added). delta[T, heads] is scratch of the caller.
  void (*attention_backward)(const Device&, float* dq, float* dk, float* dv, float* delta,
                             const float* dout, const float* out, const float* lse, const float* q,
                             const float* k, const float* v, const Sequences&,
                             const AttentionShape&);
  // n new query rows (n >= 1) against a cache that already holds them: caches are
  // [capacity, kv_heads, D]; query row i stands at position start + i and sees keys
  // [0, start + i] (window applies). For generation and prompt reading.
  void (*attention_cached)(const Device&, float* out, const float* q, const float* k_cache,
                           const float* v_cache, int64_t n, int64_t start, const AttentionShape&);

  // y = silu(gate) * up, n values. Shazeer 2020 (SwiGLU).
  void (*swiglu_forward)(const Device&, float* y, const float* gate, const float* up, int64_t n);
  // dgate, dup written; dgate may be gate and dup may be up (in place).
  void (*swiglu_backward)(const Device&, float* dgate, float* dup, const float* dy,
                          const float* gate, const float* up, int64_t n);

  // y += x, n values.
  void (*add)(const Device&, float* y, const float* x, int64_t n);

  // y = x * mask / (1 - p); mask element i is uniform(key, i) >= p. In place allowed. The backward
  // pass is the same call on the gradient.
  void (*dropout)(const Device&, float* y, const float* x, int64_t n, float p, PhiloxKey key);

  // One chunk of head + loss. logits[rows, vocab] come in and leave as
  // dlogits = (softmax - onehot) * scale (zero rows where the label is -100) unless scale == 0,
  // then they are left alone. nll[rows] = -log p(label), 0 where not learnt.
  void (*cross_entropy)(const Device&, float* nll, float* logits, const int32_t* labels,
                        int64_t rows, int64_t vocab, float scale);

  // Sum of squares of x[n] in double, in a fixed order.
  double (*sum_of_squares)(const Device&, const float* x, int64_t n);
  // Decoupled weight decay, as torch.optim.AdamW. Loshchilov & Hutter 2019.
  void (*adamw)(const Device&, float* param, float* m, float* v, const float* grad, int64_t n,
                const AdamW&);
};

// The best table for this processor, or a named one ("scalar", "avx2", "avx512") for tests.
// NEIRO_ISA in the environment lowers the choice (for tests and bug reports).
// Throws Error UNKNOWN_BACKEND when the name is unknown or this processor cannot run it.
const Backend& cpu_backend(const char* name = nullptr);

}  // namespace neiro
