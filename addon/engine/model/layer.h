// One decoder layer: x + attention(norm(x)), then that + mlp(norm(that)). Forward and
// backward.
#pragma once

#include <cstdint>

#include "model/attention.h"
#include "model/mlp.h"

namespace neiro {

struct DecoderLayer {
  RmsNorm input_norm;
  Attention attention;
  RmsNorm post_norm;
  Mlp mlp;
};

// What the way back needs besides the layer's input. Norm outputs are made again.
struct LayerActivations {
  float* input_rstd = nullptr;  // [T]
  AttentionActivations attention;
  float* middle = nullptr;     // [T, C] x + attention(norm(x))
  float* post_rstd = nullptr;  // [T]
  MlpActivations mlp;
};
LayerActivations place_layer_activations(Arena& arena, MemoryCategory category,
                                         const ModelConfig& config, const DecoderLayer& layer,
                                         int64_t T);

// Lives only inside one call of one layer.
struct LayerScratch {
  float* normed = nullptr;    // [T, C]
  float* d_normed = nullptr;  // [T, C]; null without gradients
  float* product = nullptr;   // [T, I]; shares its place with `attention`
  AttentionScratch attention;
};
LayerScratch place_layer_scratch(Arena& arena, const ModelConfig& config, int64_t T,
                                 bool gradients);

// y[T, C] from x[T, C]; y may be x when there is no way back. With y == nullptr only acts are made
// (gradient checkpointing: the last product is left out). Cache: see attention.h.
void layer_forward(const Pass& pass, const DecoderLayer& layer, float* y, const float* x,
                   const LayerActivations& acts, const LayerScratch& scratch,
                   const CacheRows* cache);

// d[T, C] comes in as the gradient of y and leaves as the gradient of x.
void layer_backward(const Pass& pass, const DecoderLayer& layer, float* d, const float* x,
                    const LayerActivations& acts, const LayerScratch& scratch);

}  // namespace neiro
