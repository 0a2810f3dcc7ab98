// LoRA that starts from a part of the base (PiSSA, Meng et al. 2024; OLoRA, Büyükakyüz 2024):
//   y = (W - scale * B0 A0) x + b + scale * B A dropout(x)
// with A0 and B0 the values of A and B at the start. W itself stays as it is: the part is taken off
// by a second, frozen product.
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/layer_adapter.h"
#include "adapters/low_rank.h"

namespace neiro {

class DecomposedLinear : public LayerAdapter {
 public:
  DecomposedLinear(const Linear& base, const LoraConfig& config, uint64_t id);

  // kept = A dropout(x), [T, rank]
  int64_t kept_per_token() const override { return pair_.rank(); }
  void forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
               const Matrix& x) const override;
  bool follows_base() const override { return true; }
  void add(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
           const Matrix& x) const override;
  void keep(const Pass& pass, const Linear& base, const Matrix& kept,
            const Matrix& x) const override;
  void backward(const Pass& pass, const Linear& base, const Matrix& dx, const Matrix& dy,
                const Matrix& x, const Matrix& kept, bool accumulate) const override;
  // W + scale * (B A - B0 A0)
  void merge_rows(const Device& device, const Matrix& rows, int64_t first) const override;

  std::vector<TensorSlot> slots() override { return pair_.slots(); }
  void place(PlannedMemory& memory) override;
  int64_t scratch_values(int64_t T) const override;
  void set_scratch(const Matrix& scratch) override { scratch_ = scratch; }
  // A0 and B0 from the base's weights, in the host's memory; the same numbers are the first ones.
  void base_loaded(const Device& device, const Linear& base) override;
  void initialise(const Device& device, PhiloxKey key) override;

  // [A; A0] and [B, -B0] of twice the rank: the same as a plain LoRA of this scale.
  std::vector<SavedValues> saved(const Device& device) override;

 private:
  Matrix d_kept(int64_t T) const;   // [T, rank] of the scratch
  Matrix dropped(int64_t T) const;  // [T, in] of it; none without dropout

  LowRank pair_;
  LoraConfig::Start start_;
  Matrix a0_;  // [rank, in]
  Matrix b0_;  // [out, rank]
  Matrix scratch_;
};

}  // namespace neiro
