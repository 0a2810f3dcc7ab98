// What the model makes of given text, without learning from it: loss per example, and logits.
#pragma once

#include <vector>

#include "objectives/batch.h"
#include "train/workspace.h"

namespace neiro {

// Adds each example's part to examples [batch.lengths.size()]; returns the sum of all.
// The batch must be checked. Throws Error CANCELLED.
double evaluate(Pass pass, const Model& model, const Workspace& workspace, const Batch& batch,
                ExampleLoss* examples);

// out[tokens, vocab] row-major. Tokens must be checked. Throws Error CANCELLED.
void all_logits(Pass pass, const Model& model, const Workspace& workspace,
                const std::vector<int32_t>& tokens, const std::vector<int32_t>& lengths,
                float* out);

}  // namespace neiro
