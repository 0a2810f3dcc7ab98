// Order of the feed-forward block: gate, up = x W; product = silu(gate) * up; down.
#include "model/mlp.h"

namespace neiro {

MlpActivations place_mlp_activations(Arena& arena, MemoryCategory category,
                                     const ModelConfig& config, const Mlp& mlp, int64_t T) {
  MlpActivations acts;
  acts.gate = arena.take<float>(category, T * config.intermediate_size);
  acts.up = arena.take<float>(category, T * config.intermediate_size);
  acts.kept_gate = mlp.gate.place_kept(arena, category, T);
  acts.kept_up = mlp.up.place_kept(arena, category, T);
  acts.kept_down = mlp.down.place_kept(arena, category, T);
  return acts;
}

void mlp_block_forward(const Pass& pass, const Mlp& block, float* y, const float* x,
                       const MlpActivations& acts, float* product) {
  const int64_t T = pass.rows.T;
  block.gate.forward(pass, acts.gate, acts.kept_gate, x, T);
  block.up.forward(pass, acts.up, acts.kept_up, x, T);
  pass.ops().swiglu_forward(*pass.device, product, acts.gate, acts.up,
                            T * pass.config->intermediate_size);
  if (y != nullptr) {
    block.down.forward(pass, y, acts.kept_down, product, T);
  } else {
    block.down.keep(pass, acts.kept_down, product, T);
  }
}

void mlp_block_backward(const Pass& pass, const Mlp& block, float* dx, const float* dy,
                        const float* x, const MlpActivations& acts, float* product) {
  const Backend& ops = pass.ops();
  const int64_t T = pass.rows.T;
  const int64_t n = T * pass.config->intermediate_size;
  ops.swiglu_forward(*pass.device, product, acts.gate, acts.up, n);
  // The product becomes its own gradient, then gate and up become theirs: nothing else is stored.
  block.down.backward(pass, product, dy, product, acts.kept_down, T, false);
  ops.swiglu_backward(*pass.device, acts.gate, acts.up, product, acts.gate, acts.up, n);
  block.gate.backward(pass, dx, acts.gate, x, acts.kept_gate, T, false);
  block.up.backward(pass, dx, acts.up, x, acts.kept_up, T, true);
}

}  // namespace neiro
