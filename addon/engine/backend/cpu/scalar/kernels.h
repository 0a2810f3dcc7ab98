// The plain operations: the specification that every faster version is tested against, and the
// table of a processor without AVX2. Sums run in double in one fixed order. Not tuned.
#pragma once

#include "backend/cpu/kernels.h"

namespace neiro::scalar {

int64_t scratch_bytes(int threads, int max_tokens, int max_head_dim);

void embedding_forward(const Workers&, float* y, const HostMatrix& table, const int32_t* tokens,
                       int64_t T);
void embedding_backward(const Workers&, float* dtable, const float* dy, const int32_t* tokens,
                        int64_t T, int64_t vocab, int64_t cols);

void rms_norm_forward(const Workers&, float* y, float* rstd, const float* x, const float* w,
                      float base, int64_t R, int64_t C, float eps);
void rms_norm_backward(const Workers&, float* dx, float* dw, const float* dy, const float* x,
                       const float* w, float base, const float* rstd, int64_t R, int64_t C,
                       bool accumulate);

void layer_norm_forward(const Workers&, float* y, float* rstd, const float* x, const float* w,
                        const float* bias, int64_t R, int64_t C, float eps);
void layer_norm_backward(const Workers&, float* dx, float* dw, float* dbias, const float* dy,
                         const float* x, const float* w, const float* rstd, int64_t R, int64_t C,
                         bool accumulate);
void mean_rows(const Workers&, float* y, const float* x, const int32_t* offsets, int64_t n,
               int64_t C);
void mean_rows_backward(const Workers&, float* dx, const float* dy, const int32_t* offsets,
                        int64_t n, int64_t C);

void linear_forward(const Workers&, float* y, const float* x, const HostMatrix& w,
                    const float* bias, int64_t T, float alpha, bool accumulate);
void linear_backward_input(const Workers&, float* dx, const float* dy, const HostMatrix& w,
                           int64_t T, float alpha, bool accumulate);
void int8_forward(const Workers&, float* y, const float* x, const HostMatrix& w, const float* bias,
                  int64_t T, float alpha, bool accumulate);
void int8_backward_input(const Workers&, float* dx, const float* dy, const HostMatrix& w, int64_t T,
                         float alpha, bool accumulate);
void linear_backward_weight(const Workers&, float* dw, const float* dy, const float* x, int64_t T,
                            int64_t out, int64_t in, float alpha);
void linear_backward_bias(const Workers&, float* dbias, const float* dy, int64_t T, int64_t out);
// With both factors rounded to BF16 (backend/compute.h).
void linear_forward_bf16(const Workers&, float* y, const float* x, const HostMatrix& w,
                         const float* bias, int64_t T, float alpha, bool accumulate);
void linear_backward_input_bf16(const Workers&, float* dx, const float* dy, const HostMatrix& w,
                                int64_t T, float alpha, bool accumulate);
void linear_backward_weight_bf16(const Workers&, float* dw, const float* dy, const float* x,
                                 int64_t T, int64_t out, int64_t in, float alpha);

void rope_forward(const Workers&, float* x, const int32_t* positions, const float* cos_table,
                  const float* sin_table, int64_t T, int heads, const RopeShape&);
void rope_backward(const Workers&, float* dx, const int32_t* positions, const float* cos_table,
                   const float* sin_table, int64_t T, int heads, const RopeShape&);

void attention_forward(const Workers&, float* out, float* lse, const float* q, const float* k,
                       const float* v, const HostSequences&, const AttentionShape&);
void attention_backward(const Workers&, float* dq, float* dk, float* dv, float* delta,
                        const float* dout, const float* out, const float* lse, const float* q,
                        const float* k, const float* v, const HostSequences&,
                        const AttentionShape&);
void attention_sinks_backward(const Workers&, float* d_sinks, const float* delta, const float* lse,
                              int64_t T, const AttentionShape&);
void relative_attention_forward(const Workers&, float* out, float* lse, const float* q,
                                const float* k, const float* v, const HostRelative&,
                                const HostSequences&, const AttentionShape&);
void relative_attention_backward(const Workers&, float* dq, float* dk, float* dv, float* d_keys,
                                 float* d_queries, const float* dout, const float* out,
                                 const float* lse, const float* q, const float* k, const float* v,
                                 const HostRelative&, const HostSequences&, const AttentionShape&);
void attention_cached(const Workers&, float* out, const float* q, const float* k_cache,
                      const float* v_cache, int64_t n, int64_t start, const AttentionShape&);
void attention_apart(const Workers&, float* out, const float* q, const float* k_cache,
                     const float* v_cache, const int32_t* begins, const int32_t* positions,
                     int64_t n, const AttentionShape&);

void short_conv_forward(const Workers&, float* y, const float* x, const float* w, const float* bias,
                        int64_t C, int kernel, const HostSequences&);
void short_conv_backward(const Workers&, float* dx, float* dw, float* dbias, const float* dy,
                         const float* x, const float* w, int64_t C, int kernel,
                         const HostSequences&);
void short_conv_cached(const Workers&, float* y, float* next, const float* x, const float* state,
                       const float* w, const float* bias, int64_t T, int64_t C, int kernel);
void delta_rule_forward(const Workers&, float* out, const HostDelta&, const HostSequences&,
                        const DeltaShape&);
void delta_rule_backward(const Workers&, const HostDeltaGradients&, float* states,
                         const float* dout, const HostDelta&, const HostSequences&,
                         const DeltaShape&);
void delta_rule_cached(const Workers&, float* out, float* next, const HostDelta&,
                       const float* state, int64_t T, const DeltaShape&);

void route_forward(const Workers&, float* weights, int32_t* chosen, const float* logits, int64_t T,
                   int64_t E, int64_t k, bool alone);
void route_backward(const Workers&, float* d_logits, const float* d_weights, const float* weights,
                    const int32_t* chosen, const float* logits, int64_t T, int64_t E, int64_t k,
                    bool alone);
void sum_rows(const Workers&, float* y, const float* x, const int32_t* places, int64_t T, int64_t k,
              int64_t C, bool accumulate);
void row_products(const Workers&, float* products, const float* a, const float* b, int64_t R,
                  int64_t C);

void activation_forward(const Workers&, float* y, const float* x, int64_t n, Activation f);
void activation_backward(const Workers&, float* dx, const float* dy, const float* x, int64_t n,
                         Activation f);
void gated_forward(const Workers&, float* y, const float* gate, const float* up, int64_t n,
                   Activation f);
void gated_backward(const Workers&, float* dgate, float* dup, const float* dy, const float* gate,
                    const float* up, int64_t n, Activation f);

void clamped_gate_forward(const Workers&, float* y, const float* gate, const float* up, int64_t n,
                          const ClampedGate&);
void clamped_gate_backward(const Workers&, float* dgate, float* dup, const float* dy,
                           const float* gate, const float* up, int64_t n, const ClampedGate&);
void scale_columns(const Workers&, float* y, const float* x, const float* scale, const float* bias,
                   int64_t R, int64_t C, bool accumulate);
void scale_columns_backward(const Workers&, float* dscale, const float* dy, const float* x,
                            int64_t R, int64_t C);
void scale_rows(const Workers&, float* y, const float* x, const float* scale, int64_t R, int64_t C);
void row_squares(const Workers&, float* squares, const HostMatrix& w);
void dora_factors(const Workers&, float* inverse_norm, float* factor, float* less_one,
                  const float* magnitude, const float* squares, const float* b, const float* across,
                  const float* gram, float scale, int64_t out, int64_t rank);
void add(const Workers&, float* y, const float* x, int64_t n);
void scale(const Workers&, float* y, int64_t n, float alpha);
void soft_cap_forward(const Workers&, float* y, float* slope, int64_t n, float cap);
void soft_cap_backward(const Workers&, float* dy, const float* slope, int64_t n);
void copy_columns(const Workers&, float* y, int64_t y_stride, const float* x, int64_t x_stride,
                  int64_t T, int64_t cols);
void dropout(const Workers&, float* y, const float* x, int64_t n, float p, PhiloxKey key);

void cross_entropy(const Workers&, float* nll, float* logits, const int32_t* labels,
                   const float* coefficients, int64_t rows, int64_t vocab);
void squared_error(const Workers&, float* losses, float* scores, const float* targets,
                   const float* coefficients, int64_t n);
void binary_cross_entropy(const Workers&, float* losses, float* scores, const float* targets,
                          const float* coefficients, int64_t n);

double sum_of_squares(const Workers&, const float* x, int64_t n);
void adamw(const Workers&, float* param, float* m, float* v, const float* grad, int64_t n,
           const AdamW&, float grad_scale);
void adamw_8bit(const Workers&, float* param, const HostByteMoments&, const float* grad, int64_t n,
                const AdamW&, float grad_scale);

}  // namespace neiro::scalar
