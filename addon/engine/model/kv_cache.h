// What sequences leave behind for their next tokens, for generation: of each layer keys and values
// [places * capacity, kv_heads * head_dim], or states, two of each place (CacheRows).
#pragma once

#include <cstdint>
#include <vector>

#include "backend/planned_memory.h"
#include "model/blocks/cache_rows.h"
#include "model/config.h"

namespace neiro {

struct KvCache {
  struct Layer {
    Matrix k, v;
    Matrix states;
  };
  int64_t places = 0;
  int64_t capacity = 0;  // positions of each
  std::vector<Layer> layers;
  int32_t* current = nullptr;  // [places] on the host: which state of a place is read next, 0 or 1

  // One place, of which so many positions are filled.
  CacheRows of(size_t layer, int64_t place, int64_t length) const {
    const Layer& own = layers[layer];
    CacheRows rows;
    if (own.k.data) {
      rows.k = own.k.slice(place * capacity, capacity);
      rows.v = own.v.slice(place * capacity, capacity);
    }
    rows.length = length;
    rows.states = own.states;
    rows.state = state_of(place);
    return rows;
  }
  CacheRows of_all(size_t layer) const {
    return {layers[layer].k, layers[layer].v, 0, layers[layer].states, 0};
  }
  int64_t state_of(int64_t place) const { return 2 * place + current[place]; }

  // A sequence begins: nothing was read before.
  void begin(const Device& device, int64_t place) const {
    for (const Layer& layer : layers) {
      if (!layer.states.data) continue;
      device.zero(layer.states.slice(state_of(place), 1).floats(), layer.states.cols);
    }
  }
  // A pass over this place has ended well.
  void read(int64_t place) const { current[place] ^= 1; }
};

KvCache place_kv_cache(PlannedMemory& memory, const ModelConfig& config, int64_t places,
                       int64_t capacity);

}  // namespace neiro
