// Gather, head, cross entropy, head back, scatter; a chunk at a time.
#include "objectives/token_loss.h"

#include <algorithm>

namespace neiro {
namespace {

// Position i predicts token i + 1 of the same example.
int64_t collect(const LossBuffers& buffers, const Batch& batch) {
  int64_t n = 0;
  int32_t at = 0;
  for (size_t s = 0; s < batch.lengths.size(); ++s) {
    const int32_t end = at + batch.lengths[s];
    for (int32_t i = at; i + 1 < end; ++i) {
      const int32_t label = batch.labels[static_cast<size_t>(i) + 1];
      if (label == kNotLearnt) continue;
      buffers.rows[n] = i;
      buffers.labels[n] = label;
      buffers.example[n] = static_cast<int32_t>(s);
      ++n;
    }
    at = end;
  }
  return n;
}

}  // namespace

LossBuffers place_loss_buffers(Arena& arena, int64_t T, int64_t chunk_rows) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  LossBuffers buffers;
  buffers.rows = arena.take<int32_t>(kCategory, T);
  buffers.labels = arena.take<int32_t>(kCategory, T);
  buffers.example = arena.take<int32_t>(kCategory, T);
  buffers.nll = arena.take<float>(kCategory, chunk_rows);
  return buffers;
}

double token_loss(const Pass& pass, const Model& model, const HeadBuffers& head,
                  const LossBuffers& buffers, const Batch& batch, const float* hidden,
                  float* d_hidden, float scale, ExampleLoss* examples) {
  const int64_t T = batch.size();
  const int64_t learnt = collect(buffers, batch);
  if (d_hidden != nullptr) std::fill(d_hidden, d_hidden + T * model.config.hidden_size, 0.0f);
  double sum = 0;
  for (int64_t first = 0; first < learnt; first += head.rows) {
    pass.check_cancelled();
    const int64_t n = std::min(head.rows, learnt - first);
    const int32_t* rows = buffers.rows + first;
    head_forward(pass, model, head, hidden, T, rows, n);
    pass.ops().cross_entropy(*pass.device, buffers.nll, head.logits, buffers.labels + first, n,
                             model.config.vocab_size, d_hidden != nullptr ? scale : 0.0f);
    for (int64_t i = 0; i < n; ++i) {
      sum += buffers.nll[i];
      if (examples == nullptr) continue;
      ExampleLoss& example = examples[buffers.example[first + i]];
      example.nll_sum += buffers.nll[i];
      ++example.learnt;
    }
    if (d_hidden != nullptr) head_backward(pass, model, head, d_hidden, T, rows, n);
  }
  return sum;
}

}  // namespace neiro
