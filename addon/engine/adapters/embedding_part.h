// One kind of adapter behind the embedding: what it computes (EmbeddingAdapter) and what it is made
// of. As layer_adapter.h is for linear layers.
#pragma once

#include <string>
#include <vector>

#include "backend/planned_memory.h"
#include "model/embedding_adapter.h"
#include "model/model.h"

namespace neiro {

class EmbeddingPart : public EmbeddingAdapter {
 public:
  // Its tensor by what follows the embedding's name in adapter_model.safetensors. It is trained,
  // and decays; the base's values are its first ones.
  virtual std::vector<TensorSlot> slots() = 0;
  virtual void base_loaded(const Device& device, const Model& model) = 0;
};

}  // namespace neiro
