// The pair of LoRA and its variants at one linear layer (Hu et al. 2021): scale * B A dropout(x),
// its gradients, tensors and first values. What is done with the product is the variant's.
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/layer_adapter.h"
#include "adapters/lora_config.h"

namespace neiro {

class LowRank {
 public:
  // `id` is of the layer and module: each has dropout masks of its own.
  LowRank(const Linear& base, const LoraConfig& config, uint64_t id);

  int64_t rank() const { return a_.rows; }
  int64_t in() const { return a_.cols; }
  int64_t out() const { return b_.rows; }
  float scale() const { return scale_; }
  bool has_dropout() const { return dropout_ > 0; }
  const Matrix& a() const { return a_; }  // [rank, in]
  const Matrix& b() const { return b_; }  // [out, rank]

  bool drops(const Pass& pass) const { return pass.dropout && dropout_ > 0; }
  // dropout(x[T, in]), made in dropped[T, in]; x itself where nothing is dropped. The same mask in
  // every call of one pass.
  Matrix input(const Pass& pass, const Matrix& dropped, const Matrix& x) const;
  // kept[T, rank] = input A^T
  void down(const Pass& pass, const Matrix& kept, const Matrix& input) const;
  // y[T, out] = scale * kept B^T, or added to y.
  void up(const Pass& pass, const Matrix& y, const Matrix& kept, bool accumulate) const;
  // From dy[T, out], the gradient of up()'s result: d_kept[T, rank] = scale * dy B; the gradients
  // of A and B are added.
  void backward(const Pass& pass, const Matrix& d_kept, const Matrix& dy, const Matrix& kept,
                const Matrix& input) const;
  // d_input[T, in] = d_kept A, or added to it.
  void backward_input(const Pass& pass, const Matrix& d_input, const Matrix& d_kept,
                      bool accumulate) const;
  // From d_dropped[T, in], the gradient of dropout(x), to that of x, in place.
  void backward_dropout(const Pass& pass, const Matrix& d_dropped) const;
  // rows[n, in] += scale * B[first.., :] A
  void add_rows(const Device& device, const Matrix& rows, int64_t first) const;

  std::vector<TensorSlot> slots();
  // A uniform in +-1/sqrt(in) (Kaiming with a = sqrt(5)), B zero.
  void initialise(const Device& device, PhiloxKey key);

 private:
  PhiloxKey mask_key(const Pass& pass) const;

  Matrix a_;
  Matrix b_;
  DevicePtr<float> da_;  // null = not trained
  DevicePtr<float> db_;
  float scale_;
  float dropout_;
  uint64_t id_;
};

}  // namespace neiro
