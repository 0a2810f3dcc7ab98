// Order of the attention block: q, k, v = x W; norm; rotate; mix; out.
#include "model/blocks/attention.h"

#include <algorithm>

#include "model/input_rows.h"
#include "model/relative.h"
#include "model/shared_keys.h"

namespace neiro {

AttentionActivations place_attention_activations(PlannedMemory& memory, MemoryCategory category,
                                                 const ModelConfig& config,
                                                 const std::vector<const Attention*>& blocks,
                                                 int64_t T) {
  int64_t q_size = 0, kv_size = 0;
  for (const Attention* block : blocks) {
    q_size = std::max(q_size, block->query_size());
    kv_size = std::max(kv_size, block->kv_size());
  }
  AttentionActivations acts;
  acts.q = memory.take_matrix(category, T, q_size);
  acts.k = memory.take_matrix(category, T, kv_size);
  acts.v = memory.take_matrix(category, T, kv_size);
  acts.q_raw = acts.q;
  acts.k_raw = acts.k;
  if (config.qk_norm()) {
    acts.q_raw = memory.take_matrix(category, T, q_size);
    acts.k_raw = memory.take_matrix(category, T, kv_size);
    acts.q_rstd = memory.take<float>(category, T * config.heads);
    acts.k_rstd = memory.take<float>(category, T * config.most_kv_heads());
  }
  acts.v_raw = acts.v;
  if (config.value_norm) {
    acts.v_raw = memory.take_matrix(category, T, kv_size);
    acts.v_rstd = memory.take<float>(category, T * config.most_kv_heads());
    acts.no_weight = memory.take<float>(category, config.widest_head());
  }
  if (config.attention_gate) acts.gate = memory.take_matrix(category, T, q_size);
  acts.mixed = memory.take_matrix(category, T, q_size);
  acts.lse = memory.take<float>(category, T * config.heads);
  const auto kept = [&](Linear Attention::*part) {
    return place_kept(memory, category, blocks, part, T);
  };
  acts.kept_q = kept(config.names.qkv.empty() ? &Attention::q : &Attention::qkv);
  acts.kept_k = kept(&Attention::k);
  acts.kept_v = kept(&Attention::v);
  acts.kept_o = kept(&Attention::o);
  if (config.relative.exists()) {
    const int64_t rows = 2 * config.relative.span;
    acts.distance_keys = memory.take_matrix(category, rows, q_size);
    acts.distance_queries = memory.take_matrix(category, rows, q_size);
    acts.kept_distance_k = place_kept(memory, category, blocks, &Attention::k, rows);
    acts.kept_distance_q = place_kept(memory, category, blocks, &Attention::q, rows);
  }
  return acts;
}

AttentionScratch place_attention_scratch(PlannedMemory& memory, const ModelConfig& config,
                                         int64_t T) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  AttentionScratch scratch;
  scratch.d_mixed = memory.take_matrix(kCategory, T, config.query_size());
  scratch.d_q = memory.take_matrix(kCategory, T, config.query_size());
  scratch.d_k = memory.take_matrix(kCategory, T, config.kv_size());
  scratch.d_v = memory.take_matrix(kCategory, T, config.kv_size());
  scratch.delta = memory.take<float>(kCategory, T * config.heads);
  if (config.relative.exists()) {
    const int64_t rows = 2 * config.relative.span;
    scratch.d_distance_keys = memory.take_matrix(kCategory, rows, config.query_size());
    scratch.d_distance_queries = memory.take_matrix(kCategory, rows, config.query_size());
  }
  return scratch;
}

