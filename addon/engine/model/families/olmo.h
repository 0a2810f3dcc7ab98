// What OLMo 2 and 3 share (OLMo Team 2024, 2025): norms only behind the blocks, and on queries and
// keys over all heads together.
#pragma once

#include "model/families/decoder.h"

namespace neiro {

// `theta` of the rotation where the config is silent.
ModelConfig read_olmo(const Fields& fields, double theta);

}  // namespace neiro
