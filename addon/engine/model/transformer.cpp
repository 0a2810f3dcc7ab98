// The loop over layers, forward and back.
#include "model/transformer.h"

#include <algorithm>

namespace neiro {

TransformerBuffers place_transformer_buffers(PlannedMemory& memory, const Model& model, int64_t T,
                                             Keep keep) {
  constexpr MemoryCategory kCategory = MemoryCategory::kActivations;
  const int64_t C = model.config.hidden_size;
  TransformerBuffers buffers;
  buffers.T = T;
  buffers.keep = keep;
  buffers.tokens = memory.take<int32_t>(kCategory, T);
  buffers.positions = memory.take<int32_t>(kCategory, T);
  buffers.offsets = memory.take<int32_t>(kCategory, T + 1);
  buffers.staging = memory.take_host<int32_t>(kCategory, T + 1);
  buffers.embedding = place_embedding_buffers(memory, model, T, keep != Keep::kNothing);
  buffers.relative = place_relative_rows(memory, model.config, T, keep != Keep::kNothing);
  const bool gradients = keep != Keep::kNothing;
  buffers.inputs = place_layer_inputs(memory, model, T, gradients);
  buffers.shared_keys = place_shared_keys(memory, model.config, T, gradients);
  const size_t inputs = keep == Keep::kNothing ? 1 : model.layers.size() + 1;
  for (size_t i = 0; i < inputs; ++i) {
    buffers.hidden.push_back(memory.take_matrix(kCategory, T, C));
  }
  std::vector<const DecoderLayer*> all;
  for (const DecoderLayer& layer : model.layers) all.push_back(&layer);
  const auto place = [&](const std::vector<const DecoderLayer*>& layers) {
    buffers.layers.push_back(place_layer_activations(memory, kCategory, model.config, layers, T));
  };
  place(all);  // the first one's, and of passes without a way back every layer's
  if (keep == Keep::kEverything) {
    for (size_t i = 1; i < all.size(); ++i) place({all[i]});
  }
  if (keep != Keep::kNothing) buffers.d_hidden = memory.take_matrix(kCategory, T, C);
  return buffers;
}

TokenRows lay_rows(const Device& device, const TransformerBuffers& buffers, const int32_t* tokens,
                   const int32_t* lengths, int64_t examples, int64_t before) {
  TokenRows rows;
  if (before == 0) rows.on_host = tokens;
  const int32_t more = static_cast<int32_t>(before);
  int32_t at = 0;
  for (int64_t s = 0; s < examples; ++s) {
    for (int32_t i = 0; i < more + lengths[s]; ++i) buffers.staging[at++] = i;
    rows.sequences.longest = std::max(rows.sequences.longest, more + lengths[s]);
  }
  rows.T = at;
  device.upload(buffers.positions, buffers.staging, at);
  if (more > 0) {  // token 0 stands in the rows before
    at = 0;
    for (int64_t s = 0; s < examples; ++s) {
      for (int32_t i = 0; i < more; ++i) buffers.staging[at++] = 0;
      for (int32_t i = 0; i < lengths[s]; ++i) buffers.staging[at++] = *tokens++;
    }
    tokens = buffers.staging;
  }
  device.upload(buffers.tokens, tokens, at);
  // Last, so that the host can read them as long as these rows are in use.
  buffers.staging[0] = 0;
  for (int64_t s = 0; s < examples; ++s) {
    buffers.staging[s + 1] = buffers.staging[s] + more + lengths[s];
  }
  device.upload(buffers.offsets, buffers.staging, examples + 1);
  rows.tokens = buffers.tokens;
  rows.positions = buffers.positions;
  rows.sequences.offsets = buffers.offsets;
  rows.sequences.count = static_cast<int32_t>(examples);
  rows.before = before;
  rows.starts = buffers.staging;
  rows.examples = examples;
  return rows;
}

TokenRows lay_more_rows(const Device& device, const TransformerBuffers& buffers,
                        const int32_t* tokens, int64_t n, int64_t start) {
  TokenRows rows;
  for (int64_t i = 0; i < n; ++i) buffers.staging[i] = static_cast<int32_t>(start + i);
  rows.T = n;
  rows.on_host = tokens;
  device.upload(buffers.tokens, tokens, n);
  device.upload(buffers.positions, buffers.staging, n);
  rows.tokens = buffers.tokens;
  rows.positions = buffers.positions;
  return rows;
}

TokenRows lay_rows_before(const Device& device, const TransformerBuffers& buffers, int64_t n) {
  std::fill(buffers.staging, buffers.staging + n, 0);
  device.upload(buffers.tokens, buffers.staging, n);
  for (int64_t i = 0; i < n; ++i) buffers.staging[i] = static_cast<int32_t>(i);
  device.upload(buffers.positions, buffers.staging, n);
  TokenRows rows;
  rows.T = n;
  rows.tokens = buffers.tokens;
  rows.positions = buffers.positions;
  rows.before = n;
  rows.starts = buffers.staging;  // 0 stands first there
  rows.examples = 1;
  return rows;
}

TokenRows lay_rows_apart(const Device& device, const TransformerBuffers& buffers,
                         const int32_t* tokens, const int32_t* positions, int64_t n) {
  TokenRows rows;
  rows.T = n;
  rows.on_host = tokens;
  device.upload(buffers.tokens, tokens, n);
  device.upload(buffers.positions, positions, n);
  rows.tokens = buffers.tokens;
  rows.positions = buffers.positions;
  return rows;
}

Matrix transformer_forward(const Pass& given, const Model& model, const TransformerBuffers& buffers,
                           const LayerScratch& scratch, bool way_back) {
  RelativeRows relative = buffers.relative;
  relative_forward(given, model, relative);
  Pass pass = given;
  pass.relative = &relative;
  pass.layer_inputs = &buffers.inputs.rows;
  pass.shared_keys = &buffers.shared_keys;
  const size_t layers = model.layers.size();
  const auto hidden = [&](size_t i) { return buffers.hidden[way_back ? i : 0].first(pass.rows.T); };
  embed(pass, model, buffers.embedding, hidden(0));
  layer_inputs_forward(pass, model, buffers.inputs, hidden(0));
  for (size_t i = 0; i < layers; ++i) {
    pass.check_cancelled();
    const size_t room = way_back && buffers.keep == Keep::kEverything ? i : 0;
    layer_forward(pass, model.layers[i], hidden(i + 1), hidden(i), buffers.layers[room], scratch,
                  nullptr);
  }
  return hidden(layers);
}

Matrix transformer_cached(const Pass& given, const Model& model, const TransformerBuffers& buffers,
                          const LayerScratch& scratch,
                          FunctionRef<CacheRows(size_t layer)> cache_of) {
  Pass pass = given;
  pass.layer_inputs = &buffers.inputs.rows;
  const Matrix hidden = buffers.hidden[0].first(pass.rows.T);
  embed(pass, model, buffers.embedding, hidden);
  layer_inputs_forward(pass, model, buffers.inputs, hidden);
  for (size_t i = 0; i < model.layers.size(); ++i) {
    pass.check_cancelled();
    const CacheRows cache = cache_of(i);
    layer_forward(pass, model.layers[i], hidden, hidden, buffers.layers[0], scratch, &cache);
  }
  return hidden;
}

void transformer_backward(const Pass& given, const Model& model, const TransformerBuffers& buffers,
                          const LayerScratch& scratch) {
  RelativeRows relative = buffers.relative;
  relative.reach = given.rows.sequences.longest;
  Pass pass = given;
  pass.relative = &relative;
  pass.layer_inputs = &buffers.inputs.rows;
  pass.shared_keys = &buffers.shared_keys;
  relative_backward_begin(pass, relative);
  buffers.shared_keys.begin_backward(*pass.device, pass.rows.T);
  const size_t layers = model.layers.size();
  const bool again = buffers.keep == Keep::kInputs;
  const Matrix d_hidden = buffers.d_hidden.first(pass.rows.T);
  for (size_t i = layers; i-- > 0;) {
    pass.check_cancelled();
    const LayerActivations& acts = buffers.layers[again ? 0 : i];
    const Matrix input = buffers.hidden[i].first(pass.rows.T);
    // The last layer's activations are still there from the forward pass.
    if (again && i + 1 < layers) {
      layer_forward(pass, model.layers[i], {}, input, acts, scratch, nullptr);
    }
    layer_backward(pass, model.layers[i], d_hidden, input, acts, scratch);
  }
  relative_backward(pass, model, relative);
  layer_inputs_backward(pass, model, buffers.inputs, buffers.hidden[0].first(pass.rows.T),
                        d_hidden);
  embed_backward(pass, model, buffers.embedding, d_hidden);
}

}  // namespace neiro
