// The bias of a linear layer, trained beside whatever else stands around the layer, or nothing else
// (PEFT's bias = "all" and "lora_only"): y = (what the layer gives) + b' - b, b' the learnt one.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "adapters/layer_adapter.h"

namespace neiro {

class BiasedLinear : public LayerAdapter {
 public:
  // inner: null = the layer as it is.
  BiasedLinear(const Linear& base, std::unique_ptr<LayerAdapter> inner);

  int64_t kept_per_token() const override { return inner_ ? inner_->kept_per_token() : 0; }
  void forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
               const Matrix& x) const override;
  bool follows_base() const override { return !inner_ || inner_->follows_base(); }
  void add(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
           const Matrix& x) const override;
  void keep(const Pass& pass, const Linear& base, const Matrix& kept,
            const Matrix& x) const override;
  void backward(const Pass& pass, const Linear& base, const Matrix& dx, const Matrix& dy,
                const Matrix& x, const Matrix& kept, bool accumulate) const override;
  void merge_rows(const Device& device, const Matrix& rows, int64_t first) const override;
  void merge_bias(const Device& device, const Matrix& bias) const override;

  std::vector<TensorSlot> slots() override;
  void place(PlannedMemory& memory) override;
  int64_t scratch_values(int64_t T) const override {
    return inner_ ? inner_->scratch_values(T) : 0;
  }
  void set_scratch(const Matrix& scratch) override {
    if (inner_) inner_->set_scratch(scratch);
  }
  // The base's bias is the first one: base_loaded has put it there.
  void initialise(const Device& device, PhiloxKey key) override;
  void base_loaded(const Device& device, const Linear& base) override;
  void values_changed(const Device& device, const Linear& base) override;
  std::vector<SavedValues> saved(const Device& device) override;

 private:
  void shift(const Pass& pass, const Matrix& y) const;

  std::unique_ptr<LayerAdapter> inner_;
  int64_t size_;
  DevicePtr<float> bias_;    // b', [out]
  DevicePtr<float> d_bias_;  // null = not trained
  // Made of the values whenever they change, [out] each.
  DevicePtr<float> difference_;  // b' - b
  DevicePtr<float> ones_;
};

}  // namespace neiro
