// Norms, router and experts; and back.
#include "model/blocks/experts_beside.h"

#include <cmath>

namespace neiro {
namespace {

float over_root(const Matrix& x) { return 1.0f / std::sqrt(static_cast<float>(x.cols)); }

// What the router and the experts read of x.
void read(const Pass& pass, const ExpertsBeside& block, const Matrix& routed, const Matrix& in,
          const Matrix& x, const ExpertsBesideActivations& acts) {
  block.route.forward(pass, routed, acts.route_rstd, x);
  pass.ops().scale(*pass.device, routed, over_root(x));
  block.in.forward(pass, in, acts.in_rstd, x);
}

}  // namespace

ExpertsBesideActivations place_experts_beside_activations(PlannedMemory& memory,
                                                          MemoryCategory category,
                                                          const ModelConfig& config, int64_t T) {
  ExpertsBesideActivations acts;
  acts.block_out = memory.take_matrix(category, T, config.hidden_size);
  acts.experts_out = memory.take_matrix(category, T, config.hidden_size);
  acts.block_out_rstd = memory.take<float>(category, T);
  acts.route_rstd = memory.take<float>(category, T);
  acts.in_rstd = memory.take<float>(category, T);
  acts.behind_rstd = memory.take<float>(category, T);
  return acts;
}

void experts_beside_forward(const Pass& pass, const ExpertsBeside& block, const Experts& experts,
                            const Matrix& y, const Matrix& x, const ExpertsBesideActivations& acts,
                            const ExpertsActivations& of_experts,
                            const ExpertsBesideScratch& scratch) {
  const int64_t T = x.rows;
  const Matrix routed = scratch.routed.first(T), in = scratch.in.first(T);
  const Matrix out = acts.experts_out.first(T);
  block.block_out.forward(pass, y, acts.block_out_rstd, acts.block_out.first(T));
  read(pass, block, routed, in, x, acts);
  experts_block_forward(pass, experts, out, in, routed, of_experts, scratch.experts);
  block.behind.forward(pass, in, acts.behind_rstd, out);
  pass.ops().add(*pass.device, y, in);
}

void experts_beside_backward(const Pass& pass, const ExpertsBeside& block, const Experts& experts,
                             const Matrix& d, const Matrix& dy, const Matrix& x,
                             const ExpertsBesideActivations& acts,
                             const ExpertsActivations& of_experts,
                             const ExpertsBesideScratch& scratch) {
  const int64_t T = x.rows;
  const Matrix routed = scratch.routed.first(T), in = scratch.in.first(T);
  const Matrix d_in = scratch.d_in.first(T);
  block.behind.backward(pass, d_in, dy, acts.experts_out.first(T), acts.behind_rstd, false);
  read(pass, block, routed, in, x, acts);
  experts_block_backward(pass, experts, d_in, routed, d_in, in, routed, of_experts,
                         scratch.experts);
  block.in.backward(pass, d, d_in, x, acts.in_rstd, true);
  pass.ops().scale(*pass.device, routed, over_root(x));
  block.route.backward(pass, d, routed, x, acts.route_rstd, true);
  block.block_out.backward(pass, dy, dy, acts.block_out.first(T), acts.block_out_rstd, false);
}

}  // namespace neiro
