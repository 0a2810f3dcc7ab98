// Layers and head take turns on the same place.
#include "train/workspace.h"

#include <algorithm>

namespace neiro {

Workspace place_workspace(PlannedMemory& memory, const Device& device, const Model& model,
                          const std::vector<Adapter*>& adapters, int64_t T, int threads,
                          Keep keep) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  const ModelConfig& config = model.config;
  const bool gradients = keep != Keep::kNothing;
  Workspace workspace;
  workspace.rows = place_transformer_buffers(memory, model, T, keep);
  workspace.scratch =
      memory.take<std::byte>(kCategory, device.scratch_bytes(threads, T, config.widest_head()));
  const DevicePtr<double> sums = memory.take<double>(kCategory, 2);
  workspace.sums = {sums, sums ? sums + 1 : sums, memory.take<float>(kCategory, 1)};
  const auto place_adapter_scratch = [&] {
    const int64_t rows = std::max(T, model.distances.rows);
    int64_t most = 0;
    for (const Adapter* adapter : adapters) most = std::max(most, adapter->scratch_values(rows));
    const Matrix scratch = memory.take_matrix(kCategory, most, 1);
    for (Adapter* adapter : adapters) adapter->set_scratch(scratch);
  };
  // Around the first layer of a score head there may be an adapter, too.
  if (model.score_dense.exists()) place_adapter_scratch();
  memory.share(
      [&] {
        workspace.layer = place_layer_scratch(memory, config, T, gradients);
        if (!model.score_dense.exists()) place_adapter_scratch();
      },
      [&] {
        const int64_t rows = head_chunk_rows(config, T);
        workspace.head = place_head_buffers(memory, model, rows, T, gradients);
        for (Adapter* adapter : adapters) adapter->place_head_scratch(memory, rows);
        workspace.loss = place_loss_buffers(memory, config, T);
      });
  return workspace;
}

}  // namespace neiro
