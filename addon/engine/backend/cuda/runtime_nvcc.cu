// backend/cuda/runtime.h by NVIDIA's run-time, linked statically: the driver is looked for when the
// first call is made, so the addon loads where there is none.
#include "backend/cuda/failure.h"
#include "backend/cuda/runtime_nvcc.h"

namespace neiro::cuda {
namespace {

// A kernel of this file's, asked for: says whether this build has code for the GPU.
__global__ void nothing_kernel() {}

}  // namespace

std::optional<Gpu> find_gpu(std::string& why) {
  const std::optional<cudaDeviceProp> properties = gpu_properties(why);
  if (!properties) return std::nullopt;
  size_t free = 0, total = 0;
  if (cudaSetDevice(kGpu) != cudaSuccess || cudaMemGetInfo(&free, &total) != cudaSuccess) {
    cudaGetLastError();
    why = "GPU_FAILED";
    return std::nullopt;
  }
  cudaFuncAttributes attributes;
  if (cudaFuncGetAttributes(&attributes, nothing_kernel) != cudaSuccess) {
    cudaGetLastError();
    why = "GPU_TOO_OLD";
    return std::nullopt;
  }
  Gpu gpu = described(*properties);
  gpu.memory_total = static_cast<int64_t>(total);
  gpu.memory_free = static_cast<int64_t>(free);
  return gpu;
}

void use_gpu() { expect_success(cudaSetDevice(kGpu), "cudaSetDevice"); }

std::byte* gpu_allocate(int64_t bytes) {
  void* memory = nullptr;
  const cudaError_t result = cudaMalloc(&memory, static_cast<size_t>(bytes));
  if (result == cudaErrorMemoryAllocation) {
    cudaGetLastError();
    return nullptr;
  }
  expect_success(result, "cudaMalloc");
  return static_cast<std::byte*>(memory);
}

void gpu_free(std::byte* memory) noexcept { cudaFree(memory); }

int64_t gpu_memory_free() {
  size_t free = 0, total = 0;
  expect_success(cudaMemGetInfo(&free, &total), "cudaMemGetInfo");
  return static_cast<int64_t>(free);
}

// Pageable memory is staged before the call returns, which is what runtime.h promises.
void gpu_upload(void* to, const void* from, int64_t bytes) {
  use_gpu();
  expect_success(cudaMemcpyAsync(to, from, static_cast<size_t>(bytes), cudaMemcpyHostToDevice),
                 "upload");
}
void gpu_download(void* to, const void* from, int64_t bytes) {
  use_gpu();
  expect_success(cudaMemcpy(to, from, static_cast<size_t>(bytes), cudaMemcpyDeviceToHost),
                 "download");
}
void gpu_copy(void* to, const void* from, int64_t bytes) {
  expect_success(cudaMemcpyAsync(to, from, static_cast<size_t>(bytes), cudaMemcpyDeviceToDevice),
                 "copy");
}
void gpu_zero(void* to, int64_t bytes) {
  expect_success(cudaMemsetAsync(to, 0, static_cast<size_t>(bytes)), "zero");
}
void gpu_synchronise() { expect_success(cudaDeviceSynchronize(), "synchronise"); }

}  // namespace neiro::cuda
