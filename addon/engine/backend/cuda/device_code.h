// What kernels are written with: the one header that every .cu file includes and the only place
// where the instructions of a GPU are named. nvcc sees CUDA and PTX; a C++ compiler sees the
// emulator of test/cuda-emulator, which does the same in software and is stricter than a GPU.
//
// Rules that both keep:
// - a block has whole warps of 32 threads, and all lanes of a warp take part in every operation of
// a
//   warp (shuffle, multiply_bf16, load_matrices) and all threads of a block in every sync_block();
// - shared memory is one struct, shared<T>(), of the size that launch() was given;
// - vectors (load4, copy_async_16) lie on multiples of their size.
#pragma once

#include <cstdint>

#if defined(__CUDACC__)
#include "backend/cuda/device_code_nvcc.h"
#else
#include "emulated_device_code.h"
#endif

namespace neiro::cuda {

inline constexpr int kWarp = 32;
// Bytes of shared memory that a block has on every architecture from 7.5 on.
inline constexpr int kMostShared = 64 * 1024;

// Sum and maximum over the lanes of a warp, the same bits in each: a butterfly, so its order is
// fixed.
template <class T>
DEVICE T warp_sum(T value) {
  for (int lane = kWarp / 2; lane > 0; lane /= 2) value += shuffle_xor(value, lane);
  return value;
}
DEVICE float warp_max(float value) {
  for (int lane = kWarp / 2; lane > 0; lane /= 2) value = fmaxf(value, shuffle_xor(value, lane));
  return value;
}

// The same over a block of kThreads; `room` is shared memory that nobody else uses meanwhile.
template <int kThreads, class T>
DEVICE T block_sum(T value, T (&room)[kThreads / kWarp]) {
  value = warp_sum(value);
  if constexpr (kThreads == kWarp) return value;
  const int thread = static_cast<int>(threadIdx.x);
  if (thread % kWarp == 0) room[thread / kWarp] = value;
  sync_block();
  T sum = room[0];
  for (int i = 1; i < kThreads / kWarp; ++i) sum += room[i];
  sync_block();
  return sum;
}
template <int kThreads>
DEVICE float block_max(float value, float (&room)[kThreads / kWarp]) {
  value = warp_max(value);
  if constexpr (kThreads == kWarp) return value;
  const int thread = static_cast<int>(threadIdx.x);
  if (thread % kWarp == 0) room[thread / kWarp] = value;
  sync_block();
  float top = room[0];
  for (int i = 1; i < kThreads / kWarp; ++i) top = fmaxf(top, room[i]);
  sync_block();
  return top;
}

// Which element this thread begins with, and how far it is to its next, of work shared out over a
// grid.
DEVICE int64_t first_element() {
  return static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
}
DEVICE int64_t element_step() { return static_cast<int64_t>(gridDim.x) * blockDim.x; }

}  // namespace neiro::cuda
