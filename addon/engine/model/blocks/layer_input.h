// What a layer makes of a vector that it has of each token itself, behind its other blocks (Gemma
// 4's per-layer embeddings): x + norm(out(f(gate(x)) * input)). Forward and backward.
#pragma once

#include <cstdint>
#include <vector>

#include "backend/planned_memory.h"
#include "model/blocks/linear.h"
#include "model/blocks/norm.h"
#include "model/config.h"

namespace neiro {

// The vectors of all layers, [T, layers * P] (model/layer_inputs.h makes them).
struct LayerInputRows {
  Matrix rows;
  Matrix d_rows;  // none without gradients; each layer writes its own part
};

struct LayerInput {
  Linear gate;  // [P, C]
  Linear out;   // [C, P]
  Norm norm;
  int64_t layer = 0;  // which of the model's

  bool exists() const { return out.exists(); }
};

// What the way back needs, of one block or of several that take turns.
struct LayerInputActivations {
  Matrix x;                    // [T, C]
  Matrix gate;                 // [T, P]; becomes its gradient
  Matrix out;                  // [T, C] what the norm reads
  DevicePtr<float> rstd;       // [T]
  Matrix kept_gate, kept_out;  // adapters
};
LayerInputActivations place_layer_input_activations(PlannedMemory& memory, MemoryCategory category,
                                                    const ModelConfig& config,
                                                    const std::vector<const LayerInput*>& blocks,
                                                    int64_t T);

// Lives only inside one call.
struct LayerInputScratch {
  Matrix own;      // [T, P] the layer's part of the vectors; becomes its gradient
  Matrix product;  // [T, P]
};
LayerInputScratch place_layer_input_scratch(PlannedMemory& memory, const ModelConfig& config,
                                            int64_t T);

// y[T, C] from acts.x; without y only acts are made (gradient checkpointing), and `room` [T, C] is
// written.
void layer_input_forward(const Pass& pass, const LayerInput& block, const Matrix& y,
                         const Matrix& room, int64_t T, const LayerInputActivations& acts,
                         const LayerInputScratch& scratch);

// d[T, C] comes in as the gradient of y and leaves as that of acts.x; `room` [T, C] is written.
void layer_input_backward(const Pass& pass, const LayerInput& block, const Matrix& d,
                          const Matrix& room, const LayerInputActivations& acts,
                          const LayerInputScratch& scratch);

}  // namespace neiro
