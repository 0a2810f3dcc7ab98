// Weight-decomposed low-rank adaptation (Liu et al. 2024): the layer's weights keep the direction
// of V = W + scale * B A and take a learnt length for each row. With k = m / |V| by row, |V| taken
// as a constant on the way back:
//   y = k * (W + scale * B A) x + b
// and with dropout, as PEFT computes it,
//   y = W x + b + (k - 1) * W dropout(x) + k * scale * B A dropout(x)
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/layer_adapter.h"
#include "adapters/low_rank.h"

namespace neiro {

class DoraLinear : public LayerAdapter {
 public:
  DoraLinear(const Linear& base, const LoraConfig& config, uint64_t id) : pair_(base, config, id) {}

  // kept = A dropout(x), [T, rank]; then V dropout(x), [T, out]
  int64_t kept_per_token() const override { return pair_.rank() + pair_.out(); }
  void forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
               const Matrix& x) const override;
  void keep(const Pass& pass, const Linear& base, const Matrix& kept,
            const Matrix& x) const override;
  void backward(const Pass& pass, const Linear& base, const Matrix& dx, const Matrix& dy,
                const Matrix& x, const Matrix& kept, bool accumulate) const override;
  // k * V
  void merge_rows(const Device& device, const Matrix& rows, int64_t first) const override;

  std::vector<TensorSlot> slots() override;
  void place(PlannedMemory& memory) override;
  int64_t scratch_values(int64_t T) const override;
  void set_scratch(const Matrix& scratch) override { scratch_ = scratch; }
  // The pair as LoRA's; m = |W|, so that the layer is at first what it was.
  void initialise(const Device& device, PhiloxKey key) override;
  void base_loaded(const Device& device, const Linear& base) override;
  void values_changed(const Device& device, const Linear& base) override;

 private:
  // The two parts of what is kept.
  Matrix low(const Matrix& kept) const;      // [T, rank]
  Matrix product(const Matrix& kept) const;  // [T, out]
  // Parts of the scratch.
  Matrix d_kept(int64_t T) const;   // [T, rank]
  Matrix rows(int64_t T) const;     // [T, out]
  Matrix dropped(int64_t T) const;  // [T, in]; none without dropout

  LowRank pair_;
  DevicePtr<float> magnitude_;    // m, [out]
  DevicePtr<float> d_magnitude_;  // null = not trained
  // Made of the values whenever they change, [out] each.
  DevicePtr<float> squares_;          // |W|^2
  DevicePtr<float> inverse_norm_;     // 1 / |V|
  DevicePtr<float> factor_;           // k
  DevicePtr<float> factor_less_one_;  // k - 1
  Matrix scratch_;
};

}  // namespace neiro
