// Chooses the table of operations for this processor.
#include <cstdlib>
#include <string>
#include <vector>

#include "backend/cpu/isa.h"
#include "backend/cpu/kernels.h"
#include "backend/cpu/scalar/kernels.h"
#include "core/error.h"
#include "core/processor.h"

namespace neiro {
namespace {

constexpr Kernels kScalar = {
    .name = "scalar",
    .scratch_bytes = scalar::scratch_bytes,
    .embedding_forward = scalar::embedding_forward,
    .embedding_backward = scalar::embedding_backward,
    .rms_norm_forward = scalar::rms_norm_forward,
    .rms_norm_backward = scalar::rms_norm_backward,
    .layer_norm_forward = scalar::layer_norm_forward,
    .layer_norm_backward = scalar::layer_norm_backward,
    .mean_rows = scalar::mean_rows,
    .mean_rows_backward = scalar::mean_rows_backward,
    .linear_forward = scalar::linear_forward,
    .linear_forward_apart = scalar::linear_forward,
    .linear_backward_input = scalar::linear_backward_input,
    .stored_forward = scalar::linear_forward,
    .stored_backward_input = scalar::linear_backward_input,
    .linear_backward_weight = scalar::linear_backward_weight,
    .linear_backward_bias = scalar::linear_backward_bias,
    .rope_forward = scalar::rope_forward,
    .rope_backward = scalar::rope_backward,
    .attention_forward = scalar::attention_forward,
    .attention_backward = scalar::attention_backward,
    .attention_sinks_backward = scalar::attention_sinks_backward,
    .relative_attention_forward = scalar::relative_attention_forward,
    .relative_attention_backward = scalar::relative_attention_backward,
    .attention_cached = scalar::attention_cached,
    .attention_apart = scalar::attention_apart,
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
    .activation_forward = scalar::activation_forward,
    .activation_backward = scalar::activation_backward,
    .gated_forward = scalar::gated_forward,
    .gated_backward = scalar::gated_backward,
    .clamped_gate_forward = scalar::clamped_gate_forward,
    .clamped_gate_backward = scalar::clamped_gate_backward,
    .scale_columns = scalar::scale_columns,
    .scale_columns_backward = scalar::scale_columns_backward,
    .scale_rows = scalar::scale_rows,
    .row_squares = scalar::row_squares,
    .dora_factors = scalar::dora_factors,
    .add = scalar::add,
    .scale = scalar::scale,
    .soft_cap_forward = scalar::soft_cap_forward,
    .soft_cap_backward = scalar::soft_cap_backward,
    .copy_columns = scalar::copy_columns,
    .dropout = scalar::dropout,
    .cross_entropy = scalar::cross_entropy,
    .squared_error = scalar::squared_error,
    .binary_cross_entropy = scalar::binary_cross_entropy,
    .sum_of_squares = scalar::sum_of_squares,
    .adamw = scalar::adamw,
    .adamw_8bit = scalar::adamw_8bit,
};

constexpr Kernels bf16(Kernels table) {
  table.name = "scalar (BF16 rounded)";
  table.linear_forward = scalar::linear_forward_bf16;
  table.linear_backward_input = scalar::linear_backward_input_bf16;
  table.stored_forward = scalar::linear_forward_bf16;
  table.stored_backward_input = scalar::linear_backward_input_bf16;
  table.linear_backward_weight = scalar::linear_backward_weight_bf16;
  return table;
}
constexpr Kernels kScalarBf16 = bf16(kScalar);

constexpr Kernels int8(Kernels table) {
  table.name = "scalar (INT8)";
  table.stored_forward = scalar::int8_forward;
  table.stored_backward_input = scalar::int8_backward_input;
  return table;
}
constexpr Kernels kScalarInt8 = int8(kScalarBf16);

// The tables of one instruction set, and whether this processor can run them.
struct InstructionSet {
  const char* name;
  bool here;
  const Kernels& (*f32)();
  const Kernels& (*bf16)();
  const Kernels& (*int8)();  // null where it has no instruction for products of bytes
};
#if defined(NEIRO_X86)
const Kernels& avx512_bf16_int8() {
  static const Kernels kTable = avx512_vnni::over(avx512_bf16::kernels());
  return kTable;
}
const Kernels& avx512_int8() {
  static const Kernels kTable = avx512_vnni::over(avx512::bf16_kernels());
  return kTable;
}
const Kernels& avx2_int8() {
  static const Kernels kTable = avx_vnni::over(avx2::bf16_kernels());
  return kTable;
}
#elif defined(NEIRO_ARM64)
const Kernels& neon_bf16_int8() {
  static const Kernels kTable = neon_dot::over(neon_bf16::kernels());
  return kTable;
}
const Kernels& neon_int8() {
  static const Kernels kTable = neon_dot::over(neon::bf16_kernels());
  return kTable;
}
#endif

// The best comes first.
std::vector<InstructionSet> instruction_sets() {
  std::vector<InstructionSet> sets;
#if defined(NEIRO_X86)
  const bool bytes = has_avx512_vnni();
  sets.push_back({"avx512-bf16", has_avx512_bf16(), avx512::kernels, avx512_bf16::kernels,
                  bytes ? avx512_bf16_int8 : nullptr});
  sets.push_back({"avx512", has_avx512(), avx512::kernels, avx512::bf16_kernels,
                  bytes ? avx512_int8 : nullptr});
  sets.push_back({"avx2", has_avx2(), avx2::kernels, avx2::bf16_kernels,
                  has_avx_vnni() ? avx2_int8 : nullptr});
#elif defined(NEIRO_ARM64)
  const bool bytes = has_neon_dot();
  sets.push_back({"neon-bf16", has_neon_bf16(), neon::kernels, neon_bf16::kernels,
                  bytes ? neon_bf16_int8 : nullptr});
  sets.push_back({"neon", true, neon::kernels, neon::bf16_kernels, bytes ? neon_int8 : nullptr});
#endif
  sets.push_back({"scalar", true, []() -> const Kernels& { return kScalar; },
                  []() -> const Kernels& { return kScalarBf16; },
                  []() -> const Kernels& { return kScalarInt8; }});
  return sets;
}

InstructionSet chosen(const char* name) {
  if (name == nullptr) name = std::getenv("NEIRO_ISA");
  const std::string wanted = name == nullptr ? "" : name;
  for (const InstructionSet& set : instruction_sets()) {
    if (set.here && (wanted.empty() || wanted == set.name)) return set;
  }
  throw Error("UNKNOWN_BACKEND", {{"name", wanted}});
}

}  // namespace

const Kernels& cpu_kernels(const char* name, Compute compute) {
  const InstructionSet set = chosen(name);
  if (compute == Compute::kInt8) {
    if (set.int8 == nullptr) throw Error("NO_INT8_PRODUCTS", {{"backend", set.name}});
    return set.int8();
  }
  return compute == Compute::kBf16 ? set.bf16() : set.f32();
}

bool has_int8_products() { return chosen(nullptr).int8 != nullptr; }

bool bf16_is_fast() {
  const std::string name = chosen(nullptr).name;
  return name == "avx512-bf16" || name == "neon-bf16";
}

}  // namespace neiro
