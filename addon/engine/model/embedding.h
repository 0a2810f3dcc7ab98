// From token ids to what the first layer reads: the tokens' vectors, and where the model has such
// those of positions and token types, the norm of their sum, and the layer that makes them as wide
// as the model. Forward and backward.
#pragma once

#include <cstdint>

#include "backend/planned_memory.h"
#include "model/model.h"

namespace neiro {

// Planned memory of a pass of up to T tokens; E = width of the embeddings. What the model does not
// ask for has no data.
struct EmbeddingBuffers {
  Matrix sum;                // [T, E] what the norm reads
  Matrix added;              // [T, E] vectors of positions, of types
  DevicePtr<float> rstd;     // [T]
  Matrix narrow;             // [T, E] what the projection reads
  Matrix d_narrow;           // [T, E]; none without gradients
  Matrix kept;               // adapters, [T, kept_per_token] of the projection
  DevicePtr<int32_t> first;  // [T] zeros: the type of every token
  Matrix noise;              // [T, E] of training, where there is any
  float* staging = nullptr;  // the same on the host
};
EmbeddingBuffers place_embedding_buffers(PlannedMemory& memory, const Model& model, int64_t T,
                                         bool gradients);

// hidden[T, C]. The tokens' vectors are taken times config.embedding_scale; what an adapter puts
// before the examples is not scaled.
void embed(const Pass& pass, const Model& model, const EmbeddingBuffers& buffers,
           const Matrix& hidden);
// Adds to the gradients of all that is trained here, from d_hidden[T, C], which is overwritten.
void embed_backward(const Pass& pass, const Model& model, const EmbeddingBuffers& buffers,
                    const Matrix& d_hidden);

}  // namespace neiro
