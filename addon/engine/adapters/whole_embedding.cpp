// The copy is looked up instead.
#include "adapters/whole_embedding.h"

#include "adapters/layer_adapter.h"

namespace neiro {

WholeEmbedding::WholeEmbedding(const Model& model) {
  w_.rows = model.embedding.rows;
  w_.cols = model.embedding.cols;
}

void WholeEmbedding::forward(const Pass& pass, const Matrix& hidden, int64_t begin,
                             int64_t count) const {
  pass.ops().embedding_forward(*pass.device, hidden.slice(begin, count), w_,
                               pass.rows.tokens + begin);
}

void WholeEmbedding::backward(const Pass& pass, const Matrix& d_hidden) const {
  if (dw_) pass.ops().embedding_backward(*pass.device, dw_, d_hidden, pass.rows.tokens);
}

void WholeEmbedding::merge_rows(const Device& device, const Matrix& rows, int64_t first) const {
  device.copy(rows.floats(), w_.slice(first, rows.rows).floats(), rows.elements());
}

std::vector<TensorSlot> WholeEmbedding::slots() { return {matrix_slot(".weight", w_, dw_)}; }

void WholeEmbedding::base_loaded(const Device& device, const Model& model) {
  device.ops().matrix_rows(device, w_, model.embedding, 0);
}

}  // namespace neiro
