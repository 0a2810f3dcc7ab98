// The seam for adapters that change what tokens are to the model: they stand behind the embedding,
// as LinearAdapter (blocks/linear.h) stands around a linear layer.
#pragma once

#include <cstdint>

#include "model/pass.h"

namespace neiro {

class EmbeddingAdapter {
 public:
  virtual ~EmbeddingAdapter() = default;
  // hidden[T, C] comes in as the base's embeddings of the pass's tokens, before they are scaled:
  // rows [begin, begin + count) become the adapter's.
  virtual void forward(const Pass& pass, const Matrix& hidden, int64_t begin,
                       int64_t count) const = 0;
  // Adds to the adapter's gradients from d_hidden[T, C].
  virtual void backward(const Pass& pass, const Matrix& d_hidden) const = 0;
  // Rows [first, first + n) of the base's embedding, [n, C], become those of the merged one.
  virtual void merge_rows(const Device& device, const Matrix& rows, int64_t first) const = 0;
};

}  // namespace neiro
