// Room for the layers that lend theirs.
#include "model/shared_keys.h"

namespace neiro {

void SharedKeys::begin_backward(const Device& device, int64_t T) const {
  for (const Layer& layer : layers) {
    if (!layer.d_k.data) continue;
    device.zero(layer.d_k.floats(), T * layer.d_k.cols);
    device.zero(layer.d_v.floats(), T * layer.d_v.cols);
  }
}

SharedKeys place_shared_keys(PlannedMemory& memory, const ModelConfig& config, int64_t T,
                             bool gradients) {
  constexpr MemoryCategory kCategory = MemoryCategory::kActivations;
  SharedKeys keys;
  if (config.key_sources.empty()) return keys;
  keys.layers.resize(config.key_sources.size());
  for (size_t i = 0; i < config.key_sources.size(); ++i) {
    const size_t source = config.key_source(i);
    SharedKeys::Layer& layer = keys.layers[source];
    if (source == i || layer.k.rows > 0) continue;
    const LayerHeads heads = config.heads_of(source);
    const int64_t width = static_cast<int64_t>(heads.kv_heads) * heads.head_dim;
    layer.k = memory.take_matrix(kCategory, T, width);
    layer.v = memory.take_matrix(kCategory, T, width);
    if (!gradients) continue;
    layer.d_k = memory.take_matrix(kCategory, T, width);
    layer.d_v = memory.take_matrix(kCategory, T, width);
  }
  return keys;
}

}  // namespace neiro
