// VeRA at one linear layer (Kopiczko et al. 2024): y = W x + b0 + b * B (d * A dropout(x)), with a
// pair that all layers share and that is not trained; b[out] and d[rank] are. A narrower layer
// takes the pair's first columns and rows.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "adapters/layer_adapter.h"
#include "adapters/vera_config.h"

namespace neiro {

// The pair, as wide as the widest layer of each side.
class VeraPair {
 public:
  explicit VeraPair(int64_t rank) : rank_(rank) {}
  // Widens it for a layer; all are named before it is placed.
  void include(const Linear& base);

  int64_t rank() const { return rank_; }
  const Matrix& down(int64_t in) const { return cut_.at(in); }  // A[rank, in]
  Matrix up(int64_t out) const { return b_.slice(0, out); }     // B[out, rank]

  // vera_A [rank, widest in] and vera_B [widest out, rank]; never trained.
  std::vector<TensorSlot> slots();
  // Memory for the parts of A that narrower layers take.
  void place(PlannedMemory& memory);
  // Kaiming's uniform numbers, as PEFT draws them (from another stream).
  void initialise(const Device& device, PhiloxKey key);
  // Once its values are there.
  void loaded(const Device& device);

 private:
  int64_t rank_;
  Matrix a_;
  Matrix b_;
  std::map<int64_t, Matrix> cut_;  // by the width that a layer is given
};

class VeraLinear : public LayerAdapter {
 public:
  // `id` is of the layer: each has dropout masks of its own. The pair must outlive it.
  VeraLinear(const Linear& base, const VeraConfig& config, const VeraPair& pair, uint64_t id);

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
  // W + diag(b) B diag(d) A
  void merge_rows(const Device& device, const Matrix& rows, int64_t first) const override;

  std::vector<TensorSlot> slots() override;
  int64_t scratch_values(int64_t T) const override;
  void set_scratch(const Matrix& scratch) override { scratch_ = scratch; }
  // b zero, d the config's.
  void initialise(const Device& device, PhiloxKey key) override;

 private:
  // Parts of the scratch.
  Matrix low(int64_t T) const;      // [T, rank]
  Matrix wide(int64_t T) const;     // [T, out]
  Matrix dropped(int64_t T) const;  // [T, in]; none without dropout
  bool drops(const Pass& pass) const { return pass.dropout && dropout_ > 0; }
  // wide = B (d * kept), in their scratch.
  void raise(const Pass& pass, const Matrix& kept) const;
  PhiloxKey mask_key(const Pass& pass) const;

  const VeraPair& pair_;
  int64_t in_, out_;
  DevicePtr<float> b_, db_;  // [out]
  DevicePtr<float> d_, dd_;  // [rank]
  float first_;
  float dropout_;
  uint64_t id_;
  Matrix scratch_;
};

}  // namespace neiro
