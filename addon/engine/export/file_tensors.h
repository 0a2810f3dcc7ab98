// The tensors of a merged folder: those of the model one by one, but experts in the stacks that
// their family's files have. The way back of families/expert_parts.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "export/merged_values.h"
#include "model/model.h"

namespace neiro {

struct FileTensor {
  // Parts one behind the other; each turned, [in, out]; or turned by twos, gate and up taking turns
  // along a row.
  enum class Order { kPlain, kTurned, kTakingTurns };
  std::string name;
  std::vector<int64_t> shape;
  std::vector<const TensorSlot*> parts;
  Order order = Order::kPlain;

  int64_t elements() const;
};
// `slots` must outlive it.
std::vector<FileTensor> file_tensors(Model& model, const std::vector<TensorSlot>& slots);

// Values of a tensor in the order of the file, in pieces.
void read_file_tensor(MergedValues& values, const FileTensor& tensor,
                      FunctionRef<void(const float* values, int64_t n)> take);

}  // namespace neiro
