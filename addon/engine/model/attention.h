// The attention block of a layer, without its norm and its residual: projections, optional q/k
// norm, rotation, causal attention, output projection. Forward, backward, and against a KV cache.
#pragma once

#include <cstdint>

#include "core/arena.h"
#include "model/config.h"
#include "model/linear.h"
#include "model/rope.h"

namespace neiro {

struct Attention {
  Linear q, k, v, o;
  RmsNorm q_norm, k_norm;
  AttentionShape shape;
};

// What the way back needs; D = head_dim.
struct AttentionActivations {
  float* q_raw = nullptr;   // [T, heads, D] before q norm; q itself where there is no norm
  float* k_raw = nullptr;   // [T, kv_heads, D]
  float* q_rstd = nullptr;  // [T, heads]
  float* k_rstd = nullptr;  // [T, kv_heads]
  float* q = nullptr;       // [T, heads, D] normed and rotated
  float* k = nullptr;       // [T, kv_heads, D]
  float* v = nullptr;       // [T, kv_heads, D]
  float* mixed = nullptr;   // [T, heads, D] attention's result
  float* lse = nullptr;     // [T, heads]
  float* kept_q = nullptr;  // adapters, [T, kept_per_token]
  float* kept_k = nullptr;
  float* kept_v = nullptr;
  float* kept_o = nullptr;
};
AttentionActivations place_attention_activations(Arena& arena, MemoryCategory category,
                                                 const ModelConfig& config,
                                                 const Attention& attention, int64_t T);

// Lives only inside the backward call.
struct AttentionScratch {
  float* d_mixed = nullptr;  // [T, heads, D]
  float* d_q = nullptr;      // [T, heads, D]
  float* d_k = nullptr;      // [T, kv_heads, D]
  float* d_v = nullptr;      // [T, kv_heads, D]
  float* delta = nullptr;    // [T, heads]
};
AttentionScratch place_attention_scratch(Arena& arena, const ModelConfig& config, int64_t T);

// One layer's part of the KV cache: keys (rotated) and values of positions [0, length).
struct CacheRows {
  float* k = nullptr;  // [capacity, kv_heads, D]
  float* v = nullptr;
  int64_t length = 0;  // positions filled before this call
};

// y[T, C] = attention(x[T, C]). With y == nullptr everything but the output product is computed
// (gradient checkpointing). With a cache the rows are positions length .. length + T of one
// sequence: their keys and values are written into it and nothing is kept for a way back.
void attention_block_forward(const Pass& pass, const Attention& block, float* y, const float* x,
                             const AttentionActivations& acts, const CacheRows* cache);

// dx[T, C] is written from dy[T, C]; x is the forward's input.
void attention_block_backward(const Pass& pass, const Attention& block, float* dx, const float* dy,
                              const float* x, const AttentionActivations& acts,
                              const AttentionScratch& scratch);

}  // namespace neiro
