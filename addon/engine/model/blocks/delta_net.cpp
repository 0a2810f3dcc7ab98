// Order of the gated delta net: project; convolve; the rule; norm; gate; out.
#include "model/blocks/delta_net.h"

namespace neiro {

DeltaNetActivations place_delta_net_activations(PlannedMemory& memory, MemoryCategory category,
                                                const ModelConfig& config,
                                                const std::vector<const DeltaNet*>& blocks,
                                                int64_t T) {
  const DeltaShape& shape = config.delta;
  const int64_t K = shape.key_size(), V = shape.value_size();
  DeltaNetActivations acts;
  const auto take = [&](int64_t cols) { return memory.take_matrix(category, T, cols); };
  acts.raw = take(config.delta_size());
  acts.convolved = take(config.delta_size());
  acts.q = take(K);
  acts.k = take(K);
  acts.v = take(V);
  acts.gate = take(V);
  acts.learn = take(shape.value_heads);
  acts.decay = take(shape.value_heads);
  acts.mixed = take(V);
  acts.rstd = memory.take<float>(category, T * shape.value_heads);
  const auto kept = [&](Linear DeltaNet::*part) {
    return place_kept(memory, category, blocks, part, T);
  };
  acts.kept_qkv = kept(&DeltaNet::qkv);
  acts.kept_gate = kept(&DeltaNet::gate);
  acts.kept_learn = kept(&DeltaNet::learn);
  acts.kept_decay = kept(&DeltaNet::decay);
  acts.kept_out = kept(&DeltaNet::out);
  return acts;
}

DeltaNetScratch place_delta_net_scratch(PlannedMemory& memory, const ModelConfig& config, int64_t T,
                                        bool gradients) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  const DeltaShape& shape = config.delta;
  const int64_t K = shape.key_size(), V = shape.value_size(), H = shape.value_heads;
  DeltaNetScratch scratch;
  scratch.normed = memory.take_matrix(kCategory, T, V);
  scratch.product = memory.take_matrix(kCategory, T, V);
  if (!gradients) return scratch;
  scratch.d_q = memory.take_matrix(kCategory, T, K);
  scratch.d_k = memory.take_matrix(kCategory, T, K);
  scratch.d_v = memory.take_matrix(kCategory, T, V);
  scratch.d_learn = memory.take_matrix(kCategory, T, H);
  scratch.d_decay = memory.take_matrix(kCategory, T, H);
  scratch.states = memory.take_matrix(kCategory, delta_rule_states(T, shape), shape.value_dim);
  return scratch;
}

namespace {

// Heads as rows of their own.
Matrix by_head(const DeltaNet& block, const Matrix& x) {
  return x.shaped(x.elements() / block.shape.value_dim, block.shape.value_dim);
}

DeltaInputs inputs_of(const DeltaNet& block, const DeltaNetActivations& acts, int64_t first,
                      int64_t n) {
  const auto part = [&](const Matrix& rows) { return rows.slice(first, n); };
  return {part(acts.q),     part(acts.k), part(acts.v), part(acts.decay),
          part(acts.learn), block.rate,   block.shift};
}

// acts.mixed of the projections in acts.
void mix(const Pass& pass, const DeltaNet& block, const DeltaNetActivations& acts,
         const Matrix& active, const CacheRows* cache) {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const int64_t T = pass.rows.T, W = active.cols, before = (block.kernel - 1) * W;
  const Matrix raw = acts.raw.first(T), convolved = acts.convolved.first(T);
  const auto in_order = [&](int64_t first, int64_t n, int64_t state) {
    const auto conv_state = [&](const Matrix& flat) {
      return part_of_state(flat, 0, block.kernel - 1, W);
    };
    ops.short_conv_cached(device, convolved.slice(first, n),
                          conv_state(cache->written_state(state)), raw.slice(first, n),
                          conv_state(cache->read_state(state)), block.conv, nullptr, block.kernel);
  };
  const auto for_sequences = [&](auto use) {
    if (pass.apart == nullptr) return use(0, T, cache->state);
    for (int64_t i = 0; i < T; ++i) use(i, 1, pass.apart->states[i]);
  };
  if (cache == nullptr) {
    ops.short_conv_forward(device, convolved, raw, block.conv, nullptr, block.kernel,
                           pass.rows.sequences);
  } else {
    for_sequences(in_order);
  }
  ops.activation_forward(device, active, convolved, Activation::kSilu);
  int64_t at = 0;
  for (const Matrix& part : {acts.q, acts.k, acts.v}) {
    ops.copy_columns(device, part.first(T), 0, active, at, part.cols);
    at += part.cols;
  }
  if (cache == nullptr) {
    return ops.delta_rule_forward(device, acts.mixed.first(T), inputs_of(block, acts, 0, T),
                                  pass.rows.sequences, block.shape);
  }
  for_sequences([&](int64_t first, int64_t n, int64_t state) {
    const auto rule_state = [&](const Matrix& flat) {
      return part_of_state(flat, before, block.shape.state_size() / block.shape.value_dim,
                           block.shape.value_dim);
    };
    ops.delta_rule_cached(device, acts.mixed.slice(first, n),
                          rule_state(cache->written_state(state)), inputs_of(block, acts, first, n),
                          rule_state(cache->read_state(state)), block.shape);
  });
}

// What out reads; the norm's result is in scratch.normed.
Matrix gate_result(const Pass& pass, const DeltaNet& block, const DeltaNetActivations& acts,
                   const DeltaNetScratch& scratch) {
  const int64_t T = pass.rows.T;
  const Matrix normed = scratch.normed.first(T), product = scratch.product.first(T);
  block.norm.forward(pass, by_head(block, normed), acts.rstd, by_head(block, acts.mixed.first(T)));
  pass.ops().gated_forward(*pass.device, product, acts.gate.first(T), normed, Activation::kSilu);
  return product;
}

}  // namespace

