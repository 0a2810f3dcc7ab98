// (norm(projection / sqrt(C)) + sqrt(P) * table) / sqrt(2).
#include "model/layer_inputs.h"

#include <cmath>

namespace neiro {
namespace {

float root(int64_t n) { return std::sqrt(static_cast<float>(n)); }

constexpr float kHalfRoot = 0.70710678118654752f;

}  // namespace

LayerInputBuffers place_layer_inputs(PlannedMemory& memory, const Model& model, int64_t T,
                                     bool gradients) {
  constexpr MemoryCategory kCategory = MemoryCategory::kActivations;
  LayerInputBuffers buffers;
  if (model.config.input_size == 0) return buffers;
  const int64_t W = model.input_project.out();
  buffers.rows.rows = memory.take_matrix(kCategory, T, W);
  buffers.projected = memory.take_matrix(kCategory, T, W);
  buffers.looked_up = memory.take_matrix(kCategory, T, W);
  buffers.rstd = memory.take<float>(kCategory, T * model.config.layers);
  if (gradients) buffers.rows.d_rows = memory.take_matrix(kCategory, T, W);
  const int64_t kept = model.input_project.kept_per_token();
  if (kept > 0) buffers.kept = memory.take_matrix(kCategory, T, kept);
  return buffers;
}

void layer_inputs_forward(const Pass& pass, const Model& model, const LayerInputBuffers& buffers,
                          const Matrix& embedded) {
  if (model.config.input_size == 0) return;
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const int64_t T = embedded.rows, P = model.config.input_size, L = model.config.layers;
  const Matrix rows = buffers.rows.rows.first(T), projected = buffers.projected.first(T);
  const Matrix looked_up = buffers.looked_up.first(T);
  model.input_project.forward(pass, projected, buffers.kept, embedded);
  ops.scale(device, projected, 1 / root(model.config.hidden_size));
  model.input_norm.forward(pass, rows.shaped(T * L, P), buffers.rstd, projected.shaped(T * L, P));
  ops.embedding_forward(device, looked_up, model.token_table, pass.rows.tokens);
  ops.scale(device, looked_up, root(P));
  ops.add(device, rows, looked_up);
  ops.scale(device, rows, kHalfRoot);
}

void layer_inputs_backward(const Pass& pass, const Model& model, const LayerInputBuffers& buffers,
                           const Matrix& embedded, const Matrix& d_embedded) {
  if (model.config.input_size == 0) return;
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const int64_t T = embedded.rows, P = model.config.input_size, L = model.config.layers;
  const Matrix d = buffers.rows.d_rows.first(T);
  ops.scale(device, d, kHalfRoot);
  if (model.d_token_table) {
    const Matrix looked_up = buffers.looked_up.first(T);
    ops.copy_columns(device, looked_up, 0, d, 0, d.cols);
    ops.scale(device, looked_up, root(P));
    ops.embedding_backward(device, model.d_token_table, looked_up, pass.rows.tokens);
  }
  model.input_norm.backward(pass, d.shaped(T * L, P), d.shaped(T * L, P),
                            buffers.projected.first(T).shaped(T * L, P), buffers.rstd, false);
  ops.scale(device, d, 1 / root(model.config.hidden_size));
  model.input_project.backward(pass, d_embedded, d, embedded, buffers.kept, true);
}

}  // namespace neiro
