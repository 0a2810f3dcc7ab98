// CPU, GPU, or what a test asks for.
#include "backend/open_device.h"

#include <cstdlib>
#include <string>

#include "backend/cpu/cpu_device.h"
#include "core/error.h"
#if defined(NEIRO_CUDA) || defined(NEIRO_CUDA_EMULATED)
#include "backend/cuda/cuda_device.h"
#include "backend/cuda/unentered_gpu.h"
#endif
#if defined(NEIRO_TESTS)
#include "backend/simulated/simulated_device.h"
#endif

namespace neiro {
namespace {

std::string environment() {
  const char* asked = std::getenv("NEIRO_DEVICE");
  return asked == nullptr ? "" : asked;
}

std::unique_ptr<Device> open_gpu([[maybe_unused]] Compute compute) {
  std::string why = "NOT_BUILT";
#if defined(NEIRO_CUDA) || defined(NEIRO_CUDA_EMULATED)
  if (std::unique_ptr<Device> device = cuda::open_cuda(compute, why)) return device;
#endif
  throw Error("GPU_NOT_USABLE", {{"gpu", why}});
}

}  // namespace

DeviceChoice said_device(DeviceChoice choice) {
  if (choice != DeviceChoice::kUnsaid) return choice;
  if (environment() == "cuda") return DeviceChoice::kCuda;
#if defined(NEIRO_TESTS)
  if (environment() == "simulated") return DeviceChoice::kUnsaid;
#endif
  return DeviceChoice::kCpu;
}

std::unique_ptr<Device> open_device(ThreadPool& pool, Compute compute, DeviceChoice choice) {
  choice = said_device(choice);
  if (choice == DeviceChoice::kCuda) {
    if (compute == Compute::kInt8) throw Error("NO_INT8_PRODUCTS", {{"backend", "cuda"}});
    return open_gpu(compute);
  }
  const Kernels& kernels = cpu_kernels(nullptr, compute);
  const Kernels* exact = compute == Compute::kF32 ? nullptr : &cpu_kernels(nullptr, Compute::kF32);
#if defined(NEIRO_TESTS)
  if (choice == DeviceChoice::kUnsaid) {
    return std::make_unique<SimulatedDevice>(kernels, pool, exact);
  }
#endif
  return std::make_unique<CpuDevice>(kernels, pool, exact);
}

std::unique_ptr<Device> counting_device(ThreadPool& pool, Compute compute, DeviceChoice choice) {
#if defined(NEIRO_CUDA) || defined(NEIRO_CUDA_EMULATED)
  if (said_device(choice) == DeviceChoice::kCuda) return std::make_unique<cuda::UnenteredGpu>();
#endif
  return open_device(pool, compute, choice);
}

bool cpu_has_bf16() { return bf16_is_fast(); }

bool cpu_has_int8() { return has_int8_products(); }

}  // namespace neiro
