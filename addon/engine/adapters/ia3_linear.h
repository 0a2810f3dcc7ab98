// IA3 at one linear layer (Liu et al. 2022): y = l * (W x + b), or y = W (l * x) + b where it
// scales what goes in, with one learnt factor for each value.
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/layer_adapter.h"

namespace neiro {

// y = l * (W x + b), l[out]
class Ia3Output : public LayerAdapter {
 public:
  explicit Ia3Output(const Linear& base);

  // kept = W x + b, [T, out]
  int64_t kept_per_token() const override { return l_.rows; }
  void forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
               const Matrix& x) const override;
  bool follows_base() const override { return true; }
  void add(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
           const Matrix& x) const override;
  void keep(const Pass& pass, const Linear& base, const Matrix& kept,
            const Matrix& x) const override;
  void backward(const Pass& pass, const Linear& base, const Matrix& dx, const Matrix& dy,
                const Matrix& x, const Matrix& kept, bool accumulate) const override;
  // l * W and l * b
  void merge_rows(const Device& device, const Matrix& rows, int64_t first) const override;
  void merge_bias(const Device& device, const Matrix& bias) const override;

  std::vector<TensorSlot> slots() override;
  int64_t scratch_values(int64_t T) const override { return T * l_.rows; }
  void set_scratch(const Matrix& scratch) override { scratch_ = scratch; }
  void initialise(const Device& device, PhiloxKey key) override;  // ones

 private:
  Matrix l_;             // [out, 1]
  DevicePtr<float> dl_;  // null = not trained
  Matrix scratch_;       // [T, out] the gradient of W x + b
};

// y = W (l * x) + b, l[in]
class Ia3Input : public LayerAdapter {
 public:
  explicit Ia3Input(const Linear& base);

  int64_t kept_per_token() const override { return 0; }
  void forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
               const Matrix& x) const override;
  void keep(const Pass&, const Linear&, const Matrix&, const Matrix&) const override {}
  void backward(const Pass& pass, const Linear& base, const Matrix& dx, const Matrix& dy,
                const Matrix& x, const Matrix& kept, bool accumulate) const override;
  // W * l
  void merge_rows(const Device& device, const Matrix& rows, int64_t first) const override;

  std::vector<TensorSlot> slots() override;
  int64_t scratch_values(int64_t T) const override { return T * l_.cols; }
  void set_scratch(const Matrix& scratch) override { scratch_ = scratch; }
  void initialise(const Device& device, PhiloxKey key) override;  // ones

 private:
  Matrix l_;             // [1, in]
  DevicePtr<float> dl_;  // null = not trained
  Matrix scratch_;       // [T, in] l * x, and its gradient on the way back
};

}  // namespace neiro
