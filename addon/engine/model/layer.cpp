// Norms, blocks and residuals of one layer.
#include "model/layer.h"

#include <algorithm>

namespace neiro {
namespace {

void norm(const Pass& pass, float* y, float* rstd, const float* x, const RmsNorm& weight) {
  pass.ops().rms_norm_forward(*pass.device, y, rstd, x, weight.w, pass.rows.T,
                              pass.config->hidden_size, pass.config->rms_norm_eps);
}

}  // namespace

LayerActivations place_layer_activations(Arena& arena, MemoryCategory category,
                                         const ModelConfig& config, const DecoderLayer& layer,
                                         int64_t T) {
  LayerActivations acts;
  acts.input_rstd = arena.take<float>(category, T);
  acts.attention = place_attention_activations(arena, category, config, layer.attention, T);
  acts.middle = arena.take<float>(category, T * config.hidden_size);
  acts.post_rstd = arena.take<float>(category, T);
  acts.mlp = place_mlp_activations(arena, category, config, layer.mlp, T);
  return acts;
}

LayerScratch place_layer_scratch(Arena& arena, const ModelConfig& config, int64_t T,
                                 bool gradients) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  LayerScratch scratch;
  scratch.normed = arena.take<float>(kCategory, T * config.hidden_size);
  if (gradients) scratch.d_normed = arena.take<float>(kCategory, T * config.hidden_size);
  // The feed-forward block and the attention block are never on their way back together.
  const int64_t mark = arena.mark();
  scratch.product = arena.take<float>(kCategory, T * config.intermediate_size);
  const int64_t after_product = arena.mark();
  if (gradients) {
    arena.release(mark);
    scratch.attention = place_attention_scratch(arena, config, T);
    arena.release(std::max(after_product, arena.mark()));
  }
  return scratch;
}

void layer_forward(const Pass& pass, const DecoderLayer& layer, float* y, const float* x,
                   const LayerActivations& acts, const LayerScratch& scratch,
                   const CacheRows* cache) {
  const Backend& ops = pass.ops();
  const int64_t n = pass.rows.T * pass.config->hidden_size;
  norm(pass, scratch.normed, acts.input_rstd, x, layer.input_norm);
  attention_block_forward(pass, layer.attention, acts.middle, scratch.normed, acts.attention,
                          cache);
  ops.add(*pass.device, acts.middle, x, n);
  norm(pass, scratch.normed, acts.post_rstd, acts.middle, layer.post_norm);
  mlp_block_forward(pass, layer.mlp, y, scratch.normed, acts.mlp, scratch.product);
  if (y != nullptr) ops.add(*pass.device, y, acts.middle, n);
}

void layer_backward(const Pass& pass, const DecoderLayer& layer, float* d, const float* x,
                    const LayerActivations& acts, const LayerScratch& scratch) {
  const Backend& ops = pass.ops();
  const int64_t T = pass.rows.T;
  const int64_t C = pass.config->hidden_size;
  norm(pass, scratch.normed, acts.post_rstd, acts.middle, layer.post_norm);
  mlp_block_backward(pass, layer.mlp, scratch.d_normed, d, scratch.normed, acts.mlp,
                     scratch.product);
  ops.rms_norm_backward(*pass.device, d, layer.post_norm.dw, scratch.d_normed, acts.middle,
                        layer.post_norm.w, acts.post_rstd, T, C, true);
  norm(pass, scratch.normed, acts.input_rstd, x, layer.input_norm);
  attention_block_backward(pass, layer.attention, scratch.d_normed, d, scratch.normed,
                           acts.attention, scratch.attention);
  ops.rms_norm_backward(*pass.device, d, layer.input_norm.dw, scratch.d_normed, x,
                        layer.input_norm.w, acts.input_rstd, T, C, true);
}

}  // namespace neiro
