// Forward passes that keep nothing.
#include "session/evaluation.h"

#include <algorithm>

namespace neiro {

namespace {

// Hidden states after the last layer.
Matrix read(Pass& pass, const Model& model, const Workspace& workspace,
            const std::vector<int32_t>& tokens, const std::vector<int32_t>& lengths) {
  pass.rows = lay_rows(*pass.device, workspace.rows, tokens.data(), lengths.data(),
                       static_cast<int64_t>(lengths.size()));
  return transformer_forward(pass, model, workspace.rows, workspace.layer, false);
}

}  // namespace

double evaluate(Pass pass, const Model& model, const Workspace& workspace, const Batch& batch,
                ExampleLoss* examples) {
  const Matrix hidden = read(pass, model, workspace, batch.tokens, batch.lengths);
  token_loss(pass, model, workspace.head, workspace.loss, batch, hidden, {});
  return collect_loss(*pass.device, workspace.loss, batch, examples);
}

void all_logits(Pass pass, const Model& model, const Workspace& workspace,
                const std::vector<int32_t>& tokens, const std::vector<int32_t>& lengths,
                float* out) {
  const Matrix hidden = read(pass, model, workspace, tokens, lengths);
  for (int64_t first = 0; first < hidden.rows; first += workspace.head.rows) {
    pass.check_cancelled();
    const int64_t n = std::min(workspace.head.rows, hidden.rows - first);
    const Matrix logits = head_forward(pass, model, workspace.head, hidden.slice(first, n));
    pass.device->download(out + first * logits.cols, logits.floats(), logits.elements());
  }
}

}  // namespace neiro
