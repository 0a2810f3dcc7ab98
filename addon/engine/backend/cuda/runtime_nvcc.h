// Which GPU NVIDIA's run-time knows, without entering it: what finding it and looking at it begin
// with.
#pragma once

#include <cuda_runtime.h>

#include <optional>
#include <string>

#include "backend/cuda/runtime.h"

namespace neiro::cuda {

inline constexpr int kGpu = 0;  // the first one; CUDA_VISIBLE_DEVICES chooses another

// None: `why` is NO_DRIVER, DRIVER_TOO_OLD, NO_GPU or GPU_FAILED.
std::optional<cudaDeviceProp> gpu_properties(std::string& why);
// Without what is free of its memory.
Gpu described(const cudaDeviceProp& properties);

}  // namespace neiro::cuda
