// The loop over layers, forward and back.
#include "model/transformer.h"

namespace neiro {

TransformerBuffers place_transformer_buffers(Arena& arena, const Model& model, int64_t T,
                                             Keep keep) {
  constexpr MemoryCategory kCategory = MemoryCategory::kActivations;
  const int64_t n = T * model.config.hidden_size;
  TransformerBuffers buffers;
  buffers.T = T;
  buffers.keep = keep;
  buffers.positions = arena.take<int32_t>(kCategory, T);
  buffers.offsets = arena.take<int32_t>(kCategory, T + 1);
  const size_t inputs = keep == Keep::kNothing ? 1 : model.layers.size() + 1;
  for (size_t i = 0; i < inputs; ++i) buffers.hidden.push_back(arena.take<float>(kCategory, n));
  const size_t stored = keep == Keep::kEverything ? model.layers.size() : 1;
  for (size_t i = 0; i < stored; ++i) {
    buffers.layers.push_back(
        place_layer_activations(arena, kCategory, model.config, model.layers[i], T));
  }
  if (keep != Keep::kNothing) buffers.d_hidden = arena.take<float>(kCategory, n);
  return buffers;
}

TokenRows lay_rows(const TransformerBuffers& buffers, const int32_t* tokens, const int32_t* lengths,
                   int64_t examples) {
  int32_t at = 0;
  for (int64_t s = 0; s < examples; ++s) {
    buffers.offsets[s] = at;
    for (int32_t i = 0; i < lengths[s]; ++i) buffers.positions[at++] = i;
  }
  buffers.offsets[examples] = at;
  TokenRows rows;
  rows.tokens = tokens;
  rows.positions = buffers.positions;
  rows.T = at;
  rows.sequences.offsets = buffers.offsets;
  rows.sequences.count = static_cast<int32_t>(examples);
  return rows;
}

float* transformer_forward(const Pass& pass, const Model& model, const TransformerBuffers& buffers,
                           const LayerScratch& scratch, bool way_back) {
  const size_t layers = model.layers.size();
  pass.ops().embedding_forward(*pass.device, buffers.hidden[0], model.embedding, pass.rows.tokens,
                               pass.rows.T);
  for (size_t i = 0; i < layers; ++i) {
    pass.check_cancelled();
    const size_t room = way_back && buffers.keep == Keep::kEverything ? i : 0;
    layer_forward(pass, model.layers[i], buffers.hidden[way_back ? i + 1 : 0],
                  buffers.hidden[way_back ? i : 0], buffers.layers[room], scratch, nullptr);
  }
  return buffers.hidden[way_back ? layers : 0];
}

void transformer_backward(const Pass& pass, const Model& model, const TransformerBuffers& buffers,
                          const LayerScratch& scratch) {
  const size_t layers = model.layers.size();
  const bool again = buffers.keep == Keep::kInputs;
  for (size_t i = layers; i-- > 0;) {
    pass.check_cancelled();
    const LayerActivations& acts = buffers.layers[again ? 0 : i];
    // The last layer's activations are still there from the forward pass.
    if (again && i + 1 < layers) {
      layer_forward(pass, model.layers[i], nullptr, buffers.hidden[i], acts, scratch, nullptr);
    }
    layer_backward(pass, model.layers[i], buffers.d_hidden, buffers.hidden[i], acts, scratch);
  }
  if (model.d_embedding != nullptr) {
    pass.ops().embedding_backward(*pass.device, model.d_embedding, buffers.d_hidden,
                                  pass.rows.tokens, pass.rows.T, model.config.vocab_size,
                                  model.config.hidden_size);
  }
}

}  // namespace neiro
