// A GPU as a layout asks for it, to count what a plan takes of it without entering it (gpu_view.h).
// Nothing is placed on it and nothing runs.
#pragma once

#include "backend/cuda/cuda_device.h"
#include "backend/cuda/operations.h"
#include "core/error.h"

namespace neiro::cuda {

class UnenteredGpu : public Device {
 public:
  UnenteredGpu() : Device(kOperations) {}

  const char* name() const override { return "cuda"; }
  const Device& exact() const override { return *this; }
  bool shares_host_memory() const override { return false; }
  DevicePtr<std::byte> allocate(int64_t) override { refuse(); }
  void release(DevicePtr<std::byte>) noexcept override {}
  DevicePtr<std::byte> adopt(const void*) const override { return nullptr; }
  int64_t scratch_bytes(int, int64_t, int) const override { return kScratchBytes; }
  void use_scratch(DevicePtr<std::byte>) override { refuse(); }
  void synchronise() const override { refuse(); }

 protected:
  void upload_bytes(DevicePtr<std::byte>, const void*, int64_t) const override { refuse(); }
  void download_bytes(void*, DevicePtr<const std::byte>, int64_t) const override { refuse(); }
  void copy_bytes(DevicePtr<std::byte>, DevicePtr<const std::byte>, int64_t) const override {
    refuse();
  }
  void zero_bytes(DevicePtr<std::byte>, int64_t) const override { refuse(); }

 private:
  [[noreturn]] static void refuse() {
    throw Error("INTERNAL", {{"reason", "a GPU that was only counted for was used"}});
  }
};

}  // namespace neiro::cuda
