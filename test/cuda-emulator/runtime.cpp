// backend/cuda/runtime.h on the emulator. Whoever opens its device finds it; to be seen like a GPU
// of this machine it must be asked for by NEIRO_EMULATED_GPU, so that no test is run on it unasked:
// a name, or one of the reasons for which there is none.
#include "backend/cuda/runtime.h"

#include <cstdlib>
#include <cstring>

#include "memory.h"

namespace neiro::cuda {
namespace {

size_t size_of(int64_t bytes) { return static_cast<size_t>(bytes); }

}  // namespace

// Compute 8.0: the least that has every instruction that kernels use.
std::optional<Gpu> find_gpu(std::string&) {
  return Gpu{"emulated", 8, 0, 2, emulator::memory_limit(), gpu_memory_free()};
}

std::optional<Gpu> look_for_gpu(std::string& why) {
  const char* asked = std::getenv("NEIRO_EMULATED_GPU");
  const std::string said = asked == nullptr ? "NO_DRIVER" : asked;
  const bool too_old = said == "GPU_TOO_OLD";
  for (const char* reason :
       {"NO_DRIVER", "DRIVER_TOO_OLD", "NO_GPU", "GPU_TOO_OLD", "GPU_FAILED"}) {
    if (said == reason) why = reason;
  }
  if (!why.empty() && !too_old) return std::nullopt;
  std::optional<Gpu> gpu = find_gpu(why);
  gpu->name = too_old ? "emulated GeForce GTX 970" : said;
  if (too_old) gpu->major = 5;
  return gpu;
}

void use_gpu() {}
std::byte* gpu_allocate(int64_t bytes) { return emulator::allocate(bytes); }
void gpu_free(std::byte* memory) noexcept { emulator::release(memory); }
int64_t gpu_memory_free() { return emulator::memory_limit() - emulator::memory_used(); }

void gpu_upload(void* to, const void* from, int64_t bytes) {
  emulator::Opened opened;
  opened.add_address(to);
  std::memcpy(to, from, size_of(bytes));
}
void gpu_download(void* to, const void* from, int64_t bytes) {
  emulator::Opened opened;
  opened.add_address(from);
  std::memcpy(to, from, size_of(bytes));
}
void gpu_copy(void* to, const void* from, int64_t bytes) {
  emulator::Opened opened;
  opened.add_address(to);
  opened.add_address(from);
  std::memcpy(to, from, size_of(bytes));
}
void gpu_zero(void* to, int64_t bytes) {
  emulator::Opened opened;
  opened.add_address(to);
  std::memset(to, 0, size_of(bytes));
}
void gpu_synchronise() {}

}  // namespace neiro::cuda
