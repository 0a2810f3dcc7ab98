// CPU, or what a test asks for.
#include "backend/open_device.h"

#include <cstdlib>
#include <string>

#include "backend/cpu/cpu_device.h"
#include "core/error.h"
#if defined(NEIRO_CUDA) || defined(NEIRO_CUDA_EMULATED)
#include "backend/cuda/cuda_device.h"
#endif
#if defined(NEIRO_TESTS)
#include "backend/simulated/simulated_device.h"
#endif

namespace neiro {

std::unique_ptr<Device> open_device(ThreadPool& pool, Compute compute) {
  const Kernels& kernels = cpu_kernels(nullptr, compute);
  const Kernels* exact = compute == Compute::kF32 ? nullptr : &cpu_kernels(nullptr, Compute::kF32);
  const char* asked = std::getenv("NEIRO_DEVICE");
#if defined(NEIRO_TESTS)
  if (asked != nullptr && std::string(asked) == "simulated") {
    return std::make_unique<SimulatedDevice>(kernels, pool, exact);
  }
#endif
#if defined(NEIRO_CUDA) || defined(NEIRO_CUDA_EMULATED)
  if (asked != nullptr && std::string(asked) == "cuda") {
    std::string why;
    if (std::unique_ptr<Device> device = cuda::open_cuda(compute, why)) return device;
    throw Error("UNKNOWN_BACKEND", {{"name", "cuda: " + why}});
  }
#endif
  return std::make_unique<CpuDevice>(kernels, pool, exact);
}

bool device_has_bf16() { return bf16_is_fast(); }

}  // namespace neiro
