// What the decoder families have in common in config.json: sizes, heads, rotation, windows. A
// family's file calls these and then says what is its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/config.h"
#include "model/families/fields.h"

namespace neiro {

// What a config means that leaves these out, as the family's class in Transformers 5 has it.
struct Defaults {
  int64_t kv_heads = 0;  // 0 = as many as heads
  int64_t head_dim = 0;  // 0 = hidden_size / heads
  int64_t positions = 2048;
  double rms_norm_eps = 1e-6;
  double rope_theta = 10000;
  double partial_rotary = 1;  // the part of a head that is rotated
  bool tied_head = false;
};

// Sizes, heads, epsilon, activation, rotation and tied head, with every layer attending to all. No
// biases.
ModelConfig read_decoder(const Fields& fields, const Defaults& defaults);

// "silu", "gelu", "gelu_pytorch_tanh" and their other names, "relu", "tanh". Error
// UNSUPPORTED_MODEL {field, value} for another.
Activation read_activation(const Fields& fields, const char* name, const char* fallback);

// The rotation as Transformers 5 says it (rope_parameters, the theta inside) or Transformers 4
// (rope_theta and rope_scaling). Error UNSUPPORTED_ROPE {rope} for a stretching of positions that
// is not implemented. `theta` where it says none.
RopeConfig read_rope(const Fields& fields, const ModelConfig& config, double theta);
// The same of an object of that form, `theta` where it says none.
RopeConfig read_rope_of(const Fields& rope, const Fields& fields, const ModelConfig& config,
                        double theta);

// For models whose layers with a window rotate otherwise: Transformers 5 keys rope_parameters by
// the type of the layer; 4 has rope_theta and rope_scaling for the layers that see all. The thetas
// are of configs that say none.
void read_typed_ropes(const Fields& fields, ModelConfig& config, double theta, double window_theta);

// sliding_window: an explicit null is none (0), silence `fallback`.
int64_t read_window(const Fields& fields, int64_t fallback);

// [layers]: by layer_types, else `window` on all layers but every `period`-th.
std::vector<int64_t> read_windows(const Fields& fields, int64_t layers, int64_t window,
                                  int64_t period);

// [layers]: whether layer_types says full_attention; every other layer must be of the type `other`.
// Nothing where the config has no layer_types.
std::optional<std::vector<bool>> read_full_attention(const Fields& fields, int64_t layers,
                                                     const std::string& other);

// [layers]: `window` where layer_types says sliding_attention, 0 where it says full_attention.
// Empty where the config has no layer_types.
std::vector<int64_t> read_layer_types(const Fields& fields, int64_t layers, int64_t window);

// [layers] for configs that switch their windows on by use_sliding_window: by layer_types, else
// from layer max_window_layers on.
std::vector<int64_t> read_switched_windows(const Fields& fields, int64_t layers);

}  // namespace neiro
