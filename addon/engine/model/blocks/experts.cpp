// Order of the block: route; lay rows by expert; each expert; sum.
#include "model/blocks/experts.h"

#include <algorithm>

namespace neiro {

ExpertsActivations place_experts_activations(PlannedMemory& memory, MemoryCategory category,
                                             const ModelConfig& config,
                                             const std::vector<const Experts*>& blocks, int64_t T) {
  const ExpertConfig& experts = config.experts;
  const int64_t N = T * experts.chosen;
  ExpertsActivations acts;
  acts.logits = memory.take_matrix(category, T, experts.count);
  acts.weights = memory.take_matrix(category, T, experts.chosen);
  if (!config.names.expert_scale.empty()) {
    acts.scales = memory.take_matrix(category, T, experts.chosen);
    acts.scaled = memory.take_matrix(category, T, experts.chosen);
  }
  acts.chosen = memory.take<int32_t>(category, N);
  acts.tokens = memory.take<int32_t>(category, N);
  acts.slots = memory.take<int32_t>(category, N);
  acts.places = memory.take<int32_t>(category, N);
  acts.begins = memory.take_host<int32_t>(category, experts.count + 1);
  acts.gate = memory.take_matrix(category, N, experts.intermediate_size);
  acts.up = memory.take_matrix(category, N, experts.intermediate_size);
  std::vector<const Expert*> all;
  for (const Experts* block : blocks) {
    for (const Expert& expert : block->all) all.push_back(&expert);
  }
  acts.gate_kept = place_kept(memory, category, all, &Expert::gate, N);
  acts.up_kept = place_kept(memory, category, all, &Expert::up, N);
  acts.down_kept = place_kept(memory, category, all, &Expert::down, N);
  acts.router_kept = place_kept(memory, category, blocks, &Experts::router, T);
  return acts;
}

ExpertsScratch place_experts_scratch(PlannedMemory& memory, const ModelConfig& config, int64_t T,
                                     bool gradients) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  const ExpertConfig& experts = config.experts;
  const int64_t N = T * experts.chosen;
  ExpertsScratch scratch;
  scratch.rows = memory.take_matrix(kCategory, N, config.hidden_size);
  scratch.product = memory.take_matrix(kCategory, N, experts.intermediate_size);
  scratch.by_row = memory.take_matrix(kCategory, N, 1);
  scratch.staging = memory.take_host<int32_t>(kCategory, 2 * N);
  if (!gradients) return scratch;
  scratch.more = memory.take_matrix(kCategory, N, config.hidden_size);
  scratch.weighed = memory.take_matrix(kCategory, N, experts.intermediate_size);
  scratch.d_by_row = memory.take_matrix(kCategory, N, 1);
  scratch.d_weights = memory.take_matrix(kCategory, T, experts.chosen);
  scratch.d_logits = memory.take_matrix(kCategory, T, experts.count);
  return scratch;
}