namespace {

// What the norms of queries and keys run over is a row: each head, or all of a token's.
Matrix normed_rows(const Matrix& x, const Norm& norm) {
  return x.shaped(x.elements() / norm.size, norm.size);
}

// Of values: what is stored of it is nothing, so that 1 + 0 counts.
Norm value_norm(const Pass& pass, const Attention& block, const AttentionActivations& acts) {
  Norm norm;
  norm.size = block.shape.head_dim;
  norm.base = 1;
  norm.w = acts.no_weight;
  pass.device->zero(acts.no_weight, norm.size);
  return norm;
}

// Both are turned by their positions, forward or (their gradients) back.
// Without keys, which another layer has, queries alone.
void rotate(const Pass& pass, const Attention& block, const Matrix& q, const Matrix& k, bool back) {
  if (block.rope.rotary == 0) return;
  const auto turn = back ? pass.ops().rope_backward : pass.ops().rope_forward;
  const Rope& rope = pass.ropes->of(block.shape.window > 0);
  const auto turn_rows = [&](int64_t begin, int64_t n, int64_t longest) {
    const RopeTable& queries = rope.of_queries(longest);
    const RopeTable& keys = rope.of(longest);
    const DevicePtr<const int32_t> positions = pass.rows.positions + begin;
    turn(*pass.device, q.slice(begin, n), positions, queries.cosines, queries.sines, block.rope);
    if (!k.data) return;
    turn(*pass.device, k.slice(begin, n), positions, keys.cosines, keys.sines, block.rope);
  };
  // Conversations are each as long as they are, where the model has a table for long ones.
  if (!pass.apart || !rope.by_length()) {
    return turn_rows(0, pass.rows.T, pass.rows.sequences.longest);
  }
  for (int64_t i = 0; i < pass.rows.T; ++i) turn_rows(i, 1, pass.apart->lengths[i]);
}

// Queries, and where results are gated what gates them: of each head the one behind the other.
void project_queries(const Pass& pass, const Attention& block, const Matrix& q, const Matrix& x,
                     const AttentionActivations& acts, const Matrix& room) {
  if (!block.gated) return block.q.forward(pass, q, acts.kept_q, x);
  const Operations& ops = pass.ops();
  const int64_t D = block.shape.head_dim, heads = q.elements() / D;
  const Matrix both = room.shaped(x.rows, 2 * q.cols);
  block.q.forward(pass, both, acts.kept_q, x);
  const Matrix by_head = both.shaped(heads, 2 * D);
  ops.copy_columns(*pass.device, q.shaped(heads, D), 0, by_head, 0, D);
  ops.copy_columns(*pass.device, acts.gate.shaped(heads, D), 0, by_head, D, D);
}

// acts.gate holds its gradient by now.
void project_queries_backward(const Pass& pass, const Attention& block, const Matrix& dx,
                              const Matrix& d_q, const Matrix& x, const AttentionActivations& acts,
                              const Matrix& room) {
  if (!block.gated) return block.q.backward(pass, dx, d_q, x, acts.kept_q, false);
  const Operations& ops = pass.ops();
  const int64_t D = block.shape.head_dim, heads = d_q.elements() / D;
  const Matrix both = room.shaped(x.rows, 2 * d_q.cols);
  const Matrix by_head = both.shaped(heads, 2 * D);
  ops.copy_columns(*pass.device, by_head, 0, d_q.shaped(heads, D), 0, D);
  ops.copy_columns(*pass.device, by_head, D, acts.gate.shaped(heads, D), 0, D);
  block.q.backward(pass, dx, both, x, acts.kept_q, false);
}

// What o reads: attention's result, times sigmoid(gate) where it is gated.
Matrix gate_result(const Pass& pass, const Attention& block, const Matrix& mixed,
                   const AttentionActivations& acts, const Matrix& room) {
  if (!block.gated) return mixed;
  const Matrix product = room.shaped(mixed.rows, mixed.cols);
  pass.ops().gated_forward(*pass.device, product, acts.gate.first(mixed.rows), mixed,
                           Activation::kSigmoid);
  return product;
}

// q, k and v of one x. Three products read it in turn: fused A halves of adapters belong here.
void project(const Pass& pass, const Attention& block, const Matrix& q, const Matrix& k,
             const Matrix& v, const Matrix& x, const AttentionActivations& acts,
             const Matrix& fused_room) {
  if (!block.qkv.exists()) {
    project_queries(pass, block, q, x, acts, fused_room);
    if (block.borrows()) return;
    block.k.forward(pass, k, acts.kept_k, x);
    if (block.v.exists()) return block.v.forward(pass, v, acts.kept_v, x);
    pass.device->copy(v.floats(), DevicePtr<const float>(k.floats()), k.elements());
    return;
  }
  const Matrix fused = fused_room.shaped(x.rows, q.cols + k.cols + v.cols);
  block.qkv.forward(pass, fused, acts.kept_q, x);
  int64_t at = 0;
  for (const Matrix& part : {q, k, v}) {
    pass.ops().copy_columns(*pass.device, part, 0, fused, at, part.cols);
    at += part.cols;
  }
}

void project_backward(const Pass& pass, const Attention& block, const Matrix& dx, const Matrix& d_q,
                      const Matrix& d_k, const Matrix& d_v, const Matrix& x,
                      const AttentionActivations& acts, const Matrix& fused_room) {
  if (!block.qkv.exists()) {
    project_queries_backward(pass, block, dx, d_q, x, acts, fused_room);
    if (block.borrows()) return;
    if (!block.v.exists()) pass.ops().add(*pass.device, d_k, d_v);
    block.k.backward(pass, dx, d_k, x, acts.kept_k, true);
    if (block.v.exists()) block.v.backward(pass, dx, d_v, x, acts.kept_v, true);
    return;
  }
  const Matrix fused = fused_room.shaped(x.rows, d_q.cols + d_k.cols + d_v.cols);
  int64_t at = 0;
  for (const Matrix& part : {d_q, d_k, d_v}) {
    pass.ops().copy_columns(*pass.device, fused, at, part, 0, part.cols);
    at += part.cols;
  }
  block.qkv.backward(pass, dx, fused, x, acts.kept_q, false);
}

// What queries and keys meet of the distances between them.
RelativeTerms terms_of(const Pass& pass, const Attention& block, const AttentionActivations& acts) {
  RelativeTerms terms;
  if (block.relative.keys) terms.keys = acts.distance_keys;
  if (block.relative.queries) terms.queries = acts.distance_queries;
  terms.rows = pass.relative->rows;
  terms.reach = pass.relative->reach;
  return terms;
}

// The vectors of distances, through the projections of keys and of queries.
void attend_relative(const Pass& pass, const Attention& block, const Matrix& mixed, const Matrix& q,
                     const Matrix& k, const Matrix& v, const AttentionActivations& acts) {
  const Matrix& distances = pass.relative->normed;
  if (block.relative.keys) {
    block.k.forward(pass, acts.distance_keys, acts.kept_distance_k, distances);
  }
  if (block.relative.queries) {
    block.q.forward(pass, acts.distance_queries, acts.kept_distance_q, distances);
  }
  pass.ops().relative_attention_forward(*pass.device, mixed, acts.lse, q, k, v,
                                        terms_of(pass, block, acts), pass.rows.sequences,
                                        block.shape);
}

void attend_relative_backward(const Pass& pass, const Attention& block, const Matrix& d_mixed,
                              const AttentionActivations& acts, const AttentionScratch& scratch) {
  const int64_t T = pass.rows.T;
  const Matrix& distances = pass.relative->normed;
  const Matrix& d_distances = pass.relative->d_normed;
  pass.ops().relative_attention_backward(
      *pass.device, scratch.d_q.first(T), scratch.d_k.first(T), scratch.d_v.first(T),
      scratch.d_distance_keys, scratch.d_distance_queries, d_mixed, acts.mixed.first(T), acts.lse,
      acts.q.first(T), acts.k.first(T), acts.v.first(T), terms_of(pass, block, acts),
      pass.rows.sequences, block.shape);
  if (block.relative.keys) {
    block.k.backward(pass, d_distances, scratch.d_distance_keys, distances, acts.kept_distance_k,
                     true);
  }
  if (block.relative.queries) {
    block.q.backward(pass, d_distances, scratch.d_distance_queries, distances, acts.kept_distance_q,
                     true);
  }
}

AttentionShape shape_of(const Attention& block) {
  AttentionShape shape = block.shape;
  shape.sinks = block.sinks;
  return shape;
}

// Each row to its conversation's place in the layer's cache.
void put_apart(const Pass& pass, const Matrix& cache, const Matrix& rows) {
  for (int64_t i = 0; i < rows.rows; ++i) {
    pass.device->copy(cache.slice(pass.apart->next[i], 1).floats(), rows.slice(i, 1).floats(),
                      rows.cols);
  }
}

}  // namespace

