// A device for tests: the CPU's operations on memory that the host really cannot reach. Its pages
// are closed (no read, no write) except while one of its operations or copies runs, so a host that
// looks behind a device pointer dies by a signal, and a forgotten upload reads zeros. What passes
// here touches device memory as a CUDA device would want it. In no build for users.
#pragma once

#include <memory>

#include "backend/cpu/cpu_device.h"
#include "backend/simulated/closed_range.h"

namespace neiro {

class SimulatedDevice : public Device {
 public:
  SimulatedDevice(const Kernels& kernels, ThreadPool& pool, const Kernels* exact = nullptr);

  // The CPU whose operations run here.
  const CpuDevice& cpu() const { return cpu_; }
  // All memory of this device, made accessible and closed again.
  void open() const;
  void close() const;

  const char* name() const override { return "simulated"; }
  const Device& exact() const override;
  bool shares_host_memory() const override { return false; }
  DevicePtr<std::byte> allocate(int64_t bytes) override;
  void release(DevicePtr<std::byte> memory) noexcept override;
  DevicePtr<std::byte> adopt(const void*) const override { return nullptr; }
  int64_t scratch_bytes(int threads, int64_t max_tokens, int max_head_dim) const override;
  void use_scratch(DevicePtr<std::byte> scratch) override;
  void synchronise() const override {}

 protected:
  void upload_bytes(DevicePtr<std::byte> to, const void* from, int64_t bytes) const override;
  void download_bytes(void* to, DevicePtr<const std::byte> from, int64_t bytes) const override;
  void copy_bytes(DevicePtr<std::byte> to, DevicePtr<const std::byte> from,
                  int64_t bytes) const override;
  void zero_bytes(DevicePtr<std::byte> to, int64_t bytes) const override;

 private:
  // Whose memory is `owner`'s.
  SimulatedDevice(const Kernels& kernels, ThreadPool& pool, const SimulatedDevice& owner);

  CpuDevice cpu_;
  const SimulatedDevice* owner_ = nullptr;
  std::unique_ptr<SimulatedDevice> exact_;
  ClosedRange memory_;
};

}  // namespace neiro
