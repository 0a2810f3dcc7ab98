// The feed-forward block of a layer, without its norm and its residual: down(silu(gate) * up)
// (SwiGLU, Shazeer 2020). Forward and backward.
#pragma once

#include <cstdint>

#include "core/arena.h"
#include "model/config.h"
#include "model/linear.h"

namespace neiro {

struct Mlp {
  Linear gate, up, down;
};

// What the way back needs; I = intermediate_size. The product silu(gate) * up is made again.
struct MlpActivations {
  float* gate = nullptr;       // [T, I]; becomes its gradient on the way back
  float* up = nullptr;         // [T, I]; likewise
  float* kept_gate = nullptr;  // adapters, [T, kept_per_token]
  float* kept_up = nullptr;
  float* kept_down = nullptr;
};
MlpActivations place_mlp_activations(Arena& arena, MemoryCategory category,
                                     const ModelConfig& config, const Mlp& mlp, int64_t T);

// y[T, C] = mlp(x[T, C]); product[T, I] is scratch. With y == nullptr everything but the last
// product is computed (gradient checkpointing).
void mlp_block_forward(const Pass& pass, const Mlp& block, float* y, const float* x,
                       const MlpActivations& acts, float* product);

// dx[T, C] is written from dy[T, C]; x is the forward's input. Overwrites acts.gate and acts.up.
void mlp_block_backward(const Pass& pass, const Mlp& block, float* dx, const float* dy,
                        const float* x, const MlpActivations& acts, float* product);

}  // namespace neiro
