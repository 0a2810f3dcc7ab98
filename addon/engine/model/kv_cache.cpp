// Room for each layer by its kind.
#include "model/kv_cache.h"

#include "model/blocks/delta_net.h"
#include "model/blocks/short_conv.h"

namespace neiro {

KvCache place_kv_cache(PlannedMemory& memory, const ModelConfig& config, int64_t places,
                       int64_t capacity) {
  constexpr MemoryCategory kCategory = MemoryCategory::kActivations;
  KvCache cache;
  cache.places = places;
  cache.capacity = capacity;
  for (size_t i = 0; i < static_cast<size_t>(config.layers); ++i) {
    KvCache::Layer layer;
    switch (config.mixer(i)) {
      case Mixer::kAttention:
        if (config.key_source(i) != i) {
          layer = cache.layers[config.key_source(i)];
        } else {
          const LayerHeads heads = config.heads_of(i);
          const int64_t width = static_cast<int64_t>(heads.kv_heads) * heads.head_dim;
          layer.k = memory.take_matrix(kCategory, places * capacity, width);
          layer.v = memory.take_matrix(kCategory, places * capacity, width);
        }
        break;
      case Mixer::kShortConv:
        layer.states = memory.take_matrix(kCategory, 2 * places, short_conv_state_size(config));
        break;
      case Mixer::kDeltaRule:
        layer.states = memory.take_matrix(kCategory, 2 * places, delta_net_state_size(config));
        break;
    }
    cache.layers.push_back(layer);
  }
  cache.current = memory.take_host<int32_t>(kCategory, places);
  return cache;
}

}  // namespace neiro
