// Order of the attention block: q, k, v = x W; norm; rotate; mix; out.
#include "model/attention.h"

namespace neiro {

AttentionActivations place_attention_activations(Arena& arena, MemoryCategory category,
                                                 const ModelConfig& config,
                                                 const Attention& attention, int64_t T) {
  const int64_t q_size = T * config.query_size();
  const int64_t kv_size = T * config.kv_size();
  AttentionActivations acts;
  acts.q = arena.take<float>(category, q_size);
  acts.k = arena.take<float>(category, kv_size);
  acts.v = arena.take<float>(category, kv_size);
  acts.q_raw = acts.q;
  acts.k_raw = acts.k;
  if (config.qk_norm) {
    acts.q_raw = arena.take<float>(category, q_size);
    acts.k_raw = arena.take<float>(category, kv_size);
    acts.q_rstd = arena.take<float>(category, T * config.heads);
    acts.k_rstd = arena.take<float>(category, T * config.kv_heads);
  }
  acts.mixed = arena.take<float>(category, q_size);
  acts.lse = arena.take<float>(category, T * config.heads);
  acts.kept_q = attention.q.place_kept(arena, category, T);
  acts.kept_k = attention.k.place_kept(arena, category, T);
  acts.kept_v = attention.v.place_kept(arena, category, T);
  acts.kept_o = attention.o.place_kept(arena, category, T);
  return acts;
}

AttentionScratch place_attention_scratch(Arena& arena, const ModelConfig& config, int64_t T) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  AttentionScratch scratch;
  scratch.d_mixed = arena.take<float>(kCategory, T * config.query_size());
  scratch.d_q = arena.take<float>(kCategory, T * config.query_size());
  scratch.d_k = arena.take<float>(kCategory, T * config.kv_size());
  scratch.d_v = arena.take<float>(kCategory, T * config.kv_size());
  scratch.delta = arena.take<float>(kCategory, T * config.heads);
  return scratch;
}

void attention_block_forward(const Pass& pass, const Attention& block, float* y, const float* x,
                             const AttentionActivations& acts, const CacheRows* cache) {
  const Backend& ops = pass.ops();
  const Device& device = *pass.device;
  const ModelConfig& config = *pass.config;
  const RopeTable& rope = *pass.rope;
  const TokenRows& rows = pass.rows;
  const int64_t T = rows.T;
  // New keys and values go straight to their place in the cache.
  float* k = cache ? cache->k + cache->length * config.kv_size() : acts.k;
  float* v = cache ? cache->v + cache->length * config.kv_size() : acts.v;
  float* k_raw = config.qk_norm ? acts.k_raw : k;

  // q, k and v read the same x: a fused product (and fused A halves) belongs here.
  block.q.forward(pass, acts.q_raw, acts.kept_q, x, T);
  block.k.forward(pass, k_raw, acts.kept_k, x, T);
  block.v.forward(pass, v, acts.kept_v, x, T);
  if (config.qk_norm) {
    ops.rms_norm_forward(device, acts.q, acts.q_rstd, acts.q_raw, block.q_norm.w, T * config.heads,
                         config.head_dim, config.rms_norm_eps);
    ops.rms_norm_forward(device, k, acts.k_rstd, k_raw, block.k_norm.w, T * config.kv_heads,
                         config.head_dim, config.rms_norm_eps);
  }
  ops.rope_forward(device, acts.q, rows.positions, rope.cosines, rope.sines, T, config.heads,
                   config.head_dim);
  ops.rope_forward(device, k, rows.positions, rope.cosines, rope.sines, T, config.kv_heads,
                   config.head_dim);
  if (cache) {
    ops.attention_cached(device, acts.mixed, acts.q, cache->k, cache->v, T, cache->length,
                         block.shape);
  } else {
    ops.attention_forward(device, acts.mixed, acts.lse, acts.q, k, v, rows.sequences, block.shape);
  }
  if (y != nullptr) {
    block.o.forward(pass, y, acts.kept_o, acts.mixed, T);
  } else {
    block.o.keep(pass, acts.kept_o, acts.mixed, T);
  }
}

void attention_block_backward(const Pass& pass, const Attention& block, float* dx, const float* dy,
                              const float* x, const AttentionActivations& acts,
                              const AttentionScratch& scratch) {
  const Backend& ops = pass.ops();
  const Device& device = *pass.device;
  const ModelConfig& config = *pass.config;
  const RopeTable& rope = *pass.rope;
  const TokenRows& rows = pass.rows;
  const int64_t T = rows.T;
  block.o.backward(pass, scratch.d_mixed, dy, acts.mixed, acts.kept_o, T, false);
  ops.attention_backward(device, scratch.d_q, scratch.d_k, scratch.d_v, scratch.delta,
                         scratch.d_mixed, acts.mixed, acts.lse, acts.q, acts.k, acts.v,
                         rows.sequences, block.shape);
  ops.rope_backward(device, scratch.d_q, rows.positions, rope.cosines, rope.sines, T, config.heads,
                    config.head_dim);
  ops.rope_backward(device, scratch.d_k, rows.positions, rope.cosines, rope.sines, T,
                    config.kv_heads, config.head_dim);
  float* d_q_raw = scratch.d_q;
  float* d_k_raw = scratch.d_k;
  if (config.qk_norm) {
    d_q_raw = scratch.d_mixed;  // its gradient has been used
    d_k_raw = scratch.d_q;      // free once d_q_raw is made; kv_heads <= heads
    ops.rms_norm_backward(device, d_q_raw, block.q_norm.dw, scratch.d_q, acts.q_raw, block.q_norm.w,
                          acts.q_rstd, T * config.heads, config.head_dim, false);
    ops.rms_norm_backward(device, d_k_raw, block.k_norm.dw, scratch.d_k, acts.k_raw, block.k_norm.w,
                          acts.k_rstd, T * config.kv_heads, config.head_dim, false);
  }
  block.q.backward(pass, dx, d_q_raw, x, acts.kept_q, T, false);
  block.k.backward(pass, dx, d_k_raw, x, acts.kept_k, T, true);
  block.v.backward(pass, dx, scratch.d_v, x, acts.kept_v, T, true);
}

}  // namespace neiro
