// The planned memory of passes through the model with its losses, shared where lives do not
// overlap.
#pragma once

#include "adapters/adapter.h"
#include "core/arena.h"
#include "model/transformer.h"
#include "objectives/token_loss.h"

namespace neiro {

struct Workspace {
  TransformerBuffers rows;
  unsigned char* scratch = nullptr;  // of the operations
  LayerScratch layer;                // these two are never used together
  HeadBuffers head;
  LossBuffers loss;
};

// For micro-batches of up to T tokens on so many threads. `adapter` may be null.
Workspace place_workspace(Arena& arena, const Backend& ops, const Model& model, Adapter* adapter,
                          int64_t T, int threads, Keep keep);

}  // namespace neiro
