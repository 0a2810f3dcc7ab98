// Norm, products; and back.
#include "model/head.h"

#include <algorithm>

namespace neiro {
namespace {

constexpr int64_t kLogitsBytes = int64_t{24} << 20;
constexpr int64_t kMinRows = 16;

// Is the final norm one of all tokens, of which a mean is then taken?
bool norms_tokens(const Model& model) {
  return model.config.has_score_head() && model.final_norm.exists() &&
         model.config.score.pooling == Pooling::kMean;
}

}  // namespace

int64_t head_chunk_rows(const ModelConfig& config, int64_t T) {
  const int64_t row_bytes = config.outputs() * static_cast<int64_t>(sizeof(float));
  const int64_t rows = kLogitsBytes / row_bytes / (config.logit_soft_cap > 0 ? 2 : 1);
  return std::min(T, std::max(kMinRows, rows));
}

HeadBuffers place_head_buffers(PlannedMemory& memory, const Model& model, int64_t rows, int64_t T,
                               bool gradients) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  const ModelConfig& config = model.config;
  const int64_t C = config.hidden_size;
  HeadBuffers buffers;
  buffers.rows = rows;
  buffers.hidden = memory.take_matrix(kCategory, rows, C);
  if (model.final_norm.exists()) {
    buffers.normed = memory.take_matrix(kCategory, rows, C);
    buffers.rstd = memory.take<float>(kCategory, rows);
  }
  buffers.logits = memory.take_matrix(kCategory, rows, config.outputs());
  if (model.score_dense.exists()) {
    buffers.dense = memory.take_matrix(kCategory, rows, C);
    buffers.active = memory.take_matrix(kCategory, rows, C);
    const int64_t kept = model.score_dense.kept_per_token();
    if (kept > 0) buffers.kept_dense = memory.take_matrix(kCategory, rows, kept);
  }
  if (model.score_norm.exists()) {
    buffers.score_normed = memory.take_matrix(kCategory, rows, C);
    buffers.score_rstd = memory.take<float>(kCategory, rows);
  }
  if (norms_tokens(model)) {
    buffers.tokens = memory.take_matrix(kCategory, T, C);
    buffers.tokens_rstd = memory.take<float>(kCategory, T);
    if (gradients) buffers.d_tokens = memory.take_matrix(kCategory, T, C);
  }
  if (gradients && config.logit_soft_cap > 0) {
    buffers.slopes = memory.take_matrix(kCategory, rows, config.outputs());
  }
  if (gradients) {
    buffers.d_normed = memory.take_matrix(kCategory, rows, C);
    buffers.d_hidden = memory.take_matrix(kCategory, rows, C);
  }
  return buffers;
}

Matrix norm_tokens(const Pass& pass, const Model& model, const HeadBuffers& buffers,
                   const Matrix& hidden) {
  if (!norms_tokens(model)) return hidden;
  const Matrix tokens = buffers.tokens.first(hidden.rows);
  model.final_norm.forward(pass, tokens, buffers.tokens_rstd, hidden);
  return tokens;
}

void norm_tokens_backward(const Pass& pass, const Model& model, const HeadBuffers& buffers,
                          const Matrix& d_hidden, const Matrix& hidden) {
  model.final_norm.backward(pass, d_hidden, buffers.d_tokens.first(hidden.rows), hidden,
                            buffers.tokens_rstd, false);
}

Matrix final_states(const Pass& pass, const Model& model, const HeadBuffers& buffers,
                    const Matrix& x) {
  if (!model.final_norm.exists()) return x;
  const Matrix normed = buffers.normed.first(x.rows);
  model.final_norm.forward(pass, normed, buffers.rstd, x);
  return normed;
}

namespace {

// A score head is a few products of one row an example, and one rounded factor shows in a score.
Pass of_head(const Pass& given, const Model& model) {
  Pass pass = given;
  if (model.config.has_score_head()) pass.device = &given.device->exact();
  return pass;
}

// What the final norm makes of a chunk's rows; they themselves where it has been made or is none.
Matrix after_final_norm(const Model& model, const HeadBuffers& buffers, const Matrix& x) {
  const bool norms = model.final_norm.exists() && !norms_tokens(model);
  return norms ? buffers.normed.first(x.rows) : x;
}

// What the last layer reads.
Matrix last_input(const Model& model, const HeadBuffers& buffers, const Matrix& x) {
  if (!model.score_dense.exists()) return after_final_norm(model, buffers, x);
  return (model.score_norm.exists() ? buffers.score_normed : buffers.active).first(x.rows);
}

}  // namespace

Matrix head_forward(const Pass& given, const Model& model, const HeadBuffers& buffers,
                    const Matrix& x) {
  const Pass pass = of_head(given, model);
  const Operations& ops = pass.ops();
  const ModelConfig& config = model.config;
  const Matrix logits = buffers.logits.first(x.rows);
  const Matrix normed = after_final_norm(model, buffers, x);
  if (normed.data != x.data) model.final_norm.forward(pass, normed, buffers.rstd, x);
  if (model.score_dense.exists()) {
    const Matrix dense = buffers.dense.first(x.rows), active = buffers.active.first(x.rows);
    model.score_dense.forward(pass, dense, buffers.kept_dense, normed);
    ops.activation_forward(*pass.device, active, dense, config.score.activation);
    if (model.score_norm.exists()) {
      model.score_norm.forward(pass, buffers.score_normed.first(x.rows), buffers.score_rstd,
                               active);
    }
  }
  model.head.forward(pass, logits, {}, last_input(model, buffers, x));
  if (config.logit_scale != 1) ops.scale(*pass.device, logits, config.logit_scale);
  if (config.logit_soft_cap > 0) {
    ops.soft_cap_forward(*pass.device, logits, buffers.slopes.first(x.rows), config.logit_soft_cap);
  }
  return logits;
}

Matrix head_backward(const Pass& given, const Model& model, const HeadBuffers& buffers,
                     const Matrix& d_logits, const Matrix& x) {
  const Pass pass = of_head(given, model);
  const Operations& ops = pass.ops();
  const ModelConfig& config = model.config;
  const Matrix dx = buffers.d_hidden.first(x.rows);
  Matrix d = buffers.d_normed.first(x.rows);
  if (config.logit_soft_cap > 0) {
    ops.soft_cap_backward(*pass.device, d_logits, buffers.slopes.first(x.rows));
  }
  if (config.logit_scale != 1) ops.scale(*pass.device, d_logits, config.logit_scale);
  model.head.backward(pass, d, d_logits, last_input(model, buffers, x), {}, false);
  const Matrix normed = after_final_norm(model, buffers, x);
  if (model.score_dense.exists()) {
    if (model.score_norm.exists()) {
      model.score_norm.backward(pass, d, d, buffers.active.first(x.rows), buffers.score_rstd,
                                false);
    }
    ops.activation_backward(*pass.device, d, d, buffers.dense.first(x.rows),
                            config.score.activation);
    model.score_dense.backward(pass, dx, d, normed, buffers.kept_dense, false);
    d = dx;
  }
  if (normed.data == x.data) return d;
  model.final_norm.backward(pass, dx, d, x, buffers.rstd, false);
  return dx;
}

}  // namespace neiro
