// Order of the gated short convolution: in; gate; convolve; gate; out.
#include "model/blocks/short_conv.h"

namespace neiro {

ShortConvActivations place_short_conv_activations(PlannedMemory& memory, MemoryCategory category,
                                                  const ModelConfig& config,
                                                  const std::vector<const ShortConv*>& blocks,
                                                  int64_t T) {
  ShortConvActivations acts;
  for (Matrix* part : {&acts.b, &acts.c, &acts.x, &acts.inside, &acts.mixed}) {
    *part = memory.take_matrix(category, T, config.hidden_size);
  }
  acts.kept_in = place_kept(memory, category, blocks, &ShortConv::in, T);
  acts.kept_out = place_kept(memory, category, blocks, &ShortConv::out, T);
  return acts;
}

namespace {

void convolve(const Pass& pass, const ShortConv& block, const Matrix& mixed, const Matrix& inside,
              const CacheRows* cache) {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  if (cache == nullptr) {
    return ops.short_conv_forward(device, mixed, inside, block.w, block.bias, block.kernel,
                                  pass.rows.sequences);
  }
  const auto rows = [&](int64_t first, int64_t n, int64_t state) {
    const auto part = [&](const Matrix& flat) {
      return part_of_state(flat, 0, block.kernel - 1, inside.cols);
    };
    ops.short_conv_cached(device, mixed.slice(first, n), part(cache->written_state(state)),
                          inside.slice(first, n), part(cache->read_state(state)), block.w,
                          block.bias, block.kernel);
  };
  if (pass.apart == nullptr) return rows(0, inside.rows, cache->state);
  for (int64_t i = 0; i < inside.rows; ++i) rows(i, 1, pass.apart->states[i]);
}

}  // namespace

void short_conv_block_forward(const Pass& pass, const ShortConv& block, const Matrix& y,
                              const Matrix& x, const ShortConvActivations& acts,
                              const Matrix& product_room, const Matrix& fused_room,
                              const CacheRows* cache) {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const int64_t T = x.rows, C = x.cols;
  const Matrix fused = fused_room.shaped(T, 3 * C);
  block.in.forward(pass, fused, acts.kept_in, x);
  int64_t at = 0;
  for (const Matrix& part : {acts.b, acts.c, acts.x}) {
    ops.copy_columns(device, part.first(T), 0, fused, at, C);
    at += C;
  }
  const Matrix inside = acts.inside.first(T), mixed = acts.mixed.first(T);
  ops.gated_forward(device, inside, acts.b.first(T), acts.x.first(T), Activation::kNone);
  convolve(pass, block, mixed, inside, cache);
  const Matrix product = product_room.shaped(T, C);
  ops.gated_forward(device, product, acts.c.first(T), mixed, Activation::kNone);
  if (y.data) {
    block.out.forward(pass, y, acts.kept_out, product);
  } else {
    block.out.keep(pass, acts.kept_out, product);
  }
}

void short_conv_block_backward(const Pass& pass, const ShortConv& block, const Matrix& dx,
                               const Matrix& dy, const Matrix& x_in,
                               const ShortConvActivations& acts, const Matrix& product_room,
                               const Matrix& fused_room) {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const int64_t T = x_in.rows, C = x_in.cols;
  const Matrix b = acts.b.first(T), c = acts.c.first(T), x = acts.x.first(T);
  const Matrix mixed = acts.mixed.first(T);
  const Matrix product = product_room.shaped(T, C);
  ops.gated_forward(device, product, c, mixed, Activation::kNone);
  block.out.backward(pass, product, dy, product, acts.kept_out, false);
  ops.gated_backward(device, c, mixed, product, c, mixed, Activation::kNone);
  ops.short_conv_backward(device, product, block.dw, block.dbias, mixed, acts.inside.first(T),
                          block.w, block.kernel, pass.rows.sequences);
  ops.gated_backward(device, b, x, product, b, x, Activation::kNone);
  const Matrix fused = fused_room.shaped(T, 3 * C);
  int64_t at = 0;
  for (const Matrix& part : {b, c, x}) {
    ops.copy_columns(device, fused, at, part, 0, C);
    at += C;
  }
  block.in.backward(pass, dx, fused, x_in, acts.kept_in, false);
}

}  // namespace neiro
