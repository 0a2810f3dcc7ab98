// The feed-forward block of a layer, without its norms and its residual: down(f(gate) * up), f the
// activation (SwiGLU, GEGLU: Shazeer 2020), or down(f(up)) where the model has no gate. Forward and
// backward.
#pragma once

#include <cstdint>
#include <vector>

#include "backend/planned_memory.h"
#include "model/blocks/linear.h"
#include "model/config.h"

namespace neiro {

struct Mlp {
  Linear gate_up;  // instead of gate and up: the rows of gate, then those of up
  Linear gate, up, down;

  bool exists() const { return down.exists(); }
  bool gated() const { return gate_up.exists() || gate.exists(); }
};

// What the way back needs, of one block or of several that take turns; I = width of the widest.
// What goes into down is made again.
struct MlpActivations {
  Matrix gate;       // [T, I]; none without a gate; becomes its gradient on the way back
  Matrix up;         // [T, I]; likewise
  Matrix kept_gate;  // adapters, [T, kept_per_token]; of gate_up where that is one
  Matrix kept_up;
  Matrix kept_down;
};
MlpActivations place_mlp_activations(PlannedMemory& memory, MemoryCategory category,
                                     const ModelConfig& config,
                                     const std::vector<const Mlp*>& blocks, int64_t T);

// y[T, C] = mlp(x[T, C]); product[T, I] and fused[T, config.fused_size()] are scratch; buffers may
// have room for more tokens. Without y everything but the last product is computed (gradient
// checkpointing).
void mlp_block_forward(const Pass& pass, const Mlp& block, const Matrix& y, const Matrix& x,
                       const MlpActivations& acts, const Matrix& product, const Matrix& fused);

// dx[T, C] is written from dy[T, C]; x is the forward's input. Overwrites acts.gate and acts.up.
void mlp_block_backward(const Pass& pass, const Mlp& block, const Matrix& dx, const Matrix& dy,
                        const Matrix& x, const MlpActivations& acts, const Matrix& product,
                        const Matrix& fused);

}  // namespace neiro
