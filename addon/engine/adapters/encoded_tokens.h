// P-tuning (Liu et al. 2021): prompt tuning whose embeddings come out of a small network, which is
// what learns; only what it gives is stored and used:
//   p = W3 relu(W2 relu(W1 e + b1) + b2) + b3
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/input_adapter.h"
#include "adapters/virtual_tokens_config.h"

namespace neiro {

class EncodedTokens : public InputAdapter {
 public:
  EncodedTokens(const ModelConfig& model, const VirtualTokensConfig& config);

  int64_t count() const override { return p_.rows; }
  void forward(const Pass& pass, const Matrix& hidden) const override;
  void backward(const Pass& pass, const Matrix& d_hidden) const override;

  // What the network gives: nothing that learns by itself.
  std::vector<TensorSlot> slots() override;
  std::vector<TensorSlot> parameters() override;
  void place(PlannedMemory& memory) override;
  void initialise(const Device& device, PhiloxKey key) override;
  void values_changed(const Device& device) override;

 private:
  struct Step {
    Matrix w;                 // [out, in]
    DevicePtr<float> b;       // [out]
    DevicePtr<float> dw, db;  // null = not trained
    Matrix y;                 // [tokens, out] what it gives, after the activation
    Matrix dy;                // [tokens, out]
  };
  static constexpr int kSteps = 3;

  Matrix e_;             // [tokens, C]
  DevicePtr<float> de_;  // null = not trained
  Step steps_[kSteps];
  Matrix p_;  // [tokens, C], of the file
};

}  // namespace neiro
