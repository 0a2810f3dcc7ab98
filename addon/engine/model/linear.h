// A linear layer y = W x + b with what may stand beside it: an adapter (lora/ fills it in) while W
// is frozen, or gradients of its own in full training.
#pragma once

#include <cstdint>

#include "core/arena.h"
#include "formats/matrix.h"
#include "model/pass.h"

namespace neiro {

// The seam for adapters. `kept` is what the adapter stores for the way back: kept_per_token()
// floats for each of the T tokens, in the layer's activations.
class LinearAdapter {
 public:
  virtual ~LinearAdapter() = default;
  virtual int64_t kept_per_token() const = 0;
  // y[T, out] += adapter(x[T, in]). With y == nullptr only `kept` is made (gradient checkpointing).
  virtual void forward(const Pass& pass, float* y, float* kept, const float* x,
                       int64_t T) const = 0;
  // Adds to the adapter's own gradients; called before backward_input with the same pass.
  virtual void backward_weights(const Pass& pass, const float* dy, const float* x,
                                const float* kept, int64_t T) const = 0;
  // dx[T, in] += the adapter's part of the input gradient.
  virtual void backward_input(const Pass& pass, float* dx, int64_t T) const = 0;
};

struct Linear {
  Matrix w;                          // [out, in]
  const float* bias = nullptr;       // [out]
  float* dw = nullptr;               // [out, in]; null = frozen
  float* dbias = nullptr;            // [out]
  LinearAdapter* adapter = nullptr;  // null = none attached

  int64_t out() const { return w.rows; }
  int64_t in() const { return w.cols; }

  // Room for what the adapter keeps of T tokens; null without an adapter.
  float* place_kept(Arena& arena, MemoryCategory category, int64_t T) const;

  // y[T, out] from x[T, in].
  void forward(const Pass& pass, float* y, float* kept, const float* x, int64_t T) const;
  // Only what backward needs besides x; no y.
  void keep(const Pass& pass, float* kept, const float* x, int64_t T) const;
  // Weight gradients are added; dx[T, in] is written, or added to when accumulate. dx may be x.
  void backward(const Pass& pass, float* dx, const float* dy, const float* x, const float* kept,
                int64_t T, bool accumulate) const;

 private:
  bool adapted(const Pass& pass) const { return adapter != nullptr && pass.adapter; }
};

// Normalisation weight of an RMS norm over C values.
struct RmsNorm {
  const float* w = nullptr;  // [C]; null = the model has none
  float* dw = nullptr;       // null = frozen
};

}  // namespace neiro
