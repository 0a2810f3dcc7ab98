// What NVIDIA's run-time says when something fails, as the engine's error. Only where nvcc
// compiles.
#pragma once

#include <cuda_runtime.h>

#include <string>

#include "core/error.h"

namespace neiro::cuda {

inline void expect_success(cudaError_t result, const char* what) {
  if (result == cudaSuccess) return;
  if (result == cudaErrorMemoryAllocation) {
    cudaGetLastError();  // it stays set otherwise
    throw Error("OUT_OF_MEMORY", {{"needed", what}, {"available", "0"}});
  }
  throw Error("INTERNAL", {{"reason", std::string(what) + ": " + cudaGetErrorString(result)}});
}

}  // namespace neiro::cuda
