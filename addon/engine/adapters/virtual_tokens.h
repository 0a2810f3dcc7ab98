// Prompt tuning and prefix tuning: one learnt matrix, prompt_embeddings, with a row for each
// virtual token.
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/input_adapter.h"
#include "adapters/virtual_tokens_config.h"

namespace neiro {

// Their embeddings, [tokens, C]: what the first layer reads in the rows before each example.
// Calls use(rows) with the rows of x before each example, in the order of the examples.
template <class Use>
void for_rows_before(const Pass& pass, const Matrix& x, Use use) {
  for (int64_t s = 0; s < pass.rows.examples; ++s) {
    use(x.slice(pass.rows.starts[s], pass.rows.before));
  }
}

// First values as torch.nn.Embedding's: N(0, 1).
void fill_embedding(const Device& device, const Matrix& p, PhiloxKey key);

class PromptTokens : public InputAdapter {
 public:
  PromptTokens(const ModelConfig& model, int64_t tokens);

  int64_t count() const override { return p_.rows; }
  void forward(const Pass& pass, const Matrix& hidden) const override;
  void backward(const Pass& pass, const Matrix& d_hidden) const override;

  std::vector<TensorSlot> slots() override;
  void initialise(const Device& device, PhiloxKey key) override;

 private:
  Matrix p_;             // [tokens, C]
  DevicePtr<float> dp_;  // null = not trained
};

// Their keys and values in every layer, [tokens, layers * 2 * kv_heads * D]: of layer l the keys,
// which are not rotated, and then the values. The rows before each example are computed like all
// others, but nothing of them is used, and no gradient comes to them: their queries are asked by no
// loss.
class PrefixTokens : public InputAdapter {
 public:
  PrefixTokens(const ModelConfig& model, int64_t tokens);

  int64_t count() const override { return p_.rows; }
  void forward(const Pass&, const Matrix&) const override {}
  void backward(const Pass&, const Matrix&) const override {}
  void keys_forward(const Pass& pass, int64_t layer, const Matrix& k,
                    const Matrix& v) const override;
  void keys_backward(const Pass& pass, int64_t layer, const Matrix& d_k,
                     const Matrix& d_v) const override;

  std::vector<TensorSlot> slots() override;
  void place(PlannedMemory& memory) override;
  void initialise(const Device& device, PhiloxKey key) override;

 private:
  int64_t kv_size_;
  Matrix p_;             // [tokens, layers * 2 * kv_size]
  DevicePtr<float> dp_;  // null = not trained
  Matrix sum_;           // [tokens, kv_size] a layer's part of dp
};

}  // namespace neiro