namespace {

// A rounded factor could send a token to another expert.
Pass of_router(const Pass& given) {
  Pass pass = given;
  pass.device = &given.device->exact();
  return pass;
}

// How many rows an expert has must not change the bits of one: rows that continue a sequence come
// in pieces, and beside those of others.
Pass of_experts(const Pass& given) {
  static constexpr RowsApart kApart{};
  Pass pass = given;
  if (given.rows.sequences.count == 0) pass.apart = &kApart;
  return pass;
}

// Which row belongs to which token: acts.tokens, slots, places and begins, from acts.chosen.
void lay_by_expert(const Pass& pass, const Experts& block, const ExpertsActivations& acts,
                   const ExpertsScratch& scratch) {
  const Device& device = *pass.device;
  const int64_t T = pass.rows.T, k = acts.weights.cols, N = T * k;
  const size_t count = block.all.size();
  int32_t* chosen = scratch.staging;
  int32_t* out = chosen + N;
  device.download(chosen, acts.chosen, N);
  std::fill(acts.begins, acts.begins + count + 1, 0);
  for (int64_t i = 0; i < N; ++i) ++acts.begins[chosen[i] + 1];
  for (size_t e = 0; e < count; ++e) acts.begins[e + 1] += acts.begins[e];
  // Each begins where the one before ends; they are counted on and set back.
  for (int64_t i = 0; i < N; ++i) out[i] = acts.begins[chosen[i]]++;
  for (size_t e = count; e > 0; --e) acts.begins[e] = acts.begins[e - 1];
  acts.begins[0] = 0;
  device.upload(acts.places, out, N);
  int32_t* slots = chosen;
  // `chosen` is not read any more: its place holds the slot of each row.
  for (int64_t i = 0; i < N; ++i) slots[out[i]] = static_cast<int32_t>(i);
  device.upload(acts.slots, slots, N);
  for (int64_t i = 0; i < N; ++i) slots[i] /= static_cast<int32_t>(k);
  device.upload(acts.tokens, slots, N);
}

// Each weight times the scale of its expert; what rows are then weighed with.
Matrix scale_weights(const Pass& pass, const Experts& block, const ExpertsActivations& acts,
                     int64_t T) {
  if (!block.scale) return acts.weights.first(T);
  const int64_t N = T * acts.weights.cols;
  const Matrix all = {
      DType::kF32, static_cast<int64_t>(block.all.size()), 1, block.scale.as<std::byte>(), {}};
  const Matrix scales = acts.scales.shaped(N, 1), scaled = acts.scaled.first(T);
  pass.ops().gather_rows(*pass.device, scales, all, acts.chosen);
  pass.ops().scale_rows(*pass.device, scaled.shaped(N, 1), acts.weights.shaped(N, 1),
                        scales.floats());
  return scaled;
}

// d_weights comes in as the gradient of the scaled weights. `room`[N, 1] is scratch.
void scale_weights_backward(const Pass& pass, const Experts& block, const ExpertsActivations& acts,
                            const Matrix& d_weights, const Matrix& room) {
  if (!block.scale) return;
  const Operations& ops = pass.ops();
  const Matrix d = d_weights.shaped(room.rows, 1);
  if (block.d_scale) {
    ops.scale_rows(*pass.device, room, d, acts.weights.floats());
    ops.embedding_backward(*pass.device, block.d_scale, room, acts.chosen);
  }
  ops.scale_rows(*pass.device, d, d, acts.scales.floats());
}

template <class Use>
void for_experts(const Experts& block, const ExpertsActivations& acts, Use use) {
  for (size_t e = 0; e < block.all.size(); ++e) {
    const int64_t first = acts.begins[e], n = acts.begins[e + 1] - first;
    if (n > 0) use(block.all[e], first, n);
  }
}

// What goes into down, unweighed; and back, where gate and up become their gradients.
void activate(const Pass& pass, const Matrix& product, const Matrix& gate, const Matrix& up) {
  const ClampedGate& clamped = pass.config->experts.gate;
  if (clamped.limit > 0) {
    return pass.ops().clamped_gate_forward(*pass.device, product, gate, up, clamped);
  }
  pass.ops().gated_forward(*pass.device, product, gate, up, pass.config->activation);
}
void activate_backward(const Pass& pass, const Matrix& gate, const Matrix& up,
                       const Matrix& d_product) {
  const ClampedGate& clamped = pass.config->experts.gate;
  if (clamped.limit > 0) {
    return pass.ops().clamped_gate_backward(*pass.device, gate, up, d_product, gate, up, clamped);
  }
  pass.ops().gated_backward(*pass.device, gate, up, d_product, gate, up, pass.config->activation);
}

// Of what is kept, rows [first, first + n); none where nothing is.
Matrix part(const Matrix& kept, int64_t first, int64_t n) {
  return kept.data ? kept.slice(first, n) : Matrix{};
}

}  // namespace

