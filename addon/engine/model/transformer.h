// All layers in a row: token ids to hidden states (before the final norm), and the way back. Not
// the head: losses and samplers take the hidden states from here (head.h).
#pragma once

#include <cstdint>
#include <vector>

#include "core/arena.h"
#include "model/layer.h"
#include "model/model.h"

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
  int32_t* positions = nullptr;          // [T]
  int32_t* offsets = nullptr;            // [T + 1] of the examples
  std::vector<float*> hidden;            // [layers + 1] of [T, C], or one that every layer rewrites
  std::vector<LayerActivations> layers;  // [layers], or one that they share
  float* d_hidden = nullptr;             // [T, C]; null with Keep::kNothing
};
// The model's adapters must be attached: they have activations too.
TransformerBuffers place_transformer_buffers(Arena& arena, const Model& model, int64_t T,
                                             Keep keep);

// Fills positions and offsets from the lengths of the examples; the rows point into buffers.
TokenRows lay_rows(const TransformerBuffers& buffers, const int32_t* tokens, const int32_t* lengths,
                   int64_t examples);

// Returns the hidden states [T, C] after the last layer. With `way_back` what buffers.keep asks for
// is stored; without, only one layer's room is used.
float* transformer_forward(const Pass& pass, const Model& model, const TransformerBuffers& buffers,
                           const LayerScratch& scratch, bool way_back);

// From the gradient of the last hidden states in buffers.d_hidden, which is overwritten; adds to
// every gradient that the model and its adapters have.
void transformer_backward(const Pass& pass, const Model& model, const TransformerBuffers& buffers,
                          const LayerScratch& scratch);

}  // namespace neiro
