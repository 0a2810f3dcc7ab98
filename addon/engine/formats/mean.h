// The mean of F32 values, rounded exactly as PyTorch's CPU sum rounds it, so that NF4 offsets have
// its bits. Not a general mean: use double where no one compares bits.
#pragma once

#include <cstdint>

namespace neiro {

// PyTorch on one thread, 8 floats a vector. (Over 32,768 values PyTorch's own result depends on
// its number of threads.) 0 for n = 0.
float mean_as_torch(const float* x, int64_t n);

}  // namespace neiro
