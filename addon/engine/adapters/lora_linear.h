// Low-rank adaptation of one linear layer (Hu et al. 2021): y += scale * B A dropout(x).
#pragma once

#include <cstdint>

#include "backend/planned_memory.h"
#include "model/linear.h"

namespace neiro {

// Shared by all layers of an adapter: used inside one call, or between backward_weights and the
// backward_input that follows it.
struct LoraScratch {
  Matrix dropped;  // [T, widest in]; none without dropout
  Matrix d_kept;   // [T, rank]
};

class LoraLinear : public LinearAdapter {
 public:
  LoraLinear(int64_t out, int64_t in, int64_t rank, float scale, float dropout, uint64_t id);

  Matrix a;             // [rank, in]
  Matrix b;             // [out, rank]
  DevicePtr<float> da;  // null = not trained
  DevicePtr<float> db;
  LoraScratch scratch;

  float scale() const { return scale_; }

  // kept = A dropout(x), [T, rank]
  int64_t kept_per_token() const override { return a.rows; }
  void forward(const Pass& pass, const Matrix& y, const Matrix& kept,
               const Matrix& x) const override;
  void backward_weights(const Pass& pass, const Matrix& dy, const Matrix& x,
                        const Matrix& kept) const override;
  void backward_input(const Pass& pass, const Matrix& dx) const override;

 private:
  bool drops(const Pass& pass) const { return pass.dropout && dropout_ > 0; }
  Matrix drop(const Pass& pass, const Matrix& x) const;
  PhiloxKey mask_key(const Pass& pass) const;

  float scale_;
  float dropout_;
  uint64_t id_;  // of the layer and module: each has masks of its own
};

}  // namespace neiro
