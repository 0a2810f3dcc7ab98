// The gated delta net of a layer, without its norm and its residual (Qwen3.5; Yang et al. 2024):
// q, k, v = silu(conv(qkv(x))); the gated delta rule; out(norm(.) * silu(gate(x))). Forward,
// backward, and against a state.
#pragma once

#include <cstdint>
#include <vector>

#include "backend/planned_memory.h"
#include "model/blocks/cache_rows.h"
#include "model/blocks/linear.h"
#include "model/blocks/norm.h"
#include "model/config.h"

namespace neiro {

// H = value heads; K = delta.key_size(), V = delta.value_size(), W = 2 * K + V.
struct DeltaNet {
  Linear qkv, gate, learn, decay, out;  // [W, C], [V, C], [H, C], [H, C], [C, V]
  DevicePtr<float> conv, d_conv;        // [W, kernel]; gradients null = frozen
  DevicePtr<float> rate, d_rate;        // [H] its logarithm
  DevicePtr<float> shift, d_shift;      // [H]
  Norm norm;                            // of each value head
  int kernel = 0;
  DeltaShape shape;

  bool exists() const { return kernel > 0; }
};

// What the way back needs, of one block or of several that take turns.
struct DeltaNetActivations {
  Matrix raw, convolved;  // [T, W]
  Matrix q, k, v;         // [T, K], [T, K], [T, V]
  Matrix gate;            // [T, V]; becomes its gradient
  Matrix learn, decay;    // [T, H]
  Matrix mixed;           // [T, V]
  DevicePtr<float> rstd;  // [T, H]
  Matrix kept_qkv, kept_gate, kept_learn, kept_decay, kept_out;
};
DeltaNetActivations place_delta_net_activations(PlannedMemory& memory, MemoryCategory category,
                                                const ModelConfig& config,
                                                const std::vector<const DeltaNet*>& blocks,
                                                int64_t T);

// Lives only inside one call; with gradients what these need, too.
struct DeltaNetScratch {
  Matrix normed;         // [T, V]
  Matrix product;        // [T, V]
  Matrix d_q, d_k, d_v;  // as q, k, v
  Matrix d_learn, d_decay;
  Matrix states;  // delta_rule_states
};
DeltaNetScratch place_delta_net_scratch(PlannedMemory& memory, const ModelConfig& config, int64_t T,
                                        bool gradients);

// Values of a layer's state: what the convolution saw last, then the rule's.
inline int64_t delta_net_state_size(const ModelConfig& config) {
  return (config.conv_kernel - 1) * config.delta_size() + config.delta.state_size();
}

// As attention_block_forward; fused[T, W] is scratch.
void delta_net_block_forward(const Pass& pass, const DeltaNet& block, const Matrix& y,
                             const Matrix& x, const DeltaNetActivations& acts,
                             const DeltaNetScratch& scratch, const Matrix& fused,
                             const CacheRows* cache);

// dx[T, C] is written from dy[T, C]; x is the forward's input. Overwrites acts.
void delta_net_block_backward(const Pass& pass, const DeltaNet& block, const Matrix& dx,
                              const Matrix& dy, const Matrix& x, const DeltaNetActivations& acts,
                              const DeltaNetScratch& scratch, const Matrix& fused);

}  // namespace neiro
