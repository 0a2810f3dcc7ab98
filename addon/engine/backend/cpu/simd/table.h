// The table of one instruction set: every fast operation, and the plain one where speed does not
// matter. The folders beside this one hold nothing but their vector type and this table.
#pragma once

#include "backend/cpu/scalar/kernels.h"
#include "backend/cpu/simd/activation.h"
#include "backend/cpu/simd/adamw.h"
#include "backend/cpu/simd/add.h"
#include "backend/cpu/simd/attention_backward.h"
#include "backend/cpu/simd/attention_forward.h"
#include "backend/cpu/simd/cross_entropy.h"
#include "backend/cpu/simd/dropout.h"
#include "backend/cpu/simd/gated.h"
#include "backend/cpu/simd/linear.h"
#include "backend/cpu/simd/rms_norm.h"
#include "backend/cpu/simd/rope.h"
#include "backend/cpu/simd/soft_cap.h"
#include "backend/cpu/simd/sum_of_squares.h"

namespace neiro::simd {

template <class F>
int64_t scratch_bytes(int threads, int, int max_head_dim) {
  const int64_t attention = round_up(TileScratch<F>::floats(max_head_dim) * 4, 64);
  return threads * larger(Blocks<F32Step<F>>::kWorkerBytes, attention);
}

template <class F>
constexpr Kernels table(const char* name) {
  return {
      .name = name,
      .scratch_bytes = scratch_bytes<F>,
      .embedding_forward = scalar::embedding_forward,
      .embedding_backward = scalar::embedding_backward,
      .rms_norm_forward = rms_norm_forward<F>,
      .rms_norm_backward = rms_norm_backward<F>,
      .layer_norm_forward = scalar::layer_norm_forward,
      .layer_norm_backward = scalar::layer_norm_backward,
      .mean_rows = scalar::mean_rows,
      .mean_rows_backward = scalar::mean_rows_backward,
      .linear_forward = linear_forward<F32Step<F>>,
      .linear_forward_apart = linear_forward_apart<F>,
      .linear_backward_input = linear_backward_input<F32Step<F>>,
      .stored_forward = linear_forward<F32Step<F>>,
      .stored_backward_input = linear_backward_input<F32Step<F>>,
      .linear_backward_weight = linear_backward_weight<F32Step<F>>,
      .linear_backward_bias = linear_backward_bias<F>,
      .rope_forward = rope_forward<F>,
      .rope_backward = rope_backward<F>,
      .attention_forward = attention_forward<F>,
      .attention_backward = attention_backward<F>,
      .attention_sinks_backward = scalar::attention_sinks_backward,
      .relative_attention_forward = scalar::relative_attention_forward,
      .relative_attention_backward = scalar::relative_attention_backward,
      .attention_cached = attention_cached<F>,
      .attention_apart = attention_apart<F>,
      .short_conv_forward = scalar::short_conv_forward,
      .short_conv_backward = scalar::short_conv_backward,
      .short_conv_cached = scalar::short_conv_cached,
      .delta_rule_forward = scalar::delta_rule_forward,
      .delta_rule_backward = scalar::delta_rule_backward,
      .delta_rule_cached = scalar::delta_rule_cached,
      .route_forward = scalar::route_forward,
      .route_backward = scalar::route_backward,
      .sum_rows = scalar::sum_rows,
      .row_products = scalar::row_products,
      .activation_forward = activation_forward<F>,
      .activation_backward = activation_backward<F>,
      .gated_forward = gated_forward<F>,
      .gated_backward = gated_backward<F>,
      .clamped_gate_forward = scalar::clamped_gate_forward,
      .clamped_gate_backward = scalar::clamped_gate_backward,
      .scale_columns = scalar::scale_columns,
      .scale_columns_backward = scalar::scale_columns_backward,
      .scale_rows = scalar::scale_rows,
      .row_squares = scalar::row_squares,
      .dora_factors = scalar::dora_factors,
      .add = add<F>,
      .scale = scale<F>,
      .soft_cap_forward = soft_cap_forward<F>,
      .soft_cap_backward = soft_cap_backward<F>,
      .copy_columns = scalar::copy_columns,
      .dropout = dropout<F>,
      .cross_entropy = cross_entropy<F>,
      .squared_error = scalar::squared_error,
      .binary_cross_entropy = scalar::binary_cross_entropy,
      .sum_of_squares = sum_of_squares<F>,
      .adamw = adamw<F>,
      .adamw_8bit = scalar::adamw_8bit,
  };
}

// The same table where products of whole micro-batches go in steps of P; scratch is the same.
template <class P>
constexpr Kernels with_products(Kernels table, const char* name) {
  static_assert(Blocks<P>::kWorkerBytes == Blocks<F32Step<typename P::Vector>>::kWorkerBytes);
  table.name = name;
  table.linear_forward = linear_forward<P>;
  table.linear_backward_input = linear_backward_input<P>;
  table.stored_forward = linear_forward<P>;
  table.stored_backward_input = linear_backward_input<P>;
  table.linear_backward_weight = linear_backward_weight<P>;
  return table;
}

// The same table where products with stored matrices go in groups of bytes.
template <class P>
Kernels with_int8_products(Kernels table, const char* name) {
  static_assert(Blocks<P>::kWorkerBytes <= Blocks<F32Step<typename P::Vector>>::kWorkerBytes);
  table.name = name;
  table.stored_forward = product_forward<P>;
  table.stored_backward_input = linear_backward_input<P>;
  return table;
}

}  // namespace neiro::simd