void experts_block_forward(const Pass& given, const Experts& block, const Matrix& y,
                           const Matrix& x, const Matrix& routed, const ExpertsActivations& acts,
                           const ExpertsScratch& scratch) {
  const Pass pass = of_experts(given);
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const int64_t T = x.rows, N = T * acts.weights.cols;
  block.router.forward(of_router(pass), acts.logits.first(T), acts.router_kept, routed);
  ops.route_forward(device, acts.weights.first(T), acts.chosen, acts.logits.first(T),
                    pass.config->experts.alone);
  const Matrix weights = scale_weights(pass, block, acts, T);
  lay_by_expert(pass, block, acts, scratch);
  const Matrix rows = scratch.rows.first(N), gate = acts.gate.first(N), up = acts.up.first(N);
  ops.gather_rows(device, rows, x, acts.tokens);
  for_experts(block, acts, [&](const Expert& expert, int64_t first, int64_t n) {
    const Matrix in = rows.slice(first, n);
    expert.gate.forward(pass, gate.slice(first, n), part(acts.gate_kept, first, n), in);
    expert.up.forward(pass, up.slice(first, n), part(acts.up_kept, first, n), in);
  });
  if (!y.data && !acts.down_kept.data) return;
  const Matrix product = scratch.product.first(N), by_row = scratch.by_row.first(N);
  activate(pass, product, gate, up);
  // A row is weighed before the last product: it is the same, and its gradient is at hand there.
  ops.gather_rows(device, by_row, weights.shaped(N, 1), acts.slots);
  ops.scale_rows(device, product, product, by_row.floats());
  for_experts(block, acts, [&](const Expert& expert, int64_t first, int64_t n) {
    const Matrix in = product.slice(first, n), kept = part(acts.down_kept, first, n);
    if (!y.data) return expert.down.keep(pass, kept, in);
    expert.down.forward(pass, rows.slice(first, n), kept, in);
    if (expert.down_bias) {
      of_router(pass).linear_forward(rows.slice(first, n), by_row.slice(first, n),
                                     expert.down_bias_matrix(), nullptr, 1.0f, true);
    }
  });
  if (!y.data) return;
  ops.sum_rows(device, y, rows, acts.places, false);
}

void experts_block_backward(const Pass& pass, const Experts& block, const Matrix& dx,
                            const Matrix& d_routed, const Matrix& dy, const Matrix& x,
                            const Matrix& routed, const ExpertsActivations& acts,
                            const ExpertsScratch& scratch) {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const int64_t T = x.rows, N = T * acts.weights.cols;
  const Matrix rows = scratch.rows.first(N), more = scratch.more.first(N);
  const Matrix gate = acts.gate.first(N), up = acts.up.first(N);
  const Matrix product = scratch.product.first(N), weighed = scratch.weighed.first(N);
  const Matrix by_row = scratch.by_row.first(N), d_by_row = scratch.d_by_row.first(N);
  const Matrix weighing = block.scale ? acts.scaled : acts.weights;
  ops.gather_rows(device, by_row, weighing.shaped(N, 1), acts.slots);
  activate(pass, product, gate, up);
  ops.scale_rows(device, weighed, product, by_row.floats());
  ops.gather_rows(device, rows, dy, acts.tokens);
  for_experts(block, acts, [&](const Expert& expert, int64_t first, int64_t n) {
    const Matrix in = weighed.slice(first, n);
    expert.down.backward(pass, in, rows.slice(first, n), in, part(acts.down_kept, first, n), false);
  });
  ops.row_products(device, d_by_row.floats(), product, weighed);
  for_experts(block, acts, [&](const Expert& expert, int64_t first, int64_t n) {
    if (!expert.down_bias) return;
    const Matrix dy_rows = rows.slice(first, n), weights = by_row.slice(first, n);
    const Device& exact = device.exact();
    ops.linear_backward_input(exact, d_by_row.slice(first, n), dy_rows, expert.down_bias_matrix(),
                              1.0f, true);
    if (!expert.d_down_bias) return;
    ops.linear_backward_weight(exact, expert.d_down_bias, dy_rows, weights, 1.0f);
  });
  ops.scale_rows(device, weighed, weighed, by_row.floats());
  activate_backward(pass, gate, up, weighed);
  ops.gather_rows(device, more, x, acts.tokens);
  for_experts(block, acts, [&](const Expert& expert, int64_t first, int64_t n) {
    const Matrix d_in = rows.slice(first, n), in = more.slice(first, n);
    expert.gate.backward(pass, d_in, gate.slice(first, n), in, part(acts.gate_kept, first, n),
                         false);
    expert.up.backward(pass, d_in, up.slice(first, n), in, part(acts.up_kept, first, n), true);
  });
  ops.sum_rows(device, dx, rows, acts.places, false);
  const Matrix d_weights = scratch.d_weights.first(T), d_logits = scratch.d_logits.first(T);
  ops.gather_rows(device, d_weights.shaped(N, 1), d_by_row, acts.places);
  scale_weights_backward(pass, block, acts, d_weights, by_row);
  ops.route_backward(device, d_logits, d_weights, acts.weights.first(T), acts.chosen,
                     acts.logits.first(T), pass.config->experts.alone);
  const bool apart = d_routed.data != nullptr;
  block.router.backward(of_router(pass), apart ? d_routed : dx, d_logits, routed, acts.router_kept,
                        !apart);
}

}  // namespace neiro
