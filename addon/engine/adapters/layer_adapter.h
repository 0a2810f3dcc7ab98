// One kind of adapter at one linear layer: what it computes (LinearAdapter, model/blocks/linear.h)
// and what it is made of. A kind is a class of this and its settings (lora_config.h, ia3_config.h);
// files, training, planning and merging know no kinds.
// Kinds that put rows before the first layer or into its keys stand around no linear layer: see
// input_adapter.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "backend/planned_memory.h"
#include "core/random.h"
#include "model/blocks/linear.h"
#include "model/model.h"

namespace neiro {

class LowRank;

// Values of a tensor as a file has them, named by what follows the layer's name there.
struct SavedValues {
  std::string name;
  std::vector<int64_t> shape;
  std::vector<float> values;
};

class LayerAdapter : public LinearAdapter {
 public:
  // Its tensors as adapter_model.safetensors has them, by what follows the layer's name there:
  // ".lora_A.weight". Those with a gradient are trained, and decay.
  virtual std::vector<TensorSlot> slots() = 0;

  // Memory for what is made of the values and stays, beside them.
  virtual void place(PlannedMemory&) {}
  // Values of scratch for passes of up to T tokens. All layers of an adapter share one piece, as
  // large as the largest needs: it is used inside of one call only.
  virtual int64_t scratch_values(int64_t T) const = 0;
  virtual void set_scratch(const Matrix& scratch) = 0;  // [values, 1]

  // First values as PEFT's. Each tensor draws from its own stream, which its name decides.
  virtual void initialise(const Device& device, PhiloxKey key) = 0;

  // What a file holds instead of the slots, where that is something else; else nothing.
  virtual std::vector<SavedValues> saved(const Device&) { return {}; }

  // The pair, where it is all that is added to the weights: what files of other programs can hold.
  virtual const LowRank* plain_pair() const { return nullptr; }

  // The base's weights are there: comes before first values and before values of a file.
  virtual void base_loaded(const Device&, const Linear&) {}
  // The adapter's values have changed: the first ones, those of a file, an update.
  virtual void values_changed(const Device&, const Linear&) {}
};

// A slot of a matrix that is placed and trained as its owner wishes.
TensorSlot matrix_slot(std::string name, Matrix& matrix, DevicePtr<float>& gradient);

// [rows, cols] of a buffer [values, 1], from value `begin` on; and where what follows may begin.
Matrix part_of(const Matrix& buffer, int64_t begin, int64_t rows, int64_t cols);
int64_t aligned_end(int64_t begin, int64_t values);

}  // namespace neiro
