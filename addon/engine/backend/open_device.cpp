// CPU, or what a test asks for.
#include "backend/open_device.h"

#include <cstdlib>
#include <string>

#include "backend/cpu/cpu_device.h"
#if defined(NEIRO_TESTS)
#include "backend/simulated/simulated_device.h"
#endif

namespace neiro {

std::unique_ptr<Device> open_device(ThreadPool& pool) {
#if defined(NEIRO_TESTS)
  const char* asked = std::getenv("NEIRO_DEVICE");
  if (asked != nullptr && std::string(asked) == "simulated") {
    return std::make_unique<SimulatedDevice>(cpu_kernels(), pool);
  }
#endif
  return std::make_unique<CpuDevice>(cpu_kernels(), pool);
}

}  // namespace neiro
