// How the host starts a kernel: a name for what goes wrong, a grid of blocks, threads of a block
// (whole warps), bytes of shared memory. Under nvcc a launch on the one stream, under the emulator
// the whole grid before it returns.
#pragma once

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include "backend/cuda/device_code.h"
#if defined(__CUDACC__)
#include "backend/cuda/failure.h"
#else
#include "emulated_launch.h"
#endif

namespace neiro::cuda {

struct Launch {
  const char* name;
  dim3 grid;
  int threads;
  int64_t shared_bytes = 0;
};

inline constexpr int kElementThreads = 256;

// Enough blocks for n elements, each thread one or a few.
inline Launch over_elements(const char* name, int64_t n) {
  constexpr int64_t kMostBlocks = 132 * 32;
  const int64_t blocks =
      std::clamp<int64_t>((n + kElementThreads - 1) / kElementThreads, 1, kMostBlocks);
  return {name, dim3{static_cast<uint32_t>(blocks), 1, 1}, kElementThreads};
}
// A block each.
inline Launch over_blocks(const char* name, int64_t blocks, int threads, int64_t shared_bytes = 0) {
  return {name, dim3{static_cast<uint32_t>(blocks), 1, 1}, threads, shared_bytes};
}

#if defined(__CUDACC__)
template <class... Args>
void launch(const Launch& at, void (*kernel)(Args...), std::type_identity_t<Args>... args) {
  const void* entry = reinterpret_cast<const void*>(kernel);
  if (at.shared_bytes > 48 * 1024) {
    expect_success(cudaFuncSetAttribute(entry, cudaFuncAttributeMaxDynamicSharedMemorySize,
                                        static_cast<int>(at.shared_bytes)),
                   at.name);
  }
  void* pointers[] = {static_cast<void*>(&args)...};
  expect_success(cudaLaunchKernel(entry, at.grid, dim3(static_cast<unsigned>(at.threads)), pointers,
                                  static_cast<size_t>(at.shared_bytes), nullptr),
                 at.name);
}
#else
template <class... Args>
void launch(const Launch& at, void (*kernel)(Args...), std::type_identity_t<Args>... args) {
  emulator::launch(at.name, at.grid, at.threads, at.shared_bytes, kernel, args...);
}
#endif

}  // namespace neiro::cuda
