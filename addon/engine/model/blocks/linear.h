// A linear layer y = W x + b with what may stand around it: an adapter (adapters/ fills it in)
// while W is frozen, or gradients of its own in full training.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "backend/matrix.h"
#include "backend/planned_memory.h"
#include "model/pass.h"

namespace neiro {

struct Linear;

// The seam for adapters: one stands around a linear layer, which hands over its work and lends its
// own products (base_forward, base_backward). `kept` is what the adapter stores for the way back:
// kept_per_token() values for each of the T tokens, in the layer's activations.
class LinearAdapter {
 public:
  virtual ~LinearAdapter() = default;
  virtual int64_t kept_per_token() const = 0;
  // y[T, out] from x[T, in], and `kept`.
  virtual void forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
                       const Matrix& x) const = 0;
  // True where forward() is the layer's own result with something done to it: add() is that
  // something, on y = W x + b. So rows of several adapters share one product of the layer.
  virtual bool follows_base() const { return false; }
  virtual void add(const Pass&, const Linear&, const Matrix& /*y*/, const Matrix& /*kept*/,
                   const Matrix& /*x*/) const {}
  // Only `kept` (gradient checkpointing).
  virtual void keep(const Pass& pass, const Linear& base, const Matrix& kept,
                    const Matrix& x) const = 0;
  // The adapter's own gradients are added; dx[T, in] is written, or added to when accumulate. dx
  // may be x.
  virtual void backward(const Pass& pass, const Linear& base, const Matrix& dx, const Matrix& dy,
                        const Matrix& x, const Matrix& kept, bool accumulate) const = 0;
  // The layer with the adapter baked in: rows [first, first + n) of the base's weights, [n, in],
  // become those of the merged ones; likewise the bias [1, out], for a layer that has one.
  virtual void merge_rows(const Device& device, const Matrix& rows, int64_t first) const = 0;
  virtual void merge_bias(const Device&, const Matrix&) const {}
};

struct Linear {
  Matrix w;                          // [out, in]; without rows = the model has none
  DevicePtr<float> bias;             // [out]; null = none
  DevicePtr<float> dw;               // [out, in]; null = frozen
  DevicePtr<float> dbias;            // [out]
  LinearAdapter* adapter = nullptr;  // null = none attached

  bool exists() const { return w.rows > 0; }
  int64_t out() const { return w.rows; }
  int64_t in() const { return w.cols; }

  int64_t kept_per_token() const { return adapter == nullptr ? 0 : adapter->kept_per_token(); }

  // y[T, out] from x[T, in]; `kept` is room for kept_per_token() of T tokens, or more.
  void forward(const Pass& pass, const Matrix& y, const Matrix& kept, const Matrix& x) const;
  // Only what backward needs besides x; no y.
  void keep(const Pass& pass, const Matrix& kept, const Matrix& x) const;
  // Weight gradients are added; dx[T, in] is written, or added to when accumulate. dx may be x.
  void backward(const Pass& pass, const Matrix& dx, const Matrix& dy, const Matrix& x,
                const Matrix& kept, bool accumulate) const;

  // The same of the layer itself, whatever stands around it; the product without the bias.
  void base_product(const Pass& pass, const Matrix& y, const Matrix& x) const;
  void base_forward(const Pass& pass, const Matrix& y, const Matrix& x) const;
  void base_backward(const Pass& pass, const Matrix& dx, const Matrix& dy, const Matrix& x,
                     bool accumulate) const;

 private:
  Matrix own_kept(const Matrix& room, int64_t T) const { return room.shaped(T, kept_per_token()); }
  bool adapted(const Pass& pass) const { return adapter != nullptr && pass.adapter; }
};

// Room for what the adapters keep of T tokens at the widest of these layers, which take turns in
// it; none where there are none.
template <class Block>
Matrix place_kept(PlannedMemory& memory, MemoryCategory category,
                  const std::vector<const Block*>& blocks, Linear Block::*part, int64_t T) {
  int64_t most = 0;
  for (const Block* block : blocks) most = std::max(most, (block->*part).kept_per_token());
  return most == 0 ? Matrix{} : memory.take_matrix(category, T, most);
}

}  // namespace neiro
