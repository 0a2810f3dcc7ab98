// All layers in a row: token ids to hidden states (before the final norm), and the way back. Not
// the head: losses and samplers take the hidden states from here (head.h).
#pragma once

#include <cstdint>
#include <vector>

#include "backend/planned_memory.h"
#include "core/thread_pool.h"
#include "model/blocks/layer.h"
#include "model/embedding.h"
#include "model/layer_inputs.h"
#include "model/model.h"
#include "model/relative.h"
#include "model/shared_keys.h"

namespace neiro {

// How much of a forward pass is stored for the way back.
enum class Keep {
  kNothing,    // no way back
  kInputs,     // each layer's input; the rest is computed again (gradient checkpointing)
  kEverything  // each layer's activations
};

// Planned memory of a pass of up to T tokens.
struct TransformerBuffers {
  int64_t T = 0;
  Keep keep = Keep::kNothing;
  DevicePtr<int32_t> tokens;     // [T]
  DevicePtr<int32_t> positions;  // [T]
  DevicePtr<int32_t> offsets;    // [T + 1] of the examples
  int32_t* staging = nullptr;    // [T + 1] on the host, of all three
  EmbeddingBuffers embedding;
  RelativeRows relative;
  LayerInputBuffers inputs;
  SharedKeys shared_keys;
  std::vector<Matrix> hidden;            // [layers + 1] of [T, C], or one that every layer rewrites
  std::vector<LayerActivations> layers;  // [layers], or one that they share
  Matrix d_hidden;                       // [T, C]; none with Keep::kNothing
};
// The model's adapters must be attached: they have activations too.
TransformerBuffers place_transformer_buffers(PlannedMemory& memory, const Model& model, int64_t T,
                                             Keep keep);

// Brings tokens, their positions and the offsets of the examples to the device; the rows point into
// buffers. `tokens` and `lengths` are the host's; with `before`, so many rows of an adapter stand
// before each example.
TokenRows lay_rows(const Device& device, const TransformerBuffers& buffers, const int32_t* tokens,
                   const int32_t* lengths, int64_t examples, int64_t before = 0);
// n tokens of one sequence, of which `start` were read before.
TokenRows lay_more_rows(const Device& device, const TransformerBuffers& buffers,
                        const int32_t* tokens, int64_t n, int64_t start);

// The n rows that an adapter puts before a sequence, at its start.
TokenRows lay_rows_before(const Device& device, const TransformerBuffers& buffers, int64_t n);

// One token of each of n conversations, at these positions.
TokenRows lay_rows_apart(const Device& device, const TransformerBuffers& buffers,
                         const int32_t* tokens, const int32_t* positions, int64_t n);

// Returns the hidden states [T, C] after the last layer. With `way_back` what buffers.keep asks for
// is stored; without, only one layer's room is used.
Matrix transformer_forward(const Pass& pass, const Model& model, const TransformerBuffers& buffers,
                           const LayerScratch& scratch, bool way_back);

// The same of rows whose keys and values go into a cache: cache_of(layer) is the layer's part.
Matrix transformer_cached(const Pass& pass, const Model& model, const TransformerBuffers& buffers,
                          const LayerScratch& scratch,
                          FunctionRef<CacheRows(size_t layer)> cache_of);

// From the gradient of the last hidden states in buffers.d_hidden, which is overwritten; adds to
// every gradient that the model and its adapters have.
void transformer_backward(const Pass& pass, const Model& model, const TransformerBuffers& buffers,
                          const LayerScratch& scratch);

}  // namespace neiro
