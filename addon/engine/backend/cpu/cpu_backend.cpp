// Chooses the table of operations for this processor.
#include <cstdlib>
#include <cstring>

#include "backend/backend.h"
#include "backend/cpu/scalar/operations.h"
#include "core/error.h"

namespace neiro {
namespace {

// The operations of one namespace, in the order of Backend.
#define NEIRO_TABLE(isa)                                                                          \
  Backend {                                                                                       \
#isa, isa::scratch_bytes, isa::embedding_forward, isa::embedding_backward,                    \
        isa::rms_norm_forward, isa::rms_norm_backward, isa::linear_forward,                       \
        isa::linear_backward_input, isa::linear_backward_weight, isa::linear_backward_bias,       \
        isa::rope_forward, isa::rope_backward, isa::attention_forward, isa::attention_backward,   \
        isa::attention_cached, isa::swiglu_forward, isa::swiglu_backward, isa::add, isa::dropout, \
        isa::cross_entropy, isa::sum_of_squares, isa::adamw                                       \
  }

const Backend kScalar = NEIRO_TABLE(scalar);

}  // namespace

const Backend& cpu_backend(const char* name) {
  const char* wanted = name != nullptr ? name : std::getenv("NEIRO_ISA");
  if (wanted == nullptr || !std::strcmp(wanted, "scalar")) return kScalar;
  throw Error("UNKNOWN_BACKEND", "The backend '" + std::string(wanted) + "' is not known here.",
              "Use scalar, avx2 or avx512, or leave NEIRO_ISA unset.", {{"backend", wanted}});
}

}  // namespace neiro
