// CPU, or what a test asks for.
#include "backend/open_device.h"

#include <cstdlib>
#include <string>

#include "backend/cpu/cpu_device.h"
#if defined(NEIRO_TESTS)
#include "backend/simulated/simulated_device.h"
#endif

namespace neiro {

std::unique_ptr<Device> open_device(ThreadPool& pool, Compute compute) {
#if defined(NEIRO_TESTS)
  const char* asked = std::getenv("NEIRO_DEVICE");
  if (asked != nullptr && std::string(asked) == "simulated") {
    return std::make_unique<SimulatedDevice>(cpu_kernels(nullptr, compute), pool);
  }
#endif
  return std::make_unique<CpuDevice>(cpu_kernels(nullptr, compute), pool);
}

bool device_has_bf16() { return bf16_is_fast(); }

}  // namespace neiro
