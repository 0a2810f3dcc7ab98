// Keys and values that later layers attend to, too (Gemma 4): kept of the layers that have them
// while a pass goes on, and on the way back what the others add to their gradients.
#pragma once

#include <cstdint>
#include <vector>

#include "backend/planned_memory.h"
#include "model/config.h"

namespace neiro {

struct SharedKeys {
  struct Layer {
    Matrix k, v;      // [T, kv_heads * D], as attention reads them; no data = nobody else does
    Matrix d_k, d_v;  // none without gradients
  };
  std::vector<Layer> layers;  // [layers]; empty = no layer shares

  bool lends(int64_t layer) const {
    return !layers.empty() && layers[static_cast<size_t>(layer)].k.rows > 0;
  }
  const Layer& of(int64_t layer) const { return layers[static_cast<size_t>(layer)]; }
  // Before the layers' way back.
  void begin_backward(const Device& device, int64_t T) const;
};

SharedKeys place_shared_keys(PlannedMemory& memory, const ModelConfig& config, int64_t T,
                             bool gradients);

}  // namespace neiro
