// The embedding trained whole beside a frozen base, as PEFT's modules_to_save: a copy takes its
// place while the adapter is on.
#pragma once

#include "adapters/embedding_part.h"

namespace neiro {

class WholeEmbedding : public EmbeddingPart {
 public:
  explicit WholeEmbedding(const Model& model);

  void forward(const Pass& pass, const Matrix& hidden, int64_t begin, int64_t count) const override;
  void backward(const Pass& pass, const Matrix& d_hidden) const override;
  void merge_rows(const Device& device, const Matrix& rows, int64_t first) const override;

  std::vector<TensorSlot> slots() override;
  void base_loaded(const Device& device, const Model& model) override;

 private:
  Matrix w_;             // [vocab, C]
  DevicePtr<float> dw_;  // null = not trained
};

}  // namespace neiro
