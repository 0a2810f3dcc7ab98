// The plain operations: the specification that every faster version is tested against, and the
// table of a processor without AVX2. Sums run in double in one fixed order. Not tuned.
#pragma once

#include "backend/backend.h"

namespace neiro::scalar {

#include "backend/cpu/operations.inc"

}  // namespace neiro::scalar
