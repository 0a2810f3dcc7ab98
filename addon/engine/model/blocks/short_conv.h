// The gated short convolution of a layer, without its norm and its residual (LFM2): b, c, x =
// in(x); out(c * conv(b * x)). Forward, backward, and against a state of the last few b * x.
#pragma once

#include <cstdint>
#include <vector>

#include "backend/planned_memory.h"
#include "model/blocks/cache_rows.h"
#include "model/blocks/linear.h"
#include "model/config.h"

namespace neiro {

struct ShortConv {
  Linear in, out;                // [3 * C, C]: the rows of b, of c, of x; [C, C]
  DevicePtr<float> w, dw;        // [C, kernel]; dw null = frozen
  DevicePtr<float> bias, dbias;  // [C]; null = none
  int kernel = 0;

  bool exists() const { return kernel > 0; }
};

// What the way back needs, of one block or of several that take turns.
struct ShortConvActivations {
  Matrix b, c, x;  // [T, C]; become their gradients
  Matrix inside;   // [T, C] b * x
  Matrix mixed;    // [T, C] convolved
  Matrix kept_in;  // adapters, [T, kept_per_token]
  Matrix kept_out;
};
ShortConvActivations place_short_conv_activations(PlannedMemory& memory, MemoryCategory category,
                                                  const ModelConfig& config,
                                                  const std::vector<const ShortConv*>& blocks,
                                                  int64_t T);

// Values of a layer's state.
inline int64_t short_conv_state_size(const ModelConfig& config) {
  return (config.conv_kernel - 1) * config.hidden_size;
}

// As attention_block_forward; product[T, C] and fused[T, 3 * C] are scratch.
void short_conv_block_forward(const Pass& pass, const ShortConv& block, const Matrix& y,
                              const Matrix& x, const ShortConvActivations& acts,
                              const Matrix& product, const Matrix& fused, const CacheRows* cache);

// dx[T, C] is written from dy[T, C]; x is the forward's input. Overwrites acts.
void short_conv_block_backward(const Pass& pass, const ShortConv& block, const Matrix& dx,
                               const Matrix& dy, const Matrix& x, const ShortConvActivations& acts,
                               const Matrix& product, const Matrix& fused);

}  // namespace neiro