void delta_net_block_forward(const Pass& pass, const DeltaNet& block, const Matrix& y,
                             const Matrix& x, const DeltaNetActivations& acts,
                             const DeltaNetScratch& scratch, const Matrix& fused,
                             const CacheRows* cache) {
  const int64_t T = x.rows;
  block.qkv.forward(pass, acts.raw.first(T), acts.kept_qkv, x);
  block.gate.forward(pass, acts.gate.first(T), acts.kept_gate, x);
  block.learn.forward(pass, acts.learn.first(T), acts.kept_learn, x);
  block.decay.forward(pass, acts.decay.first(T), acts.kept_decay, x);
  mix(pass, block, acts, fused.shaped(T, acts.raw.cols), cache);
  const Matrix product = gate_result(pass, block, acts, scratch);
  if (y.data) {
    block.out.forward(pass, y, acts.kept_out, product);
  } else {
    block.out.keep(pass, acts.kept_out, product);
  }
}

void delta_net_block_backward(const Pass& pass, const DeltaNet& block, const Matrix& dx,
                              const Matrix& dy, const Matrix& x, const DeltaNetActivations& acts,
                              const DeltaNetScratch& scratch, const Matrix& fused_room) {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const int64_t T = x.rows;
  const Matrix product = gate_result(pass, block, acts, scratch);
  const Matrix normed = scratch.normed.first(T), gate = acts.gate.first(T);
  block.out.backward(pass, product, dy, product, acts.kept_out, false);
  ops.gated_backward(device, gate, normed, product, gate, normed, Activation::kSilu);
  const Matrix d_mixed = product;
  block.norm.backward(pass, by_head(block, d_mixed), by_head(block, normed),
                      by_head(block, acts.mixed.first(T)), acts.rstd, false);
  DeltaGradients d;
  d.q = scratch.d_q.first(T);
  d.k = scratch.d_k.first(T);
  d.v = scratch.d_v.first(T);
  d.decay = scratch.d_decay.first(T);
  d.learn = scratch.d_learn.first(T);
  d.log_rate = block.d_rate;
  d.shift = block.d_shift;
  ops.delta_rule_backward(device, d, scratch.states, d_mixed, inputs_of(block, acts, 0, T),
                          pass.rows.sequences, block.shape);
  const Matrix fused = fused_room.shaped(T, acts.raw.cols);
  int64_t at = 0;
  for (const Matrix& part : {d.q, d.k, d.v}) {
    ops.copy_columns(device, fused, at, part, 0, part.cols);
    at += part.cols;
  }
  const Matrix convolved = acts.convolved.first(T);
  ops.activation_backward(device, fused, fused, convolved, Activation::kSilu);
  const Matrix d_raw = convolved;  // has been used
  ops.short_conv_backward(device, d_raw, block.d_conv, nullptr, fused, acts.raw.first(T),
                          block.conv, block.kernel, pass.rows.sequences);
  block.qkv.backward(pass, dx, d_raw, x, acts.kept_qkv, false);
  block.gate.backward(pass, dx, gate, x, acts.kept_gate, true);
  block.learn.backward(pass, dx, d.learn, x, acts.kept_learn, true);
  block.decay.backward(pass, dx, d.decay, x, acts.kept_decay, true);
}

}  // namespace neiro
