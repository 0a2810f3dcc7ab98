// One allocation, handed out in 64-byte steps.
#include "core/arena.h"

#include <algorithm>
#include <limits>

#include "core/error.h"
#include "core/memory.h"

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#define NOMINMAX
#include <windows.h>
#else
#include <sys/mman.h>
#endif

namespace neiro {
namespace {

constexpr int64_t kAlignment = 64;

[[noreturn]] void out_of_memory(int64_t needed, int64_t available) {
  throw Error("OUT_OF_MEMORY",
              {{"needed", std::to_string(needed)}, {"available", std::to_string(available)}});
}

// Zeroed pages straight from the system; nullptr where it refuses.
unsigned char* allocate_pages(int64_t bytes) {
#if defined(_WIN32)
  return static_cast<unsigned char*>(
      VirtualAlloc(nullptr, static_cast<size_t>(bytes), MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE));
#else
  void* pages = mmap(nullptr, static_cast<size_t>(bytes), PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) return nullptr;
#if defined(MADV_HUGEPAGE)
  madvise(pages, static_cast<size_t>(bytes), MADV_HUGEPAGE);  // fewer TLB misses; a wish only
#endif
  return static_cast<unsigned char*>(pages);
#endif
}

void free_pages(unsigned char* pages, int64_t bytes) {
#if defined(_WIN32)
  (void)bytes;
  VirtualFree(pages, 0, MEM_RELEASE);
#else
  munmap(pages, static_cast<size_t>(bytes));
#endif
}

}  // namespace

const char* memory_category_name(MemoryCategory category) {
  static constexpr const char* kNames[kMemoryCategories] = {
      "weights", "adapter", "gradients", "optimizer", "activations", "workspace"};
  return kNames[static_cast<int>(category)];
}

int64_t MemoryTotals::total() const {
  int64_t sum = 0;
  for (int64_t part : bytes) sum += part;
  return sum;
}

Arena::Arena() = default;

Arena::Arena(int64_t bytes) {
  const int64_t available = memory_available();
  if (bytes < 0 || bytes > std::numeric_limits<int64_t>::max() - kAlignment) {
    out_of_memory(bytes, available);
  }
  // Systems promise more than they have and end the process when the promise is called in, so
  // what is not there now is refused now.
  if (available > 0 && bytes > available) out_of_memory(bytes, available);
  size_ = std::max(bytes, kAlignment);  // never null: a null base means counting
  base_ = allocate_pages(size_);
  if (!base_) out_of_memory(bytes, available);
}

Arena::~Arena() {
  if (base_) free_pages(base_, size_);
}

void* Arena::take_bytes(MemoryCategory category, int64_t bytes) {
  constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
  if (bytes < 0 || bytes > kMax - kAlignment) out_of_memory(kMax, memory_available());
  const int64_t rounded = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  if (rounded > kMax - used_) out_of_memory(kMax, memory_available());
  if (base_ && used_ + rounded > size_) {
    throw Error("INTERNAL", {{"reason", "memory outside of the plan"},
                             {"planned", std::to_string(size_)},
                             {"taken", std::to_string(used_ + rounded)}});
  }
  unsigned char* region = base_ ? base_ + used_ : nullptr;
  used_ += rounded;
  // Only growth counts, so that the categories always sum to the capacity.
  if (used_ > high_water_) {
    totals_.bytes[static_cast<int>(category)] += used_ - high_water_;
    high_water_ = used_;
  }
  return region;
}

}  // namespace neiro
