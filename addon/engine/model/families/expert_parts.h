// Files that hold all experts of a layer in one tensor, read as if each had tensors of its own:
// PREFIX.experts.gate_up_proj and .down_proj (and what ends in _bias) as
// PREFIX.experts.N.gate_proj.weight and so on. Nothing is copied.
#pragma once

#include <optional>
#include <string_view>

#include "io/model_files.h"

namespace neiro {

// How stacks of a family hold one expert: kOutIn [out, in], the rows of gate and then those of up;
// kInOut [in, out], where gate and up take turns along a row. Nothing: it has no stacks.
enum class ExpertForm { kOutIn, kInOut };
std::optional<ExpertForm> expert_form(std::string_view model_type);

// The files as they are, or with such parts. Throws Error TENSOR_SHAPE {tensor, file, expected,
// actual} where a stack has no such shape, UNSUPPORTED_MODEL for one in blocks of its own (MXFP4).
ModelFiles expert_parts(ModelFiles files);

}  // namespace neiro
