// One kind of adapter before the first layer: what it puts there (InputRows, model/input_rows.h)
// and what it is made of. As layer_adapter.h is for linear layers.
#pragma once

#include <vector>

#include "backend/planned_memory.h"
#include "core/random.h"
#include "model/input_rows.h"
#include "model/model.h"

namespace neiro {

class InputAdapter : public InputRows {
 public:
  // Its tensors as adapter_model.safetensors names them.
  virtual std::vector<TensorSlot> slots() = 0;
  // Those that are trained, and decay; a kind whose tensors are made of others says which.
  virtual std::vector<TensorSlot> parameters() { return slots(); }
  // Memory beside the values, that stays.
  virtual void place(PlannedMemory&) {}
  // First values as PEFT's.
  virtual void initialise(const Device& device, PhiloxKey key) = 0;
  // What is trained has changed: the first values, an update.
  virtual void values_changed(const Device&) {}
};

}  // namespace neiro
