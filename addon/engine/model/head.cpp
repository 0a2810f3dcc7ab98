// Gather, norm, product; and back.
#include "model/head.h"

#include <algorithm>

namespace neiro {
namespace {

constexpr int64_t kLogitsBytes = int64_t{24} << 20;
constexpr int64_t kMinRows = 16;

}  // namespace

int64_t head_chunk_rows(const ModelConfig& config, int64_t T) {
  const int64_t row_bytes = config.vocab_size * static_cast<int64_t>(sizeof(float));
  return std::min(T, std::max(kMinRows, kLogitsBytes / row_bytes));
}

HeadBuffers place_head_buffers(Arena& arena, const ModelConfig& config, int64_t rows,
                               bool gradients) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  const int64_t n = rows * config.hidden_size;
  HeadBuffers buffers;
  buffers.rows = rows;
  buffers.hidden = arena.take<float>(kCategory, n);
  buffers.normed = arena.take<float>(kCategory, n);
  buffers.rstd = arena.take<float>(kCategory, rows);
  buffers.logits = arena.take<float>(kCategory, rows * config.vocab_size);
  if (gradients) {
    buffers.d_normed = arena.take<float>(kCategory, n);
    buffers.d_hidden = arena.take<float>(kCategory, n);
  }
  return buffers;
}

void head_forward(const Pass& pass, const Model& model, const HeadBuffers& buffers,
                  const float* hidden, int64_t T, const int32_t* index, int64_t n) {
  const Backend& ops = pass.ops();
  const int64_t C = model.config.hidden_size;
  // Gathering rows is what an embedding does.
  const Matrix rows{DType::kF32, T, C, hidden, {}};
  ops.embedding_forward(*pass.device, buffers.hidden, rows, index, n);
  ops.rms_norm_forward(*pass.device, buffers.normed, buffers.rstd, buffers.hidden,
                       model.final_norm.w, n, C, model.config.rms_norm_eps);
  model.head.forward(pass, buffers.logits, nullptr, buffers.normed, n);
}

void head_backward(const Pass& pass, const Model& model, const HeadBuffers& buffers,
                   float* d_hidden, int64_t T, const int32_t* index, int64_t n) {
  const Backend& ops = pass.ops();
  const int64_t C = model.config.hidden_size;
  model.head.backward(pass, buffers.d_normed, buffers.logits, buffers.normed, nullptr, n, false);
  ops.rms_norm_backward(*pass.device, buffers.d_hidden, model.final_norm.dw, buffers.d_normed,
                        buffers.hidden, model.final_norm.w, buffers.rstd, n, C, false);
  ops.embedding_backward(*pass.device, d_hidden, buffers.d_hidden, index, n, T, C);
}

}  // namespace neiro
