// Phi-3 and Phi-4 (Abdin et al. 2024): q, k and v are one matrix, gate and up another; long ones
// stretch their positions by longrope, the small Phi-4 rotates a part of each head.
#include "model/families/decoder.h"
#include "model/families/family.h"

namespace neiro {

extern const Family kPhi3 = {"phi3", "Phi3ForCausalLM",
                             [](const Fields& fields) {
                               ModelConfig config =
                                   read_decoder(fields, {.positions = 4096, .rms_norm_eps = 1e-5});
                               config.names.qkv = "self_attn.qkv_proj";
                               config.names.gate_up = "mlp.gate_up_proj";
                               config.windows.assign(config.windows.size(), read_window(fields, 0));
                               return config;
                             },
                             "phi3"};

}  // namespace neiro
