// A linear layer trained whole beside a frozen base, as PEFT's modules_to_save: a copy of its
// weights and bias takes the place of the base's while the adapter is on. For the score head, which
// no base has learnt; its files name it as the base does.
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/layer_adapter.h"

namespace neiro {

class WholeLinear : public LayerAdapter {
 public:
  // `bias`: the layer has one.
  WholeLinear(const Linear& base, bool bias);

  int64_t kept_per_token() const override { return 0; }
  void forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
               const Matrix& x) const override;
  void keep(const Pass&, const Linear&, const Matrix&, const Matrix&) const override {}
  void backward(const Pass& pass, const Linear& base, const Matrix& dx, const Matrix& dy,
                const Matrix& x, const Matrix& kept, bool accumulate) const override;
  // The copy instead.
  void merge_rows(const Device& device, const Matrix& rows, int64_t first) const override;
  void merge_bias(const Device& device, const Matrix& bias) const override;

  std::vector<TensorSlot> slots() override;
  int64_t scratch_values(int64_t) const override { return 0; }
  void set_scratch(const Matrix&) override {}
  // The base's values are the first ones: base_loaded has put them there.
  void initialise(const Device&, PhiloxKey) override {}
  void base_loaded(const Device& device, const Linear& base) override;

 private:
  Matrix w_;             // [out, in]
  DevicePtr<float> dw_;  // null = not trained
  bool has_bias_;
  DevicePtr<float> bias_;  // [out]
  DevicePtr<float> dbias_;
};

}  // namespace neiro
