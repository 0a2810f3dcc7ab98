// Order of the feed-forward block: gate, up = x W; product = f(gate) * up, or f(up); down.
#include "model/blocks/mlp.h"

#include <algorithm>

namespace neiro {

MlpActivations place_mlp_activations(PlannedMemory& memory, MemoryCategory category,
                                     const ModelConfig& config,
                                     const std::vector<const Mlp*>& blocks, int64_t T) {
  MlpActivations acts;
  int64_t width = 0;
  for (const Mlp* block : blocks) width = std::max(width, block->down.in());
  if (config.gated()) acts.gate = memory.take_matrix(category, T, width);
  acts.up = memory.take_matrix(category, T, width);
  const auto kept = [&](Linear Mlp::*part) {
    return place_kept(memory, category, blocks, part, T);
  };
  acts.kept_gate = kept(config.names.gate_up.empty() ? &Mlp::gate : &Mlp::gate_up);
  acts.kept_up = kept(&Mlp::up);
  acts.kept_down = kept(&Mlp::down);
  return acts;
}

namespace {

void project(const Pass& pass, const Mlp& block, const Matrix& gate, const Matrix& up,
             const Matrix& x, const MlpActivations& acts, const Matrix& fused_room) {
  if (!block.gate_up.exists()) {
    if (block.gated()) block.gate.forward(pass, gate, acts.kept_gate, x);
    block.up.forward(pass, up, acts.kept_up, x);
    return;
  }
  const Operations& ops = pass.ops();
  const Matrix fused = fused_room.shaped(x.rows, gate.cols + up.cols);
  block.gate_up.forward(pass, fused, acts.kept_gate, x);
  ops.copy_columns(*pass.device, gate, 0, fused, 0, gate.cols);
  ops.copy_columns(*pass.device, up, 0, fused, gate.cols, up.cols);
}

void project_backward(const Pass& pass, const Mlp& block, const Matrix& dx, const Matrix& d_gate,
                      const Matrix& d_up, const Matrix& x, const MlpActivations& acts,
                      const Matrix& fused_room) {
  if (!block.gate_up.exists()) {
    if (block.gated()) block.gate.backward(pass, dx, d_gate, x, acts.kept_gate, false);
    block.up.backward(pass, dx, d_up, x, acts.kept_up, block.gated());
    return;
  }
  const Operations& ops = pass.ops();
  const Matrix fused = fused_room.shaped(x.rows, d_gate.cols + d_up.cols);
  ops.copy_columns(*pass.device, fused, 0, d_gate, 0, d_gate.cols);
  ops.copy_columns(*pass.device, fused, d_gate.cols, d_up, 0, d_up.cols);
  block.gate_up.backward(pass, dx, fused, x, acts.kept_gate, false);
}

// What goes into down: f(gate) * up, or f(up).
void activate(const Pass& pass, const Mlp& block, const Matrix& product, const Matrix& gate,
              const Matrix& up) {
  const Activation f = pass.config->activation;
  if (block.gated()) {
    pass.ops().gated_forward(*pass.device, product, gate, up, f);
  } else {
    pass.ops().activation_forward(*pass.device, product, up, f);
  }
}

}  // namespace

void mlp_block_forward(const Pass& pass, const Mlp& block, const Matrix& y, const Matrix& x,
                       const MlpActivations& acts, const Matrix& product_room,
                       const Matrix& fused) {
  const int64_t width = block.down.in();
  const Matrix gate = acts.gate.shaped(x.rows, width);
  const Matrix up = acts.up.shaped(x.rows, width);
  const Matrix product = product_room.shaped(x.rows, width);
  project(pass, block, gate, up, x, acts, fused);
  activate(pass, block, product, gate, up);
  if (y.data) {
    block.down.forward(pass, y, acts.kept_down, product);
  } else {
    block.down.keep(pass, acts.kept_down, product);
  }
}

void mlp_block_backward(const Pass& pass, const Mlp& block, const Matrix& dx, const Matrix& dy,
                        const Matrix& x, const MlpActivations& acts, const Matrix& product_room,
                        const Matrix& fused) {
  const Operations& ops = pass.ops();
  const Activation f = pass.config->activation;
  const int64_t width = block.down.in();
  const Matrix gate = acts.gate.shaped(x.rows, width);
  const Matrix up = acts.up.shaped(x.rows, width);
  const Matrix product = product_room.shaped(x.rows, width);
  activate(pass, block, product, gate, up);
  // The product becomes its own gradient, then gate and up become theirs: nothing else is stored.
  block.down.backward(pass, product, dy, product, acts.kept_down, false);
  if (block.gated()) {
    ops.gated_backward(*pass.device, gate, up, product, gate, up, f);
  } else {
    ops.activation_backward(*pass.device, up, product, up, f);
  }
  project_backward(pass, block, dx, gate, up, x, acts, fused);
}

}  // namespace neiro
