// Norms, blocks and residuals of one layer.
#include "model/layer.h"

namespace neiro {
namespace {

void norm(const Pass& pass, const Matrix& y, DevicePtr<float> rstd, const Matrix& x,
          const RmsNorm& weight) {
  pass.ops().rms_norm_forward(*pass.device, y, rstd, x, weight.w, pass.config->rms_norm_eps);
}

}  // namespace

LayerActivations place_layer_activations(PlannedMemory& memory, MemoryCategory category,
                                         const ModelConfig& config, const DecoderLayer& layer,
                                         int64_t T) {
  LayerActivations acts;
  acts.input_rstd = memory.take<float>(category, T);
  acts.attention = place_attention_activations(memory, category, config, layer.attention, T);
  acts.middle = memory.take_matrix(category, T, config.hidden_size);
  acts.post_rstd = memory.take<float>(category, T);
  acts.mlp = place_mlp_activations(memory, category, config, layer.mlp, T);
  return acts;
}

LayerScratch place_layer_scratch(PlannedMemory& memory, const ModelConfig& config, int64_t T,
                                 bool gradients) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  LayerScratch scratch;
  scratch.normed = memory.take_matrix(kCategory, T, config.hidden_size);
  if (gradients) scratch.d_normed = memory.take_matrix(kCategory, T, config.hidden_size);
  // The feed-forward block and the attention block are never on their way back together.
  memory.share(
      [&] { scratch.product = memory.take_matrix(kCategory, T, config.intermediate_size); },
      [&] {
        if (gradients) scratch.attention = place_attention_scratch(memory, config, T);
      });
  return scratch;
}

void layer_forward(const Pass& pass, const DecoderLayer& layer, const Matrix& y, const Matrix& x,
                   const LayerActivations& acts, const LayerScratch& scratch,
                   const CacheRows* cache) {
  const Operations& ops = pass.ops();
  const Matrix normed = scratch.normed.first(x.rows);
  const Matrix middle = acts.middle.first(x.rows);
  norm(pass, normed, acts.input_rstd, x, layer.input_norm);
  attention_block_forward(pass, layer.attention, middle, normed, acts.attention, cache);
  ops.add(*pass.device, middle, x);
  norm(pass, normed, acts.post_rstd, middle, layer.post_norm);
  mlp_block_forward(pass, layer.mlp, y, normed, acts.mlp, scratch.product);
  if (y.data) ops.add(*pass.device, y, middle);
}

void layer_backward(const Pass& pass, const DecoderLayer& layer, const Matrix& d, const Matrix& x,
                    const LayerActivations& acts, const LayerScratch& scratch) {
  const Operations& ops = pass.ops();
  const Matrix normed = scratch.normed.first(x.rows);
  const Matrix d_normed = scratch.d_normed.first(x.rows);
  const Matrix middle = acts.middle.first(x.rows);
  norm(pass, normed, acts.post_rstd, middle, layer.post_norm);
  mlp_block_backward(pass, layer.mlp, d_normed, d, normed, acts.mlp, scratch.product);
  ops.rms_norm_backward(*pass.device, d, layer.post_norm.dw, d_normed, middle, layer.post_norm.w,
                        acts.post_rstd, true);
  norm(pass, normed, acts.input_rstd, x, layer.input_norm);
  attention_block_backward(pass, layer.attention, d_normed, d, normed, acts.attention,
                           scratch.attention);
  ops.rms_norm_backward(*pass.device, d, layer.input_norm.dw, d_normed, x, layer.input_norm.w,
                        acts.input_rstd, true);
}

}  // namespace neiro
