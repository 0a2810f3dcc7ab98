// What the host asks of a GPU: who is there, memory, copies, waiting. Two fill it: runtime_nvcc.cu
// with NVIDIA's run-time, test/cuda-emulator with closed pages of the host. Everything is in order
// of one stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace neiro::cuda {

struct Gpu {
  std::string name;
  int major = 0, minor = 0;  // compute capability
  int processors = 0;        // streaming multiprocessors
  int64_t memory_total = 0;
  int64_t memory_free = 0;
  // What of it the driver and the kernels' code take as soon as a process enters the GPU; 0 once it
  // has.
  int64_t memory_to_enter = 0;
};

// The GPU that is used: the first one. None where there is no driver, no GPU, or one that this
// build has no code for; `why` says which: NO_DRIVER, DRIVER_TOO_OLD, NO_GPU, GPU_TOO_OLD or
// GPU_FAILED.
std::optional<Gpu> find_gpu(std::string& why);

// The same GPU without entering it, which would hold memory of it for as long as the process lives:
// for plans, and to say what there is. GPU_TOO_OLD comes with the GPU that is.
std::optional<Gpu> look_for_gpu(std::string& why);

// Every thread of the host that enters the engine: the current device is a thread's own.
void use_gpu();
// 256-byte aligned, not zeroed; null where there is not so much.
std::byte* gpu_allocate(int64_t bytes);
void gpu_free(std::byte* memory) noexcept;
int64_t gpu_memory_free();

// What `from` holds is taken before this returns.
void gpu_upload(void* to, const void* from, int64_t bytes);
// Waits for everything begun before.
void gpu_download(void* to, const void* from, int64_t bytes);
void gpu_copy(void* to, const void* from, int64_t bytes);
void gpu_zero(void* to, int64_t bytes);
void gpu_synchronise();

}  // namespace neiro::cuda
