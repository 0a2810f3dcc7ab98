// Norms, blocks and residuals of one layer.
#include "model/blocks/layer.h"

namespace neiro {
namespace {

// What a block reads: the norm of x in its room, or x itself where the model has no norm there.
Matrix normed(const Pass& pass, const Matrix& room, DevicePtr<float> rstd, const Matrix& x,
              const Norm& before) {
  if (!before.exists()) return x;
  const Matrix y = room.first(x.rows);
  before.forward(pass, y, rstd, x);
  return y;
}

// y[T, C], what a block gave, becomes x + s * y.
void add_to_stream(const Pass& pass, const Matrix& y, const Matrix& x) {
  const float scale = pass.config->residual_scale;
  if (scale != 1) pass.ops().scale(*pass.device, y, scale);
  pass.ops().add(*pass.device, y, x);
}

// middle[T, C] from out[T, C], what a block gave, and its input x: x + s * norm(out), or, where the
// norm stands behind the sum, norm(x + s * out), and out becomes that sum.
void close_block(const Pass& pass, const Matrix& middle, const Matrix& out, DevicePtr<float> rstd,
                 const Matrix& x, const Norm& behind) {
  if (pass.config->norm_behind_sum) {
    add_to_stream(pass, out, x);
    return behind.forward(pass, middle, rstd, out);
  }
  behind.forward(pass, middle, rstd, out);
  add_to_stream(pass, middle, x);
}

// The gradient of what a block gave, in `room`, from the gradient d of the stream that it was added
// to; d itself where there is neither a norm nor a scale between them.
Matrix out_backward(const Pass& pass, const Matrix& room, const Matrix& d, const Matrix& out,
                    DevicePtr<const float> rstd, const Norm& behind) {
  const float scale = pass.config->residual_scale;
  const bool of_sum = pass.config->norm_behind_sum;
  if (of_sum) behind.backward(pass, d, d, out.first(d.rows), rstd, false);
  if ((of_sum || !behind.exists()) && scale == 1) return d;
  if (scale != 1) {
    pass.ops().copy_columns(*pass.device, room, 0, d, 0, d.cols);
    pass.ops().scale(*pass.device, room, scale);
  }
  if (of_sum || !behind.exists()) return room;
  behind.backward(pass, room, scale == 1 ? d : room, out.first(d.rows), rstd, false);
  return room;
}

// d += what comes back through a block's input, whose gradient is d_in.
void in_backward(const Pass& pass, const Matrix& d, const Matrix& d_in, const Matrix& x,
                 DevicePtr<const float> rstd, const Norm& before) {
  if (before.exists()) {
    before.backward(pass, d, d_in, x, rstd, true);
  } else {
    pass.ops().add(*pass.device, d, d_in);
  }
}

// The mixer that the layer has.
void mixer_forward(const Pass& pass, const DecoderLayer& layer, const Matrix& y, const Matrix& x,
                   const LayerActivations& acts, const LayerScratch& scratch,
                   const CacheRows* cache) {
  if (layer.conv.exists()) {
    return short_conv_block_forward(pass, layer.conv, y, x, acts.conv, scratch.conv, scratch.fused,
                                    cache);
  }
  if (layer.delta.exists()) {
    return delta_net_block_forward(pass, layer.delta, y, x, acts.delta, scratch.delta,
                                   scratch.fused, cache);
  }
  attention_block_forward(pass, layer.attention, y, x, acts.attention, scratch.fused, cache);
}

void mixer_backward(const Pass& pass, const DecoderLayer& layer, const Matrix& dx, const Matrix& dy,
                    const Matrix& x, const LayerActivations& acts, const LayerScratch& scratch) {
  if (layer.conv.exists()) {
    return short_conv_block_backward(pass, layer.conv, dx, dy, x, acts.conv, scratch.conv,
                                     scratch.fused);
  }
  if (layer.delta.exists()) {
    return delta_net_block_backward(pass, layer.delta, dx, dy, x, acts.delta, scratch.delta,
                                    scratch.fused);
  }
  attention_block_backward(pass, layer.attention, dx, dy, x, acts.attention, scratch.attention,
                           scratch.fused);
}

// The feed-forward block that the layer has; x is what the norm before it made of `middle`.
void feed_forward(const Pass& pass, const DecoderLayer& layer, const Matrix& y, const Matrix& x,
                  const Matrix& middle, const LayerActivations& acts, const LayerScratch& scratch) {
  if (layer.beside.exists()) {
    const Matrix out = acts.beside.block_out.first(x.rows);
    mlp_block_forward(pass, layer.mlp, out, x, acts.mlp, scratch.product, scratch.fused);
    return experts_beside_forward(pass, layer.beside, layer.experts, y, middle, acts.beside,
                                  acts.experts, scratch.beside);
  }
  if (layer.experts.exists()) {
    return experts_block_forward(pass, layer.experts, y, x, x, acts.experts, scratch.experts);
  }
  mlp_block_forward(pass, layer.mlp, y, x, acts.mlp, scratch.product, scratch.fused);
}

// What experts beside the block read of `middle` is added to its gradient d.
void feed_forward_backward(const Pass& pass, const DecoderLayer& layer, const Matrix& d,
                           const Matrix& dx, const Matrix& dy, const Matrix& x,
                           const Matrix& middle, const LayerActivations& acts,
                           const LayerScratch& scratch) {
  if (layer.beside.exists()) {
    experts_beside_backward(pass, layer.beside, layer.experts, d, dy, middle, acts.beside,
                            acts.experts, scratch.beside);
  } else if (layer.experts.exists()) {
    return experts_block_backward(pass, layer.experts, dx, {}, dy, x, x, acts.experts,
                                  scratch.experts);
  }
  mlp_block_backward(pass, layer.mlp, dx, dy, x, acts.mlp, scratch.product, scratch.fused);
}

// Blocks of one kind among these layers, which take turns in one room; none where there is none.
template <class Block>
std::vector<const Block*> blocks_of(const std::vector<const DecoderLayer*>& layers,
                                    Block DecoderLayer::*part) {
  std::vector<const Block*> blocks;
  for (const DecoderLayer* layer : layers) {
    if ((layer->*part).exists()) blocks.push_back(&(layer->*part));
  }
  return blocks;
}

}  // namespace

LayerActivations place_layer_activations(PlannedMemory& memory, MemoryCategory category,
                                         const ModelConfig& config,
                                         const std::vector<const DecoderLayer*>& layers,
                                         int64_t T) {
  LayerActivations acts;
  const DecoderLayer& layer = *layers.front();  // alike but for their adapters
  const auto place_norm = [&](const Norm& norm, DevicePtr<float>& rstd) {
    if (norm.exists()) rstd = memory.take<float>(category, T);
    return norm.exists();
  };
  // The first layer may have none, and yet lend its room to the others.
  if (!config.names.attention_norm.empty()) acts.attention_rstd = memory.take<float>(category, T);
  // Layers of different kinds that share their room are never in it together.
  memory.share(
      [&] {
        const auto blocks = blocks_of(layers, &DecoderLayer::attention);
        if (!blocks.empty()) {
          acts.attention = place_attention_activations(memory, category, config, blocks, T);
        }
      },
      [&] {
        memory.share(
            [&] {
              const auto blocks = blocks_of(layers, &DecoderLayer::conv);
              if (!blocks.empty()) {
                acts.conv = place_short_conv_activations(memory, category, config, blocks, T);
              }
            },
            [&] {
              const auto blocks = blocks_of(layers, &DecoderLayer::delta);
              if (!blocks.empty()) {
                acts.delta = place_delta_net_activations(memory, category, config, blocks, T);
              }
            });
      });
  if (place_norm(layer.attention_out_norm, acts.attention_out_rstd)) {
    acts.attention_out = memory.take_matrix(category, T, config.hidden_size);
  }
  acts.middle = memory.take_matrix(category, T, config.hidden_size);
  place_norm(layer.mlp_norm, acts.mlp_rstd);
  const auto place_mlp = [&] {
    const auto blocks = blocks_of(layers, &DecoderLayer::mlp);
    if (!blocks.empty()) acts.mlp = place_mlp_activations(memory, category, config, blocks, T);
  };
  const auto place_experts = [&] {
    const auto blocks = blocks_of(layers, &DecoderLayer::experts);
    if (blocks.empty()) return;
    acts.experts = place_experts_activations(memory, category, config, blocks, T);
  };
  if (config.experts.beside) {  // both in one layer
    place_mlp();
    place_experts();
    acts.beside = place_experts_beside_activations(memory, category, config, T);
  } else {
    memory.share(place_mlp, place_experts);
  }
  if (place_norm(layer.mlp_out_norm, acts.mlp_out_rstd)) {
    acts.mlp_out = memory.take_matrix(category, T, config.hidden_size);
  }
  const auto inputs = blocks_of(layers, &DecoderLayer::input);
  if (!inputs.empty()) {
    acts.input = place_layer_input_activations(memory, category, config, inputs, T);
  }
  return acts;
}

LayerScratch place_layer_scratch(PlannedMemory& memory, const ModelConfig& config, int64_t T,
                                 bool gradients) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  LayerScratch scratch;
  scratch.normed = memory.take_matrix(kCategory, T, config.hidden_size);
  if (gradients) scratch.d_normed = memory.take_matrix(kCategory, T, config.hidden_size);
  if (config.fused_size() > 0) {
    scratch.fused = memory.take_matrix(kCategory, T, config.fused_size());
  }
  if (config.input_size > 0) scratch.input = place_layer_input_scratch(memory, config, T);
  if (config.experts.beside) {
    scratch.beside.in = memory.take_matrix(kCategory, T, config.hidden_size);
    scratch.beside.routed = memory.take_matrix(kCategory, T, config.hidden_size);
    if (gradients) scratch.beside.d_in = memory.take_matrix(kCategory, T, config.hidden_size);
  }
  // The feed-forward block and the attention block are never on their way back together.
  memory.share(
      [&] { scratch.product = memory.take_matrix(kCategory, T, config.widest_intermediate()); },
      [&] {
        if (config.experts.exists()) {
          scratch.experts = place_experts_scratch(memory, config, T, gradients);
          scratch.beside.experts = scratch.experts;
        }
      },
      [&] {
        if (gradients) scratch.attention = place_attention_scratch(memory, config, T);
        if (config.mixes(Mixer::kShortConv)) {
          scratch.conv = memory.take_matrix(kCategory, T, config.hidden_size);
        }
        if (config.mixes(Mixer::kDeltaRule)) {
          scratch.delta = place_delta_net_scratch(memory, config, T, gradients);
        }
      });
  return scratch;
}

