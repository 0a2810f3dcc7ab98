// Norm, product; and back.
#include "model/head.h"

#include <algorithm>

namespace neiro {
namespace {

constexpr int64_t kLogitsBytes = int64_t{24} << 20;
constexpr int64_t kMinRows = 16;

}  // namespace

int64_t head_chunk_rows(const ModelConfig& config, int64_t T) {
  const int64_t row_bytes = config.outputs() * static_cast<int64_t>(sizeof(float));
  const int64_t rows = kLogitsBytes / row_bytes / (config.logit_soft_cap > 0 ? 2 : 1);
  return std::min(T, std::max(kMinRows, rows));
}

HeadBuffers place_head_buffers(PlannedMemory& memory, const ModelConfig& config, int64_t rows,
                               bool gradients) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  HeadBuffers buffers;
  buffers.rows = rows;
  buffers.hidden = memory.take_matrix(kCategory, rows, config.hidden_size);
  buffers.normed = memory.take_matrix(kCategory, rows, config.hidden_size);
  buffers.rstd = memory.take<float>(kCategory, rows);
  buffers.logits = memory.take_matrix(kCategory, rows, config.outputs());
  if (gradients && config.logit_soft_cap > 0) {
    buffers.slopes = memory.take_matrix(kCategory, rows, config.outputs());
  }
  if (gradients) {
    buffers.d_normed = memory.take_matrix(kCategory, rows, config.hidden_size);
    buffers.d_hidden = memory.take_matrix(kCategory, rows, config.hidden_size);
  }
  return buffers;
}

Matrix head_forward(const Pass& pass, const Model& model, const HeadBuffers& buffers,
                    const Matrix& x) {
  const Matrix normed = buffers.normed.first(x.rows);
  const Matrix logits = buffers.logits.first(x.rows);
  pass.ops().rms_norm_forward(*pass.device, normed, buffers.rstd, x, model.final_norm.weight(),
                              model.config.rms_norm_eps);
  model.head.forward(pass, logits, {}, normed);
  if (model.config.logit_scale != 1) {
    pass.ops().scale(*pass.device, logits, model.config.logit_scale);
  }
  if (model.config.logit_soft_cap > 0) {
    pass.ops().soft_cap_forward(*pass.device, logits, buffers.slopes.first(x.rows),
                                model.config.logit_soft_cap);
  }
  return logits;
}

Matrix head_backward(const Pass& pass, const Model& model, const HeadBuffers& buffers,
                     const Matrix& d_logits, const Matrix& x) {
  const Matrix normed = buffers.normed.first(x.rows);
  const Matrix d_normed = buffers.d_normed.first(x.rows);
  const Matrix dx = buffers.d_hidden.first(x.rows);
  if (model.config.logit_soft_cap > 0) {
    pass.ops().soft_cap_backward(*pass.device, d_logits, buffers.slopes.first(x.rows));
  }
  if (model.config.logit_scale != 1) {
    pass.ops().scale(*pass.device, d_logits, model.config.logit_scale);
  }
  model.head.backward(pass, d_normed, d_logits, normed, {}, false);
  pass.ops().rms_norm_backward(*pass.device, dx, model.final_norm.dw, d_normed, x,
                               model.final_norm.weight(), buffers.rstd, false);
  return dx;
}

}  // namespace neiro
