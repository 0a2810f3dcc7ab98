// Layers and head take turns on the same place.
#include "train/workspace.h"

#include <algorithm>

namespace neiro {

Workspace place_workspace(Arena& arena, const Backend& ops, const Model& model, Adapter* adapter,
                          int64_t T, int threads, Keep keep) {
  const ModelConfig& config = model.config;
  const bool gradients = keep != Keep::kNothing;
  Workspace workspace;
  workspace.rows = place_transformer_buffers(arena, model, T, keep);
  workspace.scratch = arena.take<unsigned char>(
      MemoryCategory::kWorkspace, ops.scratch_bytes(threads, static_cast<int>(T), config.head_dim));

  const int64_t mark = arena.mark();
  workspace.layer = place_layer_scratch(arena, config, T, gradients);
  if (adapter != nullptr) adapter->place_scratch(arena, T);
  const int64_t after_layers = arena.mark();
  arena.release(mark);
  const int64_t rows = head_chunk_rows(config, T);
  workspace.head = place_head_buffers(arena, config, rows, gradients);
  workspace.loss = place_loss_buffers(arena, T, rows);
  arena.release(std::max(after_layers, arena.mark()));
  return workspace;
}

}  // namespace neiro
