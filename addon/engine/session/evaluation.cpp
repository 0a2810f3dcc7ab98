// Forward passes that keep nothing.
#include "session/evaluation.h"

#include <algorithm>

namespace neiro {

namespace {

// Hidden states after the last layer.
Matrix read(Pass& pass, const Model& model, const Workspace& workspace, const Batch& batch) {
  pass.rows = lay_rows(*pass.device, workspace.rows, batch.tokens.data(), batch.lengths.data(),
                       static_cast<int64_t>(batch.lengths.size()), pass.rows_before());
  return transformer_forward(pass, model, workspace.rows, workspace.layer, false);
}

// What `of` makes of all hidden states, as many rows at a time as the head has room for.
void read_in_chunks(Pass& pass, const Model& model, const Workspace& workspace, const Batch& batch,
                    decltype(head_forward)& of, float* out) {
  const Matrix hidden = read(pass, model, workspace, batch);
  for (int64_t first = 0; first < hidden.rows; first += workspace.head.rows) {
    pass.check_cancelled();
    const int64_t n = std::min(workspace.head.rows, hidden.rows - first);
    const Matrix made = of(pass, model, workspace.head, hidden.slice(first, n));
    pass.device->download(out + first * made.cols, made.floats(), made.elements());
  }
}

}  // namespace

double evaluate(Pass pass, const Model& model, const Workspace& workspace,
                const Objective& objective, const Batch& batch, ExampleLoss* examples) {
  const Matrix hidden = read(pass, model, workspace, batch);
  objective.loss(pass, batch, hidden, {}, 0);
  return objective.collect(*pass.device, batch, examples);
}

void all_logits(Pass pass, const Model& model, const Workspace& workspace, const Batch& batch,
                float* out) {
  read_in_chunks(pass, model, workspace, batch, head_forward, out);
}

void hidden_states(Pass pass, const Model& model, const Workspace& workspace, const Batch& batch,
                   float* out) {
  read_in_chunks(pass, model, workspace, batch, final_states, out);
}

void head_values(Pass pass, const Model& model, const Workspace& workspace, const HeadValues& head,
                 const Batch& batch, float* out) {
  const Matrix hidden = read(pass, model, workspace, batch);
  head.values(pass, batch, hidden, out);
}

}  // namespace neiro
