// What is trained: values, gradients and AdamW's moments of every trained tensor, with its name.
// The same for an adapter and for a whole model; where the tensors belong is told by their slots.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "backend/device.h"
#include "backend/planned_memory.h"
#include "model/model.h"

namespace neiro {

struct Parameter {
  std::string name;
  std::vector<int64_t> shape;
  int64_t size = 0;
  DevicePtr<float> value;
  DevicePtr<float> grad;
  DevicePtr<float> m;  // exp_avg; null where it is held in bytes
  DevicePtr<float> v;  // exp_avg_sq, likewise
  ByteMoments bytes;   // null where m and v are there
  bool in_bytes = false;
  bool linear = false;  // the weights of a linear layer of the model
  // 1, or 0 where a weight is zero and stays so; null = none does (keep_zeros).
  DevicePtr<float> stays = {};
};

// How the optimizer holds its moments. Bytes: a byte a value (ByteMoments), but for tensors of
// less than kLeastInBytes values, whose own are few and matter more (bitsandbytes' min_8bit_size).
enum class Moments { kFloats, kBytes };
inline constexpr int64_t kLeastInBytes = 4096;

class Parameters {
 public:
  // Takes memory for every slot and points the model at values and gradients. Matrices and
  // all of an adapter decay (decoupled weight decay), norms and biases of a model where `all` do.
  // B of LoRA's pairs and an adapter's vectors learn at a rate of their own.
  void place(PlannedMemory& memory, const std::vector<TensorSlot>& slots, MemoryCategory values,
             bool all = false, Moments moments = Moments::kFloats);

  // Behind place(): what is zero in linear layers stays zero, as of the last look. Gradients there
  // count as zero, so that neither the norm nor an update knows of them.
  void keep_zeros(PlannedMemory& memory);
  void look_for_zeros(const Device& device) const;

  const std::vector<Parameter>& all() const { return all_; }  // in the order of the slots
  int64_t count() const { return count_; }                    // trained values

  void zero_gradients(const Device& device) const;
  // *squares = the square of the global norm, summed in double; what stays zero has none from here.
  void gradient_squares(const Device& device, DevicePtr<double> squares) const;
  // Gradients count *grad_scale times (see Operations::clip_scale); what learns at a rate of its
  // own does so `ratio` times as fast.
  void update(const Device& device, const AdamW& adamw, DevicePtr<const float> grad_scale,
              double ratio = 1) const;

 private:
  // Tensors of a kind lie end to end (each on 64 bytes), so that one operation serves all of them;
  // the gaps are zero and stay zero. Where moments are bytes each tensor has blocks of its own, and
  // an operation.
  struct Group {
    DevicePtr<float> value, grad, m, v;
    int64_t size = 0;
    bool decays = false;
    bool own_rate = false;
    bool in_bytes = false;
    std::vector<size_t> tensors = {};  // in all_
  };
  static constexpr size_t kKinds = 3;
  Group groups_[2 * kKinds];  // with moments of floats, then of bytes
  std::vector<Parameter> all_;
  int64_t count_ = 0;
};

}  // namespace neiro