void layer_forward(const Pass& pass, const DecoderLayer& layer, const Matrix& y, const Matrix& x,
                   const LayerActivations& acts, const LayerScratch& scratch,
                   const CacheRows* cache) {
  const Matrix middle = acts.middle.first(x.rows);
  Matrix in = normed(pass, scratch.normed, acts.attention_rstd, x, layer.attention_norm);
  if (layer.attention_out_norm.exists()) {
    const Matrix out = acts.attention_out.first(x.rows);
    mixer_forward(pass, layer, out, in, acts, scratch, cache);
    close_block(pass, middle, out, acts.attention_out_rstd, x, layer.attention_out_norm);
  } else {
    mixer_forward(pass, layer, middle, in, acts, scratch, cache);
    add_to_stream(pass, middle, x);
  }
  in = normed(pass, scratch.normed, acts.mlp_rstd, middle, layer.mlp_norm);
  // What comes out of the feed-forward block: the layer's result, unless there is a block more.
  const bool more = layer.input.exists();
  const Matrix after = more ? acts.input.x.first(x.rows) : y;
  if (layer.mlp_out_norm.exists()) {
    const Matrix out = acts.mlp_out.first(x.rows);
    feed_forward(pass, layer, out, in, middle, acts, scratch);
    // Without y only its rstd is wanted; `normed` has been read.
    const Matrix room = after.data ? after : scratch.normed.first(x.rows);
    close_block(pass, room, out, acts.mlp_out_rstd, middle, layer.mlp_out_norm);
  } else {
    feed_forward(pass, layer, after, in, middle, acts, scratch);
    if (after.data) add_to_stream(pass, after, middle);
  }
  if (more) {
    layer_input_forward(pass, layer.input, y, scratch.normed.first(x.rows), x.rows, acts.input,
                        scratch.input);
  }
  if (y.data && layer.scale_value != 1) pass.ops().scale(*pass.device, y, layer.scale_value);
}

