// Copies into the rows before each example, and sums over the examples on the way back.
#include "adapters/virtual_tokens.h"

#include "adapters/layer_adapter.h"
#include "core/random.h"

namespace neiro {
void fill_embedding(const Device& device, const Matrix& p, PhiloxKey key) {
  std::vector<float> first(static_cast<size_t>(p.elements()));
  fill_normal(first.data(), p.elements(), 1.0f, key);
  device.upload(p.floats(), first.data(), p.elements());
}

PromptTokens::PromptTokens(const ModelConfig& model, int64_t tokens) {
  p_.rows = tokens;
  p_.cols = model.hidden_size;
}

void PromptTokens::forward(const Pass& pass, const Matrix& hidden) const {
  for_rows_before(pass, hidden, [&](const Matrix& rows) {
    pass.device->copy(rows.floats(), p_.floats(), p_.elements());
  });
}

void PromptTokens::backward(const Pass& pass, const Matrix& d_hidden) const {
  if (!dp_) return;
  Matrix dp = p_;
  dp.data = dp_.as<std::byte>();
  for_rows_before(pass, d_hidden,
                  [&](const Matrix& rows) { pass.ops().add(*pass.device, dp, rows); });
}

std::vector<TensorSlot> PromptTokens::slots() {
  return {matrix_slot("prompt_embeddings", p_, dp_)};
}

void PromptTokens::initialise(const Device& device, PhiloxKey key) {
  fill_embedding(device, p_, key);
}

PrefixTokens::PrefixTokens(const ModelConfig& model, int64_t tokens) : kv_size_(model.kv_size()) {
  p_.rows = tokens;
  p_.cols = model.layers * 2 * kv_size_;
}

void PrefixTokens::keys_forward(const Pass& pass, int64_t layer, const Matrix& k,
                                const Matrix& v) const {
  int64_t at = layer * 2 * kv_size_;
  for (const Matrix& part : {k, v}) {
    for_rows_before(pass, part, [&](const Matrix& rows) {
      pass.ops().copy_columns(*pass.device, rows, 0, p_, at, kv_size_);
    });
    at += kv_size_;
  }
}

void PrefixTokens::keys_backward(const Pass& pass, int64_t layer, const Matrix& d_k,
                                 const Matrix& d_v) const {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  int64_t at = layer * 2 * kv_size_;
  for (const Matrix& part : {d_k, d_v}) {
    if (dp_) {
      Matrix dp = p_;
      dp.data = dp_.as<std::byte>();
      ops.copy_columns(device, sum_, 0, dp, at, kv_size_);
      for_rows_before(pass, part, [&](const Matrix& rows) { ops.add(device, sum_, rows); });
      ops.copy_columns(device, dp, at, sum_, 0, kv_size_);
    }
    for_rows_before(pass, part,
                    [&](const Matrix& rows) { device.zero(rows.floats(), rows.elements()); });
    at += kv_size_;
  }
}

std::vector<TensorSlot> PrefixTokens::slots() {
  return {matrix_slot("prompt_embeddings", p_, dp_)};
}

void PrefixTokens::place(PlannedMemory& memory) {
  sum_ = memory.take_matrix(MemoryCategory::kAdapter, p_.rows, kv_size_);
}

void PrefixTokens::initialise(const Device& device, PhiloxKey key) {
  fill_embedding(device, p_, key);
}

}  // namespace neiro
