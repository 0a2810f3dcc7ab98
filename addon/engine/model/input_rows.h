// The seam for adapters that stand before the first layer: they put rows of their own before each
// example, as if it began with so many more tokens, and say what these rows are. Which rows is told
// by pass.rows (before, starts). The others of the model never know: positions, attention and
// recomputing go by the length that an example has with them.
#pragma once

#include <cstdint>

#include "model/pass.h"

namespace neiro {

class InputRows {
 public:
  virtual ~InputRows() = default;
  // Rows before each example, at least 1.
  virtual int64_t count() const = 0;

  // hidden[T, C] comes in as the embeddings of the tokens, and of token 0 in the rows before: what
  // these are instead.
  virtual void forward(const Pass& pass, const Matrix& hidden) const = 0;
  // Adds to the adapter's gradients from d_hidden[T, C].
  virtual void backward(const Pass& pass, const Matrix& d_hidden) const = 0;

  // The same of a layer's keys (rotated already) and values, [T, kv_heads * D], for kinds that
  // speak to every layer; what comes back for these rows then ends here, so d_k and d_v become zero
  // in them.
  virtual void keys_forward(const Pass&, int64_t /*layer*/, const Matrix&, const Matrix&) const {}
  virtual void keys_backward(const Pass&, int64_t /*layer*/, const Matrix&, const Matrix&) const {}
};

}  // namespace neiro
