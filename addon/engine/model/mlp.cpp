// Order of the feed-forward block: gate, up = x W; product = silu(gate) * up; down.
#include "model/mlp.h"

namespace neiro {

MlpActivations place_mlp_activations(PlannedMemory& memory, MemoryCategory category,
                                     const ModelConfig& config, const Mlp& mlp, int64_t T) {
  MlpActivations acts;
  acts.gate = memory.take_matrix(category, T, config.intermediate_size);
  acts.up = memory.take_matrix(category, T, config.intermediate_size);
  acts.kept_gate = mlp.gate.place_kept(memory, category, T);
  acts.kept_up = mlp.up.place_kept(memory, category, T);
  acts.kept_down = mlp.down.place_kept(memory, category, T);
  return acts;
}

void mlp_block_forward(const Pass& pass, const Mlp& block, const Matrix& y, const Matrix& x,
                       const MlpActivations& acts, const Matrix& product_room) {
  const Matrix gate = acts.gate.first(x.rows);
  const Matrix up = acts.up.first(x.rows);
  const Matrix product = product_room.first(x.rows);
  block.gate.forward(pass, gate, acts.kept_gate, x);
  block.up.forward(pass, up, acts.kept_up, x);
  pass.ops().swiglu_forward(*pass.device, product, gate, up);
  if (y.data) {
    block.down.forward(pass, y, acts.kept_down, product);
  } else {
    block.down.keep(pass, acts.kept_down, product);
  }
}

void mlp_block_backward(const Pass& pass, const Mlp& block, const Matrix& dx, const Matrix& dy,
                        const Matrix& x, const MlpActivations& acts, const Matrix& product_room) {
  const Operations& ops = pass.ops();
  const Matrix gate = acts.gate.first(x.rows);
  const Matrix up = acts.up.first(x.rows);
  const Matrix product = product_room.first(x.rows);
  ops.swiglu_forward(*pass.device, product, gate, up);
  // The product becomes its own gradient, then gate and up become theirs: nothing else is stored.
  block.down.backward(pass, product, dy, product, acts.kept_down, false);
  ops.swiglu_backward(*pass.device, gate, up, product, gate, up);
  block.gate.backward(pass, dx, gate, x, acts.kept_gate, false);
  block.up.backward(pass, dx, up, x, acts.kept_up, true);
}

}  // namespace neiro
