// A linear layer y = W x + b with what may stand beside it: an adapter (adapters/ fills it in)
// while W is frozen, or gradients of its own in full training.
#pragma once

#include <cstdint>

#include "backend/matrix.h"
#include "backend/planned_memory.h"
#include "model/pass.h"

namespace neiro {

// The seam for adapters. `kept` is what the adapter stores for the way back: kept_per_token()
// values for each of the T tokens, in the layer's activations.
class LinearAdapter {
 public:
  virtual ~LinearAdapter() = default;
  virtual int64_t kept_per_token() const = 0;
  // y[T, out] += adapter(x[T, in]). Without y only `kept` is made (gradient checkpointing).
  virtual void forward(const Pass& pass, const Matrix& y, const Matrix& kept,
                       const Matrix& x) const = 0;
  // Adds to the adapter's own gradients; called before backward_input with the same pass.
  virtual void backward_weights(const Pass& pass, const Matrix& dy, const Matrix& x,
                                const Matrix& kept) const = 0;
  // dx[T, in] += the adapter's part of the input gradient.
  virtual void backward_input(const Pass& pass, const Matrix& dx) const = 0;
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

  // Room for what the adapter keeps of T tokens; none without an adapter.
  Matrix place_kept(PlannedMemory& memory, MemoryCategory category, int64_t T) const;

  // y[T, out] from x[T, in]; `kept` as placed, for T tokens or more.
  void forward(const Pass& pass, const Matrix& y, const Matrix& kept, const Matrix& x) const;
  // Only what backward needs besides x; no y.
  void keep(const Pass& pass, const Matrix& kept, const Matrix& x) const;
  // Weight gradients are added; dx[T, in] is written, or added to when accumulate. dx may be x.
  void backward(const Pass& pass, const Matrix& dx, const Matrix& dy, const Matrix& x,
                const Matrix& kept, bool accumulate) const;

 private:
  bool adapted(const Pass& pass) const { return adapter != nullptr && pass.adapter; }
};

// Normalisation weight of an RMS norm over C values.
struct RmsNorm {
  int64_t size = 0;     // C; 0 = the model has none
  float base = 0;       // the norm multiplies by base + w
  DevicePtr<float> w;   // [C]
  DevicePtr<float> dw;  // null = frozen

  bool exists() const { return size > 0; }
  NormWeight weight() const { return {w, base}; }
};

}  // namespace neiro