// Both blocks may write dx over dy: they have read all of dy before they write. Experts have too.
void layer_backward(const Pass& pass, const DecoderLayer& layer, const Matrix& d, const Matrix& x,
                    const LayerActivations& acts, const LayerScratch& scratch) {
  const Matrix d_block = scratch.d_normed.first(x.rows);
  if (layer.scale_value != 1) pass.ops().scale(*pass.device, d, layer.scale_value);
  if (layer.input.exists()) {
    layer_input_backward(pass, layer.input, d, d_block, acts.input, scratch.input);
  }
  const Matrix middle = acts.middle.first(x.rows);
  Matrix in = normed(pass, scratch.normed, acts.mlp_rstd, middle, layer.mlp_norm);
  Matrix d_out =
      out_backward(pass, d_block, d, acts.mlp_out, acts.mlp_out_rstd, layer.mlp_out_norm);
  feed_forward_backward(pass, layer, d, d_block, d_out, in, middle, acts, scratch);
  in_backward(pass, d, d_block, middle, acts.mlp_rstd, layer.mlp_norm);
  in = normed(pass, scratch.normed, acts.attention_rstd, x, layer.attention_norm);
  d_out = out_backward(pass, d_block, d, acts.attention_out, acts.attention_out_rstd,
                       layer.attention_out_norm);
  mixer_backward(pass, layer, d_block, d_out, in, acts, scratch);
  in_backward(pass, d, d_block, x, acts.attention_rstd, layer.attention_norm);
}

}  // namespace neiro
