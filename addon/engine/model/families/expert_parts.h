// Files that hold all experts of a layer in one tensor, read as if each had tensors of its own:
// PREFIX.experts.gate_up_proj and .down_proj (and what ends in _bias) as
// PREFIX.experts.N.gate_proj.weight and so on. Nothing is copied.
#pragma once

#include "io/model_files.h"

namespace neiro {

// The files as they are, or with such parts. Throws Error TENSOR_SHAPE {tensor, file, expected,
// actual} where a stack has no such shape, UNSUPPORTED_MODEL for one in blocks of its own (MXFP4).
ModelFiles expert_parts(ModelFiles files);

}  // namespace neiro
