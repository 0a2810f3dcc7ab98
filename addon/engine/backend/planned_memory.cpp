// Two arenas, or one that serves as both.
#include "backend/planned_memory.h"

namespace neiro {

PlannedMemory::PlannedMemory(const Device& device)
    : shared_(device.shares_host_memory()), device_arena_(std::make_unique<Arena>()) {
  if (!shared_) host_arena_ = std::make_unique<Arena>();
  on_device_ = device_arena_.get();
  on_host_ = shared_ ? on_device_ : host_arena_.get();
}

PlannedMemory::PlannedMemory(Device& device, const MemorySize& size)
    : device_(&device), shared_(device.shares_host_memory()) {
  if (!shared_) {
    host_pages_ = std::make_unique<Pages>(size.host);
    host_arena_ = std::make_unique<Arena>(host_pages_->data(), size.host);
  }
  device_bytes_ = device.allocate(size.device);
  // An arena moves an address along; it never reads what is there.
  device_arena_ = std::make_unique<Arena>(
      reinterpret_cast<unsigned char*>(device_address(device_bytes_)), size.device);
  on_device_ = device_arena_.get();
  on_host_ = shared_ ? on_device_ : host_arena_.get();
}

PlannedMemory::~PlannedMemory() {
  if (device_ != nullptr) device_->release(device_bytes_);
}

MemorySize PlannedMemory::size() const {
  MemorySize size;
  size.device = on_device_->capacity();
  if (!shared_) size.host = on_host_->capacity();
  return size;
}

MemoryTotals PlannedMemory::totals() const {
  MemoryTotals totals = on_device_->totals();
  for (int i = 0; i < kMemoryCategories && !shared_; ++i) {
    totals.bytes[i] += on_host_->totals().bytes[i];
  }
  return totals;
}

MemoryTotals PlannedMemory::device_totals() const {
  return shared_ ? MemoryTotals() : on_device_->totals();
}

Matrix PlannedMemory::take_matrix(MemoryCategory category, int64_t rows, int64_t cols,
                                  DType dtype) {
  Matrix matrix;
  matrix.dtype = dtype;
  matrix.rows = rows;
  matrix.cols = cols;
  matrix.data = take<std::byte>(category, rows * cols * element_bytes(dtype));
  return matrix;
}

}  // namespace neiro
