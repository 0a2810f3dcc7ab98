// Low-rank adaptation of one linear layer (Hu et al. 2021): y = W x + b + scale * B A dropout(x).
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/layer_adapter.h"
#include "adapters/low_rank.h"

namespace neiro {

class LoraLinear : public LayerAdapter {
 public:
  LoraLinear(const Linear& base, const LoraConfig& config, uint64_t id) : pair_(base, config, id) {}

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
  // W + scale * B A
  void merge_rows(const Device& device, const Matrix& rows, int64_t first) const override;

  std::vector<TensorSlot> slots() override { return pair_.slots(); }
  const LowRank* plain_pair() const override { return &pair_; }
  int64_t scratch_values(int64_t T) const override;
  void set_scratch(const Matrix& scratch) override { scratch_ = scratch; }
  void initialise(const Device& device, PhiloxKey key) override { pair_.initialise(device, key); }

 private:
  Matrix d_kept(int64_t T) const;   // [T, rank] of the scratch
  Matrix dropped(int64_t T) const;  // [T, in] of it; none without dropout

  LowRank pair_;
  Matrix scratch_;
};

}  // namespace neiro
