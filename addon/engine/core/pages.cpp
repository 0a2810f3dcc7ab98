// One call to the system each way.
#include "core/pages.h"

#include <algorithm>
#include <limits>
#include <string>

#include "core/error.h"
#include "core/memory.h"

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#ifndef NOMINMAX
#define NOMINMAX
#endif
#include <windows.h>
#else
#include <sys/mman.h>
#endif

namespace neiro {
namespace {

constexpr int64_t kSmallest = 64;

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

}  // namespace

void out_of_memory(int64_t needed, int64_t available) {
  throw Error("OUT_OF_MEMORY",
              {{"needed", std::to_string(needed)}, {"available", std::to_string(available)}});
}

Pages::Pages(int64_t bytes) {
  const int64_t available = memory_available();
  if (bytes < 0 || bytes > std::numeric_limits<int64_t>::max() - kSmallest) {
    out_of_memory(bytes, available);
  }
  // Systems promise more than they have and end the process when the promise is called in, so
  // what is not there now is refused now.
  if (available > 0 && bytes > available) out_of_memory(bytes, available);
  size_ = std::max(bytes, kSmallest);
  data_ = allocate_pages(size_);
  if (data_ == nullptr) out_of_memory(bytes, available);
}

Pages::~Pages() {
#if defined(_WIN32)
  VirtualFree(data_, 0, MEM_RELEASE);
#else
  munmap(data_, static_cast<size_t>(size_));
#endif
}

}  // namespace neiro
