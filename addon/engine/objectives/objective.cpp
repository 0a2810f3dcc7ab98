// The choice of the kind.
#include "objectives/objective.h"

#include "objectives/score_objective.h"
#include "objectives/token_objective.h"

namespace neiro {

std::unique_ptr<Objective> make_objective(const Model& model, const HeadBuffers& head,
                                          const LossBuffers& buffers) {
  if (model.config.has_score_head()) return std::make_unique<ScoreObjective>(model, head, buffers);
  return std::make_unique<TokenObjective>(model, head, buffers);
}

}  // namespace neiro
