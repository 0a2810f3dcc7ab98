// backend/cuda/runtime.h on the emulator: a GPU that is always there.
#include "backend/cuda/runtime.h"

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
