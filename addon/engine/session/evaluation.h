// What the model makes of given text, without learning from it: loss per example, and logits.
#pragma once

#include <vector>

#include "objectives/objective.h"
#include "train/workspace.h"

namespace neiro {

// Adds each example's part to examples [batch.lengths.size()]; returns the sum of all.
// The batch must be checked. Throws Error CANCELLED.
double evaluate(Pass pass, const Model& model, const Workspace& workspace,
                const Objective& objective, const Batch& batch, ExampleLoss* examples);

// Of a language head: out[rows, vocab] row-major, where rows are the tokens and what an adapter
// puts before each example. Tokens must be checked. Throws Error CANCELLED.
void all_logits(Pass pass, const Model& model, const Workspace& workspace, const Batch& batch,
                float* out);
// Of any model: out[rows, C], the states after the last layer and the final norm. Likewise.
void hidden_states(Pass pass, const Model& model, const Workspace& workspace, const Batch& batch,
                   float* out);
// What a head says of the batch. Likewise.
void head_values(Pass pass, const Model& model, const Workspace& workspace, const HeadValues& head,
                 const Batch& batch, float* out);

}  // namespace neiro
