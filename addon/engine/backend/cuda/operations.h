// The operations of an NVIDIA GPU, one .cu file each or a few that belong together; their
// signatures are those of backend/operations.h, and so are their formulas.
#pragma once

#include <type_traits>

#include "backend/operations.h"

namespace neiro::cuda {

#define NEIRO_OPERATION(name) std::remove_pointer_t<decltype(Operations::name)> name
NEIRO_OPERATION(embedding_forward);
NEIRO_OPERATION(embedding_backward);
NEIRO_OPERATION(gather_rows);
NEIRO_OPERATION(gather_rows_backward);
NEIRO_OPERATION(matrix_rows);
NEIRO_OPERATION(rms_norm_forward);
NEIRO_OPERATION(rms_norm_backward);
NEIRO_OPERATION(layer_norm_forward);
NEIRO_OPERATION(layer_norm_backward);
NEIRO_OPERATION(mean_rows);
NEIRO_OPERATION(mean_rows_backward);
NEIRO_OPERATION(linear_forward);
NEIRO_OPERATION(linear_forward_apart);
NEIRO_OPERATION(linear_backward_input);
NEIRO_OPERATION(linear_backward_weight);
NEIRO_OPERATION(linear_backward_bias);
NEIRO_OPERATION(rope_forward);
NEIRO_OPERATION(rope_backward);
NEIRO_OPERATION(attention_forward);
NEIRO_OPERATION(attention_backward);
NEIRO_OPERATION(attention_sinks_backward);
NEIRO_OPERATION(relative_attention_forward);
NEIRO_OPERATION(relative_attention_backward);
NEIRO_OPERATION(attention_cached);
NEIRO_OPERATION(attention_apart);
NEIRO_OPERATION(short_conv_forward);
NEIRO_OPERATION(short_conv_backward);
NEIRO_OPERATION(short_conv_cached);
NEIRO_OPERATION(delta_rule_forward);
NEIRO_OPERATION(delta_rule_backward);
NEIRO_OPERATION(delta_rule_cached);
NEIRO_OPERATION(route_forward);
NEIRO_OPERATION(route_backward);
NEIRO_OPERATION(sum_rows);
NEIRO_OPERATION(row_products);
NEIRO_OPERATION(activation_forward);
NEIRO_OPERATION(activation_backward);
NEIRO_OPERATION(gated_forward);
NEIRO_OPERATION(gated_backward);
NEIRO_OPERATION(clamped_gate_forward);
NEIRO_OPERATION(clamped_gate_backward);
NEIRO_OPERATION(scale_columns);
NEIRO_OPERATION(scale_columns_backward);
NEIRO_OPERATION(scale_rows);
NEIRO_OPERATION(row_squares);
NEIRO_OPERATION(dora_factors);
NEIRO_OPERATION(add);
NEIRO_OPERATION(scale);
NEIRO_OPERATION(copy_columns);
NEIRO_OPERATION(soft_cap_forward);
NEIRO_OPERATION(soft_cap_backward);
NEIRO_OPERATION(dropout);
NEIRO_OPERATION(cross_entropy);
NEIRO_OPERATION(squared_error);
NEIRO_OPERATION(binary_cross_entropy);
NEIRO_OPERATION(sum);
NEIRO_OPERATION(sum_of_squares);
NEIRO_OPERATION(clip_scale);
NEIRO_OPERATION(adamw);
NEIRO_OPERATION(adamw_8bit);
#undef NEIRO_OPERATION

// All of them.
extern const Operations kOperations;

}  // namespace neiro::cuda
