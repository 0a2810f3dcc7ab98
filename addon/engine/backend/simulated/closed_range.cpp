// Addresses are reserved once, far more than a test takes; what is taken is the first place that
// fits.
#if defined(NEIRO_TESTS)

#include "backend/simulated/closed_range.h"

#include <iterator>

#include "core/error.h"
#include "core/memory.h"
#include "core/pages.h"

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

constexpr int64_t kReserved = int64_t{64} << 30;
// No page of any system is larger, but for the huge ones, which are not to be split at the end of
// what is open.
constexpr int64_t kBlock = int64_t{64} << 10, kHuge = int64_t{2} << 20;

int64_t rounded(int64_t bytes, int64_t to) { return (bytes + to - 1) / to * to; }

#if defined(_WIN32)
unsigned char* reserve() {
  return static_cast<unsigned char*>(
      VirtualAlloc(nullptr, static_cast<size_t>(kReserved), MEM_RESERVE, PAGE_NOACCESS));
}
void unreserve(unsigned char* base) { VirtualFree(base, 0, MEM_RELEASE); }
bool commit(unsigned char* at, int64_t bytes) {
  return VirtualAlloc(at, static_cast<size_t>(bytes), MEM_COMMIT, PAGE_NOACCESS) != nullptr;
}
void forget(unsigned char* at, int64_t bytes) {
  VirtualFree(at, static_cast<size_t>(bytes), MEM_DECOMMIT);
  commit(at, bytes);
}
bool set_access(unsigned char* at, int64_t bytes, bool open) {
  DWORD before = 0;
  return VirtualProtect(at, static_cast<size_t>(bytes), open ? PAGE_READWRITE : PAGE_NOACCESS,
                        &before);
}
#else
unsigned char* reserve() {
  void* base = mmap(nullptr, static_cast<size_t>(kReserved), PROT_NONE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED) return nullptr;
#if defined(MADV_HUGEPAGE)
  madvise(base, static_cast<size_t>(kReserved), MADV_HUGEPAGE);  // fewer pages to open; a wish only
#endif
  return static_cast<unsigned char*>(base);
}
void unreserve(unsigned char* base) { munmap(base, static_cast<size_t>(kReserved)); }
bool commit(unsigned char*, int64_t) { return true; }
void forget(unsigned char* at, int64_t bytes) {
  madvise(at, static_cast<size_t>(bytes), MADV_DONTNEED);
}
bool set_access(unsigned char* at, int64_t bytes, bool open) {
  return mprotect(at, static_cast<size_t>(bytes), open ? PROT_READ | PROT_WRITE : PROT_NONE) == 0;
}
#endif

void protect(unsigned char* base, int64_t bytes, bool open) {
  if (bytes > 0 && !set_access(base, bytes, open)) {
    throw Error("INTERNAL", {{"reason", "memory of the simulated device"}});
  }
}

}  // namespace

ClosedRange::ClosedRange() : base_(reserve()) {
  if (base_ == nullptr) out_of_memory(kReserved, memory_available());
}

ClosedRange::~ClosedRange() { unreserve(base_); }

int64_t ClosedRange::place_for(int64_t size) {
  for (auto gap = free_.begin(); gap != free_.end(); ++gap) {
    const auto [offset, room] = *gap;
    if (room < size) continue;
    free_.erase(gap);
    if (room > size) free_.emplace(offset + size, room - size);
    return offset;
  }
  const int64_t offset = used_, used = rounded(used_ + size, kHuge);
  if (used > kReserved || !commit(base_ + used_, used - used_)) {
    out_of_memory(size, kReserved - used_);
  }
  if (used > offset + size) free_.emplace(offset + size, used - offset - size);
  used_ = used;
  return offset;
}

unsigned char* ClosedRange::take(int64_t bytes) {
  const int64_t available = memory_available();
  if (bytes < 0 || bytes > kReserved || (available > 0 && bytes > available)) {
    out_of_memory(bytes, available);
  }
  const int64_t size = rounded(bytes > 0 ? bytes : 1, kBlock);
  const int64_t offset = place_for(size);
  taken_.emplace(offset, size);
  return base_ + offset;
}

void ClosedRange::give_back(unsigned char* block) noexcept {
  const auto found = taken_.find(block - base_);
  if (found == taken_.end()) return;
  auto [offset, size] = *found;
  taken_.erase(found);
  forget(base_ + offset, size);
  auto after = free_.lower_bound(offset);
  if (after != free_.end() && after->first == offset + size) {
    size += after->second;
    after = free_.erase(after);
  }
  if (after != free_.begin()) {
    const auto before = std::prev(after);
    if (before->first + before->second == offset) {
      before->second += size;
      return;
    }
  }
  free_.emplace(offset, size);
}

void ClosedRange::open() const { protect(base_, used_, true); }
void ClosedRange::close() const { protect(base_, used_, false); }

}  // namespace neiro

#endif
