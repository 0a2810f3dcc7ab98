// Pages of the system, and memcpy.
#include "backend/cpu/cpu_device.h"

#include <algorithm>
#include <cstring>

namespace neiro {
namespace {

size_t size_of(int64_t bytes) { return static_cast<size_t>(bytes); }

}  // namespace

CpuDevice::CpuDevice(const Kernels& kernels, ThreadPool& pool, const Kernels* exact)
    : Device(kCpuOperations), kernels_(kernels) {
  workers_.pool = &pool;
  if (exact != nullptr) exact_ = std::make_unique<CpuDevice>(*exact, pool);
}

DevicePtr<std::byte> CpuDevice::allocate(int64_t bytes) {
  auto pages = std::make_unique<Pages>(bytes);
  std::byte* address = reinterpret_cast<std::byte*>(pages->data());
  allocated_.emplace(address, std::move(pages));
  return device_pointer(address);
}

void CpuDevice::release(DevicePtr<std::byte> memory) noexcept {
  allocated_.erase(device_address(memory));
}

DevicePtr<std::byte> CpuDevice::adopt(const void* mapped) const {
  return device_pointer(static_cast<std::byte*>(const_cast<void*>(mapped)));
}

int64_t CpuDevice::scratch_bytes(int threads, int64_t max_tokens, int max_head_dim) const {
  const int64_t own = kernels_.scratch_bytes(threads, static_cast<int>(max_tokens), max_head_dim);
  if (exact_ == nullptr) return own;
  return std::max(own, exact_->scratch_bytes(threads, max_tokens, max_head_dim));
}

void CpuDevice::use_scratch(DevicePtr<std::byte> scratch) {
  workers_.scratch = reinterpret_cast<unsigned char*>(device_address(scratch));
  if (exact_ != nullptr) exact_->use_scratch(scratch);
}

void CpuDevice::upload_bytes(DevicePtr<std::byte> to, const void* from, int64_t bytes) const {
  if (bytes > 0) std::memcpy(device_address(to), from, size_of(bytes));
}

void CpuDevice::download_bytes(void* to, DevicePtr<const std::byte> from, int64_t bytes) const {
  if (bytes > 0) std::memcpy(to, device_address(from), size_of(bytes));
}

void CpuDevice::copy_bytes(DevicePtr<std::byte> to, DevicePtr<const std::byte> from,
                           int64_t bytes) const {
  if (bytes > 0) std::memcpy(device_address(to), device_address(from), size_of(bytes));
}

void CpuDevice::zero_bytes(DevicePtr<std::byte> to, int64_t bytes) const {
  std::byte* memory = device_address(to);
  workers_.pool->parallel_for(bytes, [&](int64_t begin, int64_t end, int) {
    std::memset(memory + begin, 0, size_of(end - begin));
  });
}

}  // namespace neiro
