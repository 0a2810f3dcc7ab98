// One layer: x + s * out_norm(mixer(norm(x))), the mixer attention or what stands in its place,
// then the same with the feed-forward block; s = ModelConfig::residual_scale; a norm that the model
// does not have is left out. Where norms stand behind the sums, out_norm(x + mixer(x)). Forward and
// backward.
#pragma once

#include <cstdint>
#include <vector>

#include "model/blocks/attention.h"
#include "model/blocks/delta_net.h"
#include "model/blocks/experts.h"
#include "model/blocks/experts_beside.h"
#include "model/blocks/layer_input.h"
#include "model/blocks/mlp.h"
#include "model/blocks/norm.h"
#include "model/blocks/short_conv.h"

namespace neiro {

struct DecoderLayer {
  Norm attention_norm, attention_out_norm;
  Attention attention;  // one of these three
  ShortConv conv;
  DeltaNet delta;
  Norm mlp_norm, mlp_out_norm;
  Mlp mlp;  // or experts; or both, where there is what brings them together
  Experts experts;
  ExpertsBeside beside;
  LayerInput input;
  DevicePtr<float> scale, d_scale;  // [1] as stored; null = none
  float scale_value = 1;            // the same on the host (read_layer_scales)
};

// What the way back needs besides the layer's input, of one layer or of several that take turns.
// Norm outputs are made again.
struct LayerActivations {
  DevicePtr<float> attention_rstd, mlp_rstd;          // [T] of the norms before the blocks
  DevicePtr<float> attention_out_rstd, mlp_out_rstd;  // [T] of those behind
  AttentionActivations attention;
  ShortConvActivations conv;
  DeltaNetActivations delta;
  Matrix attention_out;  // [T, C] what the norm behind reads; none without
  Matrix middle;         // [T, C] x + what attention adds
  MlpActivations mlp;
  ExpertsActivations experts;
  ExpertsBesideActivations beside;
  Matrix mlp_out;  // [T, C] likewise
  LayerInputActivations input;
};
LayerActivations place_layer_activations(PlannedMemory& memory, MemoryCategory category,
                                         const ModelConfig& config,
                                         const std::vector<const DecoderLayer*>& layers, int64_t T);

// Lives only inside one call of one layer.
struct LayerScratch {
  Matrix normed;           // [T, C]
  Matrix d_normed;         // [T, C]; none without gradients
  Matrix fused;            // [T, config.fused_size()]; none without fused projections
  Matrix product;          // [T, I], or wider; shares its place with those of the mixers
  ExpertsScratch experts;  // likewise
  ExpertsBesideScratch beside;
  AttentionScratch attention;
  Matrix conv;  // [T, C]
  DeltaNetScratch delta;
  LayerInputScratch input;
};
LayerScratch place_layer_scratch(PlannedMemory& memory, const ModelConfig& config, int64_t T,
                                 bool gradients);

// y[T, C] from x[T, C]; y may be x when there is no way back. Without y only acts are made
// (gradient checkpointing: the last product is left out). Cache: see attention.h.
void layer_forward(const Pass& pass, const DecoderLayer& layer, const Matrix& y, const Matrix& x,
                   const LayerActivations& acts, const LayerScratch& scratch,
                   const CacheRows* cache);

// d[T, C] comes in as the gradient of y and leaves as the gradient of x.
void layer_backward(const Pass& pass, const DecoderLayer& layer, const Matrix& d, const Matrix& x,
                    const LayerActivations& acts, const LayerScratch& scratch);

}  // namespace neiro
