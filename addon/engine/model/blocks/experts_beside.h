// Experts beside the one feed-forward block (Gemma 4): x + norm(block_out(mlp(norm(x))) +
// behind(experts(in(x)))), routed by route(x) / sqrt(C). Here is the sum, without the norms and the
// residual around all of it. Forward and backward.
#pragma once

#include <cstdint>

#include "backend/planned_memory.h"
#include "model/blocks/experts.h"
#include "model/blocks/norm.h"

namespace neiro {

struct ExpertsBeside {
  Norm block_out;  // of what the one block gives
  Norm route;      // of what the router reads
  Norm in;         // of what experts read
  Norm behind;     // of what they give

  bool exists() const { return block_out.exists(); }
};

// What the way back needs, of one layer or of several that take turns.
struct ExpertsBesideActivations {
  Matrix block_out, experts_out;                                      // [T, C] before their norms
  DevicePtr<float> block_out_rstd, route_rstd, in_rstd, behind_rstd;  // [T]
};
ExpertsBesideActivations place_experts_beside_activations(PlannedMemory& memory,
                                                          MemoryCategory category,
                                                          const ModelConfig& config, int64_t T);

// Lives only inside one call.
struct ExpertsBesideScratch {
  Matrix in, d_in, routed;  // [T, C]; d_in: none without gradients
  ExpertsScratch experts;
};

// y[T, C] from x[T, C] and from acts.block_out, which the one block has given.
void experts_beside_forward(const Pass& pass, const ExpertsBeside& block, const Experts& experts,
                            const Matrix& y, const Matrix& x, const ExpertsBesideActivations& acts,
                            const ExpertsActivations& of_experts,
                            const ExpertsBesideScratch& scratch);

// dy[T, C] becomes the gradient of what the one block gave; what comes back through norms of x is
// added to d[T, C].
void experts_beside_backward(const Pass& pass, const ExpertsBeside& block, const Experts& experts,
                             const Matrix& d, const Matrix& dy, const Matrix& x,
                             const ExpertsBesideActivations& acts,
                             const ExpertsActivations& of_experts,
                             const ExpertsBesideScratch& scratch);

}  // namespace neiro
