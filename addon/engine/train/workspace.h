// The planned memory of passes through the model with its losses, shared where lives do not
// overlap.
#pragma once

#include <vector>

#include "adapters/adapter.h"
#include "backend/planned_memory.h"
#include "model/transformer.h"
#include "objectives/token_loss.h"

namespace neiro {

// What a step sums up on the device.
struct StepSums {
  DevicePtr<double> loss;     // over all terms
  DevicePtr<double> squares;  // of the gradients' norm; behind loss
  DevicePtr<float> grad_scale;
};

struct Workspace {
  TransformerBuffers rows;
  DevicePtr<std::byte> scratch;  // of the operations
  StepSums sums;
  LayerScratch layer;  // never used together with head and loss
  HeadBuffers head;
  LossBuffers loss;
};

// For micro-batches of up to T tokens on so many threads. Adapters share their scratch.
Workspace place_workspace(PlannedMemory& memory, const Device& device, const Model& model,
                          const std::vector<Adapter*>& adapters, int64_t T, int threads, Keep keep);

}  // namespace neiro
