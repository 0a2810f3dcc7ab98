// Some tokens' rows of the embedding, trained beside a frozen base (PEFT's
// trainable_token_indices): for tokens that were added to a vocabulary. Where head and embedding
// are one, the head's logits of these tokens come from the same rows.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "adapters/embedding_part.h"
#include "model/blocks/linear.h"

namespace neiro {

class TrainedTokens final : public EmbeddingPart {
 public:
  // `tokens`, each once, in the order of the rows.
  TrainedTokens(const Model& model, std::vector<int64_t> tokens);

  void forward(const Pass& pass, const Matrix& hidden, int64_t begin, int64_t count) const override;
  void backward(const Pass& pass, const Matrix& d_hidden) const override;
  void merge_rows(const Device& device, const Matrix& rows, int64_t first) const override;

  std::vector<TensorSlot> slots() override;
  void base_loaded(const Device& device, const Model& model) override;

  const Matrix& rows() const { return w_; }  // [n, C]
  DevicePtr<float> gradient() const { return dw_; }
  const std::vector<int64_t>& tokens() const { return tokens_; }

 private:
  // The number of a token among these; -1 = it is none of them.
  int64_t find(int64_t token) const;

  std::vector<int64_t> tokens_;
  std::vector<std::pair<int64_t, int64_t>> by_token_;  // ascending, with their numbers
  Matrix w_;                                           // [n, C]
  DevicePtr<float> dw_;                                // null = not trained
};

// The same rows in a head that is one with the embedding.
class TokenHead final : public LinearAdapter {
 public:
  explicit TokenHead(const TrainedTokens& own) : own_(own) {}

  // Scratch for chunks of up to R rows of logits.
  void place(PlannedMemory& memory, int64_t R);

  int64_t kept_per_token() const override { return 0; }
  void forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
               const Matrix& x) const override;
  bool follows_base() const override { return true; }
  void add(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
           const Matrix& x) const override;
  void keep(const Pass&, const Linear&, const Matrix&, const Matrix&) const override {}
  // Takes the gradients of its logits out of dy, which nobody reads after it.
  void backward(const Pass& pass, const Linear& base, const Matrix& dx, const Matrix& dy,
                const Matrix& x, const Matrix& kept, bool accumulate) const override;
  // The embedding's merging is the head's.
  void merge_rows(const Device&, const Matrix&, int64_t) const override {}

 private:
  // use(first token, its number, how many follow each other)
  template <class Use>
  void for_runs(Use use) const;

  const TrainedTokens& own_;
  Matrix logits_;  // [R, n]
  Matrix zeros_;   // [R, n]
};

}  // namespace neiro
