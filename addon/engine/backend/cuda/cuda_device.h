// An NVIDIA GPU as a device: memory of its own, everything in order of one stream. Compute::kBf16
// multiplies on its tensor cores (compute 8.0 and above), Compute::kF32 without rounding factors.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "backend/compute.h"
#include "backend/cuda/runtime.h"
#include "backend/device.h"

namespace neiro::cuda {

// Bytes of scratch that operations use: sums in parts, of one number or of a product.
inline constexpr int64_t kScratchBytes = int64_t{16} << 20;

// Below it the tensor cores know no BF16; products are F32 then.
inline constexpr int kBf16Major = 8;

class CudaDevice : public Device {
 public:
  CudaDevice(Gpu gpu, Compute compute);
  ~CudaDevice() override;

  const Gpu& gpu() const { return gpu_; }
  Compute compute() const { return compute_; }
  // The values of the codes of NF4 [16], and of the signed (its scales) and the unsigned dynamic
  // map [256 each], on the device.
  const float* codes() const { return codes_; }
  // kScratchBytes that one operation may use until it is done.
  std::byte* scratch() const { return scratch_; }

  const char* name() const override { return "cuda"; }
  std::string arithmetic() const override;
  const Device& exact() const override { return exact_ == nullptr ? *this : *exact_; }
  bool shares_host_memory() const override { return false; }
  DevicePtr<std::byte> allocate(int64_t bytes) override;
  void release(DevicePtr<std::byte> memory) noexcept override;
  DevicePtr<std::byte> adopt(const void*) const override { return nullptr; }
  int64_t scratch_bytes(int threads, int64_t max_tokens, int max_head_dim) const override;
  void use_scratch(DevicePtr<std::byte> scratch) override;
  void synchronise() const override;

 protected:
  void upload_bytes(DevicePtr<std::byte> to, const void* from, int64_t bytes) const override;
  void download_bytes(void* to, DevicePtr<const std::byte> from, int64_t bytes) const override;
  void copy_bytes(DevicePtr<std::byte> to, DevicePtr<const std::byte> from,
                  int64_t bytes) const override;
  void zero_bytes(DevicePtr<std::byte> to, int64_t bytes) const override;

 private:
  // The exact one beside `owner`, with its memory.
  explicit CudaDevice(const CudaDevice& owner);

  Gpu gpu_;
  Compute compute_;
  std::unique_ptr<CudaDevice> exact_;
  float* codes_ = nullptr;
  bool owns_codes_ = false;
  std::byte* scratch_ = nullptr;
  std::set<std::byte*> allocated_;
};

inline const CudaDevice& cuda_device(const Device& device) {
  return static_cast<const CudaDevice&>(device);
}

// The device, or null and why there is none (runtime.h), or TOO_LITTLE_MEMORY.
std::unique_ptr<Device> open_cuda(Compute compute, std::string& why);

}  // namespace neiro::cuda
