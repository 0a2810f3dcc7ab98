// The attention block of a layer, without its norms and its residual: projections, optional q/k
// norm, rotation, attention, output projection. Forward, backward, and against a KV cache.
#pragma once

#include <cstdint>
#include <vector>

#include "backend/planned_memory.h"
#include "model/blocks/cache_rows.h"
#include "model/blocks/linear.h"
#include "model/blocks/norm.h"
#include "model/config.h"
#include "model/rope.h"

namespace neiro {

struct Attention {
  Linear qkv;  // instead of q, k and v: their rows in this order
  // With a gate q gives [heads, 2 * D]: a query, and what gates its result. Without v, values are
  // what k gives.
  Linear q, k, v, o;
  Norm q_norm, k_norm;
  DevicePtr<float> sinks, d_sinks;  // [heads]; null = none
  AttentionShape shape;             // but for the sinks
  RelativeConfig relative;
  RopeShape rope;
  bool gated = false;
  bool value_norm = false;  // values are normed by the head, without a weight
  int64_t layer = 0;        // which of the model's layers it stands in
  int64_t source = 0;       // and whose keys and values it attends to
  bool borrows() const { return source != layer; }

  bool exists() const { return o.exists(); }
  int64_t query_size() const { return int64_t{shape.heads} * shape.head_dim; }
  int64_t kv_size() const { return int64_t{shape.kv_heads} * shape.head_dim; }
};

// What the way back needs, of one block or of several that take turns; D = head_dim.
struct AttentionActivations {
  Matrix q_raw;                // [T, heads * D] before q norm; q itself where there is no norm
  Matrix k_raw;                // [T, kv_heads * D]
  DevicePtr<float> q_rstd;     // [T, heads]
  DevicePtr<float> k_rstd;     // [T, kv_heads]
  Matrix q;                    // [T, heads * D] normed and rotated
  Matrix k;                    // [T, kv_heads * D]
  Matrix v;                    // [T, kv_heads * D]
  Matrix v_raw;                // before v norm; v itself where there is none
  DevicePtr<float> v_rstd;     // [T, kv_heads]
  DevicePtr<float> no_weight;  // [D] zeros, for that norm
  Matrix gate;                 // [T, heads * D] where there is one; becomes its gradient
  Matrix mixed;                // [T, heads * D] attention's result
  DevicePtr<float> lse;        // [T, heads]
  Matrix kept_q;               // adapters, [T, kept_per_token]; of qkv where that is one
  Matrix kept_k;
  Matrix kept_v;
  Matrix kept_o;
  // Of the distances, where the model learns such (model/relative.h).
  Matrix distance_keys;     // [2 * span, heads * D] their projections
  Matrix distance_queries;  // [2 * span, heads * D]
  Matrix kept_distance_k;   // adapters, [2 * span, kept_per_token]
  Matrix kept_distance_q;
};
AttentionActivations place_attention_activations(PlannedMemory& memory, MemoryCategory category,
                                                 const ModelConfig& config,
                                                 const std::vector<const Attention*>& blocks,
                                                 int64_t T);

// Lives only inside the backward call.
struct AttentionScratch {
  Matrix d_mixed;             // [T, heads * D]
  Matrix d_q;                 // [T, heads * D]
  Matrix d_k;                 // [T, kv_heads * D]
  Matrix d_v;                 // [T, kv_heads * D]
  DevicePtr<float> delta;     // [T, heads]
  Matrix d_distance_keys;     // [2 * span, heads * D]
  Matrix d_distance_queries;  // [2 * span, heads * D]
};
AttentionScratch place_attention_scratch(PlannedMemory& memory, const ModelConfig& config,
                                         int64_t T);

// y[T, C] = attention(x[T, C]); buffers may have room for more tokens. Without y everything but the
// output product is computed (gradient checkpointing). With a cache the rows are positions length
// .. length + T of one sequence: their keys and values are written into it and nothing is kept for
// a way back. Of rows that are apart (pass.apart) the cache is what all conversations share.
void attention_block_forward(const Pass& pass, const Attention& block, const Matrix& y,
                             const Matrix& x, const AttentionActivations& acts, const Matrix& fused,
                             const CacheRows* cache);

// dx[T, C] is written from dy[T, C]; x is the forward's input.
void attention_block_backward(const Pass& pass, const Attention& block, const Matrix& dx,
                              const Matrix& dy, const Matrix& x, const AttentionActivations& acts,
                              const AttentionScratch& scratch, const Matrix& fused);

}  // namespace neiro