void attention_block_forward(const Pass& pass, const Attention& block, const Matrix& y,
                             const Matrix& x, const AttentionActivations& acts, const Matrix& fused,
                             const CacheRows* cache) {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const ModelConfig& config = *pass.config;
  const TokenRows& rows = pass.rows;
  const int64_t T = rows.T, Q = block.query_size(), K = block.kv_size();
  const Matrix q_raw = acts.q_raw.shaped(T, Q);
  const Matrix q = acts.q.shaped(T, Q);
  // New keys and values of one sequence go straight to their place in the cache.
  const bool straight = cache && !pass.apart;
  Matrix k = straight ? cache->k.slice(cache->length, T) : acts.k.shaped(T, K);
  Matrix v = straight ? cache->v.slice(cache->length, T) : acts.v.shaped(T, K);
  const Matrix k_raw = config.qk_norm() ? acts.k_raw.shaped(T, K) : k;
  const Matrix v_raw = block.value_norm ? acts.v_raw.shaped(T, K) : v;
  const Matrix mixed = acts.mixed.shaped(T, Q);

  project(pass, block, q_raw, k_raw, v_raw, x, acts, fused);
  if (config.qk_norm()) {
    block.q_norm.forward(pass, normed_rows(q, block.q_norm), acts.q_rstd,
                         normed_rows(q_raw, block.q_norm));
  }
  if (config.qk_norm() && !block.borrows()) {
    block.k_norm.forward(pass, normed_rows(k, block.k_norm), acts.k_rstd,
                         normed_rows(k_raw, block.k_norm));
  }
  if (block.value_norm) {
    const Norm norm = value_norm(pass, block, acts);
    norm.forward(pass, normed_rows(v, norm), acts.v_rstd, normed_rows(v_raw, norm));
  }
  rotate(pass, block, q, block.borrows() ? Matrix{} : k, false);
  if (rows.before > 0) pass.inputs->keys_forward(pass, block.layer, k, v);
  if (!cache && block.borrows()) {
    k = pass.shared_keys->of(block.source).k.first(T);
    v = pass.shared_keys->of(block.source).v.first(T);
  } else if (!cache && pass.shared_keys != nullptr && pass.shared_keys->lends(block.layer)) {
    const SharedKeys::Layer& lent = pass.shared_keys->of(block.layer);
    device.copy(lent.k.floats(), DevicePtr<const float>(k.floats()), k.elements());
    device.copy(lent.v.floats(), DevicePtr<const float>(v.floats()), v.elements());
  }
  if (pass.apart) {
    if (!block.borrows()) {
      put_apart(pass, cache->k, k);
      put_apart(pass, cache->v, v);
    }
    ops.attention_apart(device, mixed, q, cache->k, cache->v, pass.apart->begins, rows.positions,
                        shape_of(block));
  } else if (block.relative.exists()) {
    attend_relative(pass, block, mixed, q, k, v, acts);
  } else if (cache) {
    ops.attention_cached(device, mixed, q, cache->k, cache->v, cache->length, shape_of(block));
  } else {
    ops.attention_forward(device, mixed, acts.lse, q, k, v, rows.sequences, shape_of(block));
  }
  const Matrix result = gate_result(pass, block, mixed, acts, fused);
  if (y.data) {
    block.o.forward(pass, y, acts.kept_o, result);
  } else {
    block.o.keep(pass, acts.kept_o, result);
  }
}

