// Where an adapter stands in a model: what it hung there, so that it can be taken down and hung up
// again.
#pragma once

#include <vector>

#include "model/embedding_adapter.h"
#include "model/model.h"

namespace neiro {

struct AdapterPlaces {
  std::vector<LinearAdapter*> linears;  // of each site; null = none
  const EmbeddingAdapter* embedding = nullptr;
  const InputRows* inputs = nullptr;
};

// Every linear layer an adapter may stand around: the head last, and behind it those of experts.
std::vector<LinearLayer> adapter_sites(Model& model);

// What stands there now; the model is left without.
AdapterPlaces take_adapter(Model& model);
void hang_adapter(Model& model, const AdapterPlaces& places);

}  // namespace neiro
