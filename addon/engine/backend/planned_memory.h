// What a session holds on the host and on its device, in one plan: every layout function takes its
// regions from here, first counting, then placing (core/arena.h). Two arenas, each over a single
// allocation; one where the device reads the host's memory, so that there host staging and device
// scratch may share their place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "backend/device.h"
#include "core/arena.h"
#include "core/pages.h"

namespace neiro {

// Bytes on the host alone and on the device (with the host's where memory is shared).
struct MemorySize {
  int64_t host = 0;
  int64_t device = 0;
  int64_t total() const { return host + device; }
};

class PlannedMemory {
 public:
  // Counting: what is taken is null.
  explicit PlannedMemory(const Device& device);
  // Placing: allocates what was counted, once. Throws Error OUT_OF_MEMORY {needed, available}.
  // The device must outlive it.
  PlannedMemory(Device& device, const MemorySize& size);
  ~PlannedMemory();
  PlannedMemory(const PlannedMemory&) = delete;
  PlannedMemory& operator=(const PlannedMemory&) = delete;

  bool counting() const { return device_ == nullptr; }
  MemorySize size() const;
  MemoryTotals totals() const;         // host and device together
  MemoryTotals device_totals() const;  // of them in the memory that only the device has

  // Memory of the device, zeroed at first.
  template <class T>
  DevicePtr<T> take(MemoryCategory category, int64_t count) {
    return device_pointer(on_device_->take<T>(category, count));
  }
  Matrix take_matrix(MemoryCategory category, int64_t rows, int64_t cols,
                     DType dtype = DType::kF32);
  // Memory of the host: staging for uploads and downloads, and what only the host computes with.
  template <class T>
  T* take_host(MemoryCategory category, int64_t count) {
    return on_host_->take<T>(category, count);
  }

  // Lays out parts that are never used at the same time, each over the same place.
  template <class... Parts>
  void share(Parts&&... parts) {
    const Mark begin = mark();
    Mark end = begin;
    ((release(begin), parts(), end = higher(end, mark())), ...);
    release(end);
  }

 private:
  struct Mark {
    int64_t host, device;
  };
  Mark mark() const { return {on_host_->mark(), on_device_->mark()}; }
  void release(const Mark& mark) {
    on_host_->release(mark.host);
    on_device_->release(mark.device);
  }
  static Mark higher(const Mark& a, const Mark& b) {
    return {a.host > b.host ? a.host : b.host, a.device > b.device ? a.device : b.device};
  }

  Device* device_ = nullptr;  // null while counting
  bool shared_ = false;
  std::unique_ptr<Pages> host_pages_;
  DevicePtr<std::byte> device_bytes_;
  std::unique_ptr<Arena> device_arena_;
  std::unique_ptr<Arena> host_arena_;  // null where shared
  Arena* on_device_ = nullptr;
  Arena* on_host_ = nullptr;
};

}  // namespace neiro
