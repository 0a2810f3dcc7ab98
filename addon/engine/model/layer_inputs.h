// The vectors that each layer has of each token (Gemma 4's per-layer embeddings), for all layers at
// once: from a table of their own, and from what the first layer reads. Made once a pass; and the
// way back.
#pragma once

#include <cstdint>

#include "backend/planned_memory.h"
#include "model/blocks/layer_input.h"
#include "model/model.h"

namespace neiro {

// Planned memory of a pass of up to T tokens; W = layers * P. No data where the model has none.
struct LayerInputBuffers {
  LayerInputRows rows;
  Matrix projected;       // [T, W] what the norm reads
  Matrix looked_up;       // [T, W]
  DevicePtr<float> rstd;  // [T * layers]
  Matrix kept;            // adapters, [T, kept_per_token] of the projection
};
LayerInputBuffers place_layer_inputs(PlannedMemory& memory, const Model& model, int64_t T,
                                     bool gradients);

// From embedded[T, C], what the first layer reads.
void layer_inputs_forward(const Pass& pass, const Model& model, const LayerInputBuffers& buffers,
                          const Matrix& embedded);
// Behind the layers' way back; d_embedded[T, C] is added to.
void layer_inputs_backward(const Pass& pass, const Model& model, const LayerInputBuffers& buffers,
                           const Matrix& embedded, const Matrix& d_embedded);

}  // namespace neiro
