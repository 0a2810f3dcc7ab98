// Rows copied over those of the base, token by token: there are few of them in a batch.
#include "adapters/trained_tokens.h"

#include <algorithm>
#include <utility>

#include "adapters/layer_adapter.h"

namespace neiro {

TrainedTokens::TrainedTokens(const Model& model, std::vector<int64_t> tokens)
    : tokens_(std::move(tokens)) {
  w_.rows = static_cast<int64_t>(tokens_.size());
  w_.cols = model.embedding.cols;
  for (int64_t i = 0; i < w_.rows; ++i) by_token_.push_back({tokens_[static_cast<size_t>(i)], i});
  std::sort(by_token_.begin(), by_token_.end());
}

int64_t TrainedTokens::find(int64_t token) const {
  const auto place =
      std::lower_bound(by_token_.begin(), by_token_.end(), std::pair{token, int64_t{0}});
  return place == by_token_.end() || place->first != token ? -1 : place->second;
}

void TrainedTokens::forward(const Pass& pass, const Matrix& hidden, int64_t begin,
                            int64_t count) const {
  for (int64_t t = begin; t < begin + count; ++t) {
    const int64_t row = find(pass.rows.on_host[t]);
    if (row >= 0) {
      pass.device->copy(hidden.slice(t, 1).floats(), w_.slice(row, 1).floats(), w_.cols);
    }
  }
}

void TrainedTokens::backward(const Pass& pass, const Matrix& d_hidden) const {
  if (!dw_) return;
  Matrix gradient = w_;
  gradient.data = dw_.as<std::byte>();
  for (int64_t t = 0; t < pass.rows.T; ++t) {
    const int64_t row = find(pass.rows.on_host[t]);
    if (row >= 0) pass.ops().add(*pass.device, gradient.slice(row, 1), d_hidden.slice(t, 1));
  }
}

void TrainedTokens::merge_rows(const Device& device, const Matrix& rows, int64_t first) const {
  for (int64_t i = 0; i < w_.rows; ++i) {
    const int64_t at = tokens_[static_cast<size_t>(i)] - first;
    if (at < 0 || at >= rows.rows) continue;
    device.copy(rows.slice(at, 1).floats(), w_.slice(i, 1).floats(), w_.cols);
  }
}

std::vector<TensorSlot> TrainedTokens::slots() {
  return {matrix_slot(".token_adapter.trainable_tokens_delta", w_, dw_)};
}

void TrainedTokens::base_loaded(const Device& device, const Model& model) {
  for (int64_t i = 0; i < w_.rows; ++i) {
    const int64_t token = tokens_[static_cast<size_t>(i)];
    const Matrix row = w_.slice(i, 1);
    const auto& none = model.void_tokens;
    if (std::binary_search(none.begin(), none.end(), static_cast<int32_t>(token))) {
      device.zero(row.floats(), row.elements());
    } else {
      device.ops().matrix_rows(device, row, model.embedding, token);
    }
  }
}

void TokenHead::place(PlannedMemory& memory, int64_t R) {
  const int64_t n = own_.rows().rows;
  logits_ = memory.take_matrix(MemoryCategory::kWorkspace, R, n);
  zeros_ = memory.take_matrix(MemoryCategory::kWorkspace, R, n);
}

template <class Use>
void TokenHead::for_runs(Use use) const {
  const std::vector<int64_t>& tokens = own_.tokens();
  const int64_t n = static_cast<int64_t>(tokens.size());
  const auto token = [&](int64_t i) { return tokens[static_cast<size_t>(i)]; };
  for (int64_t begin = 0, end = 0; begin < n; begin = end) {
    for (end = begin + 1; end < n && token(end) == token(end - 1) + 1;) ++end;
    use(token(begin), begin, end - begin);
  }
}

void TokenHead::forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
                        const Matrix& x) const {
  base.base_forward(pass, y, x);
  add(pass, base, y, kept, x);
}

void TokenHead::add(const Pass& pass, const Linear&, const Matrix& y, const Matrix&,
                    const Matrix& x) const {
  const Matrix own = logits_.first(x.rows);
  pass.linear_forward(own, x, own_.rows(), nullptr, 1.0f, false);
  for_runs([&](int64_t token, int64_t at, int64_t n) {
    pass.ops().copy_columns(*pass.device, y, token, own, at, n);
  });
}

void TokenHead::backward(const Pass& pass, const Linear& base, const Matrix& dx, const Matrix& dy,
                         const Matrix& x, const Matrix&, bool accumulate) const {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const Matrix own = logits_.first(x.rows), zeros = zeros_.first(x.rows);
  device.zero(zeros.floats(), zeros.elements());
  for_runs([&](int64_t token, int64_t at, int64_t n) {
    ops.copy_columns(device, own, at, dy, token, n);
    ops.copy_columns(device, dy, token, zeros, at, n);
  });
  if (own_.gradient()) ops.linear_backward_weight(device, own_.gradient(), own, x, 1.0f);
  base.base_backward(pass, dx, dy, x, accumulate);
  ops.linear_backward_input(device, dx, own, own_.rows(), 1.0f, true);
}

}  // namespace neiro
