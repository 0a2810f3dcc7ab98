// The feed-forward block of a layer with experts, without its norm and its residual (Shazeer et al.
// 2017): each token goes through a few of many small blocks and takes the sum of what they give,
// weighed by a router. Forward and backward. Tokens are laid together by expert, so that each
// expert multiplies its own at once; the host looks once a block to see who goes where.
#pragma once

#include <cstdint>
#include <vector>

#include "backend/planned_memory.h"
#include "model/blocks/linear.h"
#include "model/config.h"

namespace neiro {

struct Expert {
  Linear gate, up, down;
  // [C] of down, null = none. Not down's own: what is weighed is the result, and a row is weighed
  // before the product.
  DevicePtr<float> down_bias, d_down_bias;

  Matrix down_bias_matrix() const {
    return {DType::kF32, down.out(), 1, down_bias.as<std::byte>(), {}};
  }
};

struct Experts {
  Linear router;  // [count, C]
  std::vector<Expert> all;
  DevicePtr<float> scale, d_scale;  // [count] what the weight of each is multiplied by; null = 1

  bool exists() const { return !all.empty(); }
};

// What the way back needs, of one block or of several that take turns; N = T * chosen rows, one for
// each token and each of its experts, by expert.
struct ExpertsActivations {
  Matrix logits;              // [T, count]
  Matrix weights;             // [T, chosen]
  Matrix scales, scaled;      // [T, chosen] of each, and weights times these; none without
  DevicePtr<int32_t> chosen;  // [T, chosen]
  DevicePtr<int32_t> tokens;  // [N] whose row it is
  DevicePtr<int32_t> slots;   // [N] which of [T, chosen] it is
  DevicePtr<int32_t> places;  // [T, chosen] where its row is
  int32_t* begins = nullptr;  // [count + 1] on the host: rows of each expert
  Matrix gate, up;            // [N, I]; become their gradients
  Matrix gate_kept, up_kept, down_kept;  // [N, ...] of adapters; none without
  Matrix router_kept;                    // [T, ...] likewise
};
ExpertsActivations place_experts_activations(PlannedMemory& memory, MemoryCategory category,
                                             const ModelConfig& config,
                                             const std::vector<const Experts*>& blocks, int64_t T);

// Lives only inside one call.
struct ExpertsScratch {
  Matrix rows;      // [N, C]
  Matrix more;      // [N, C]; none without gradients
  Matrix product;   // [N, I]
  Matrix weighed;   // [N, I]; none without gradients
  Matrix by_row;    // [N, 1] weights
  Matrix d_by_row;  // [N, 1]; none without gradients
  Matrix d_weights, d_logits;
  int32_t* staging = nullptr;  // [2 * N] on the host
};
ExpertsScratch place_experts_scratch(PlannedMemory& memory, const ModelConfig& config, int64_t T,
                                     bool gradients);

// y[T, C] from x[T, C]; `routed`[T, C] is what the router reads, x itself or something else of it.
// Without y only acts are made (gradient checkpointing).
void experts_block_forward(const Pass& pass, const Experts& block, const Matrix& y, const Matrix& x,
                           const Matrix& routed, const ExpertsActivations& acts,
                           const ExpertsScratch& scratch);

// dx[T, C] is written from dy[T, C], and may be it; x and routed are the forward's. What comes back
// through the router is written over d_routed, which may be routed; without one, routed is x, and
// it is added to dx. Overwrites acts.
void experts_block_backward(const Pass& pass, const Experts& block, const Matrix& dx,
                            const Matrix& d_routed, const Matrix& dy, const Matrix& x,
                            const Matrix& routed, const ExpertsActivations& acts,
                            const ExpertsScratch& scratch);

}  // namespace neiro