void attention_block_backward(const Pass& pass, const Attention& block, const Matrix& dx,
                              const Matrix& dy, const Matrix& x, const AttentionActivations& acts,
                              const AttentionScratch& scratch, const Matrix& fused) {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const ModelConfig& config = *pass.config;
  const TokenRows& rows = pass.rows;
  const int64_t T = rows.T, Q = block.query_size(), K = block.kv_size();
  const Matrix mixed = acts.mixed.shaped(T, Q);
  const Matrix d_mixed = scratch.d_mixed.shaped(T, Q);
  const Matrix d_q = scratch.d_q.shaped(T, Q);
  const Matrix d_k = scratch.d_k.shaped(T, K);
  const Matrix d_v = scratch.d_v.shaped(T, K);
  Matrix k = acts.k.shaped(T, K), v = acts.v.shaped(T, K);
  if (block.borrows()) {
    k = pass.shared_keys->of(block.source).k.first(T);
    v = pass.shared_keys->of(block.source).v.first(T);
  }
  if (block.gated) {
    const Matrix product = gate_result(pass, block, mixed, acts, fused);
    block.o.backward(pass, product, dy, product, acts.kept_o, false);
    const Matrix gate = acts.gate.shaped(T, Q);
    ops.gated_backward(device, gate, d_mixed, product, gate, mixed, Activation::kSigmoid);
  } else {
    block.o.backward(pass, d_mixed, dy, mixed, acts.kept_o, false);
  }
  if (block.relative.exists()) {
    attend_relative_backward(pass, block, d_mixed, acts, scratch);
  } else {
    ops.attention_backward(device, d_q, d_k, d_v, scratch.delta, d_mixed, mixed, acts.lse,
                           acts.q.shaped(T, Q), k, v, rows.sequences, shape_of(block));
    if (block.d_sinks) {
      ops.attention_sinks_backward(device, block.d_sinks, scratch.delta, acts.lse, T,
                                   shape_of(block));
    }
  }
  if (rows.before > 0) pass.inputs->keys_backward(pass, block.layer, d_k, d_v);
  const bool lends = pass.shared_keys != nullptr && pass.shared_keys->lends(block.source);
  if (lends) {
    const SharedKeys::Layer& lent = pass.shared_keys->of(block.source);
    const Matrix all_k = lent.d_k.first(T), all_v = lent.d_v.first(T);
    // Who borrows leaves its part for the one whose they are, which comes after all of these.
    ops.add(device, block.borrows() ? all_k : d_k, block.borrows() ? d_k : all_k);
    ops.add(device, block.borrows() ? all_v : d_v, block.borrows() ? d_v : all_v);
  }
  rotate(pass, block, d_q, block.borrows() ? Matrix{} : d_k, true);
  Matrix d_q_raw = d_q;
  Matrix d_k_raw = d_k;
  if (config.qk_norm()) {
    d_q_raw = d_mixed;           // its gradient has been used
    d_k_raw = d_q.shaped(T, K);  // free once d_q_raw is made; kv_heads <= heads
    const auto norm_back = [&](const Norm& norm, const Matrix& d_raw, const Matrix& d,
                               const Matrix& raw, DevicePtr<const float> rstd) {
      norm.backward(pass, normed_rows(d_raw, norm), normed_rows(d, norm), normed_rows(raw, norm),
                    rstd, false);
    };
    norm_back(block.q_norm, d_q_raw, d_q, acts.q_raw.shaped(T, Q), acts.q_rstd);
    if (!block.borrows()) {
      norm_back(block.k_norm, d_k_raw, d_k, acts.k_raw.shaped(T, K), acts.k_rstd);
    }
  }
  if (block.value_norm) {
    const Norm norm = value_norm(pass, block, acts);
    norm.backward(pass, normed_rows(d_v, norm), normed_rows(d_v, norm),
                  normed_rows(acts.v_raw.shaped(T, K), norm), acts.v_rstd, false);
  }
  project_backward(pass, block, dx, d_q_raw, d_k_raw, d_v, x, acts, fused);
}

}  // namespace neiro
