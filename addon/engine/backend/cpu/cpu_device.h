// The processor as a device: its memory is the host's, so a mapped file is used where it lies and a
// copy is a memcpy.
#pragma once

#include <map>
#include <memory>

#include "backend/cpu/kernels.h"
#include "backend/device.h"
#include "core/pages.h"

namespace neiro {

class CpuDevice : public Device {
 public:
  // All must outlive the device; `exact` does what must not be rounded, null = the kernels do.
  CpuDevice(const Kernels& kernels, ThreadPool& pool, const Kernels* exact = nullptr);

  const Kernels& kernels() const { return kernels_; }
  const Workers& workers() const { return workers_; }

  const char* name() const override { return kernels_.name; }
  const CpuDevice& exact() const override { return exact_ == nullptr ? *this : *exact_; }
  bool shares_host_memory() const override { return true; }
  DevicePtr<std::byte> allocate(int64_t bytes) override;
  void release(DevicePtr<std::byte> memory) noexcept override;
  DevicePtr<std::byte> adopt(const void* mapped) const override;
  int64_t scratch_bytes(int threads, int64_t max_tokens, int max_head_dim) const override;
  void use_scratch(DevicePtr<std::byte> scratch) override;
  void synchronise() const override {}  // every operation has ended when it returns

 protected:
  void upload_bytes(DevicePtr<std::byte> to, const void* from, int64_t bytes) const override;
  void download_bytes(void* to, DevicePtr<const std::byte> from, int64_t bytes) const override;
  void copy_bytes(DevicePtr<std::byte> to, DevicePtr<const std::byte> from,
                  int64_t bytes) const override;
  void zero_bytes(DevicePtr<std::byte> to, int64_t bytes) const override;

 private:
  const Kernels& kernels_;
  Workers workers_;
  std::unique_ptr<CpuDevice> exact_;  // with the same pool and scratch; owns no memory
  std::map<std::byte*, std::unique_ptr<Pages>> allocated_;
};

// The operations of any CpuDevice: addresses and shapes are taken from matrices and checked, then
// the device's kernels do the work.
extern const Operations kCpuOperations;

}  // namespace neiro
