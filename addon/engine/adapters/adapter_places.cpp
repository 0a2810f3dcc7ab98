// Taken down and hung up again.
#include "adapters/adapter_places.h"

#include <utility>

namespace neiro {

std::vector<LinearLayer> adapter_sites(Model& model) {
  std::vector<LinearLayer> sites = linear_layers(model);
  sites.push_back(head_layer(model));
  for (const ExpertsPlace& place : experts_places(model)) {
    for (Expert& expert : place.experts->all) {
      for (Linear* linear : {&expert.gate, &expert.up, &expert.down}) {
        sites.push_back({"", place.path, linear});
      }
    }
  }
  return sites;
}

AdapterPlaces take_adapter(Model& model) {
  AdapterPlaces places;
  for (const LinearLayer& site : adapter_sites(model)) {
    places.linears.push_back(std::exchange(site.linear->adapter, nullptr));
  }
  places.embedding = std::exchange(model.embedding_adapter, nullptr);
  places.inputs = std::exchange(model.inputs, nullptr);
  return places;
}

void hang_adapter(Model& model, const AdapterPlaces& places) {
  const std::vector<LinearLayer> sites = adapter_sites(model);
  for (size_t i = 0; i < sites.size(); ++i) sites[i].linear->adapter = places.linears[i];
  model.embedding_adapter = places.embedding;
  model.inputs = places.inputs;
}

}  // namespace neiro
