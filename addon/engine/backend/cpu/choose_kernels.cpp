// Chooses the table of operations for this processor.
#include <cstdlib>
#include <string>

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
    .linear_forward = scalar::linear_forward,
    .linear_forward_apart = scalar::linear_forward,
    .linear_backward_input = scalar::linear_backward_input,
    .linear_backward_weight = scalar::linear_backward_weight,
    .linear_backward_bias = scalar::linear_backward_bias,
    .rope_forward = scalar::rope_forward,
    .rope_backward = scalar::rope_backward,
    .attention_forward = scalar::attention_forward,
    .attention_backward = scalar::attention_backward,
    .attention_cached = scalar::attention_cached,
    .attention_apart = scalar::attention_apart,
    .activation_forward = scalar::activation_forward,
    .activation_backward = scalar::activation_backward,
    .gated_forward = scalar::gated_forward,
    .gated_backward = scalar::gated_backward,
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
};

[[noreturn]] void unknown_backend(const std::string& name) {
  throw Error("UNKNOWN_BACKEND", {{"name", name}});
}

// The table of that name, or null where this processor cannot run it.
const Kernels* named(const std::string& name) {
  if (name == "scalar") return &kScalar;
#if defined(NEIRO_X86)
  if (name == "avx2" && has_avx2()) return &avx2::kernels();
  if (name == "avx512" && has_avx512()) return &avx512::kernels();
#endif
  return nullptr;
}

}  // namespace

const Kernels& cpu_kernels(const char* name) {
  if (name == nullptr) name = std::getenv("NEIRO_ISA");
  if (name != nullptr && *name != '\0') {
    const Kernels* table = named(name);
    if (table == nullptr) unknown_backend(name);
    return *table;
  }
  for (const char* best : {"avx512", "avx2"}) {
    if (const Kernels* table = named(best)) return *table;
  }
  return kScalar;
}

}  // namespace neiro
