// Forward passes that keep nothing.
#include "session/evaluation.h"

#include <algorithm>

namespace neiro {

double evaluate(Pass pass, const Model& model, const Workspace& workspace, const Batch& batch,
                ExampleLoss* examples) {
  pass.rows = lay_rows(workspace.rows, batch.tokens.data(), batch.lengths.data(),
                       static_cast<int64_t>(batch.lengths.size()));
  const float* hidden = transformer_forward(pass, model, workspace.rows, workspace.layer, false);
  return token_loss(pass, model, workspace.head, workspace.loss, batch, hidden, nullptr, 0.0f,
                    examples);
}

void all_logits(Pass pass, const Model& model, const Workspace& workspace,
                const std::vector<int32_t>& tokens, const std::vector<int32_t>& lengths,
                float* out) {
  pass.rows =
      lay_rows(workspace.rows, tokens.data(), lengths.data(), static_cast<int64_t>(lengths.size()));
  const float* hidden = transformer_forward(pass, model, workspace.rows, workspace.layer, false);
  const int64_t T = pass.rows.T;
  const int64_t vocab = model.config.vocab_size;
  int32_t* index = workspace.loss.rows;
  for (int64_t first = 0; first < T; first += workspace.head.rows) {
    pass.check_cancelled();
    const int64_t n = std::min(workspace.head.rows, T - first);
    for (int64_t i = 0; i < n; ++i) index[i] = static_cast<int32_t>(first + i);
    head_forward(pass, model, workspace.head, hidden, T, index, n);
    std::copy(workspace.head.logits, workspace.head.logits + n * vocab, out + first * vocab);
  }
}

}  // namespace neiro
