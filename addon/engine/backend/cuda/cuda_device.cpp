// Memory, copies, and what operations find beside their arguments.
#include "backend/cuda/cuda_device.h"

#include <algorithm>
#include <utility>

#include "backend/cuda/operations.h"
#include "core/error.h"
#include "formats/matrix.h"

namespace neiro::cuda {

CudaDevice::CudaDevice(Gpu gpu, Compute compute)
    : Device(kOperations),
      gpu_(std::move(gpu)),
      compute_(gpu_.major >= kBf16Major ? compute : Compute::kF32),
      owns_codes_(true) {
  use_gpu();
  float codes[16 + 256 + 256];
  std::copy_n(kNf4Code, 16, codes);
  std::copy_n(kDynamicCode, 256, codes + 16);
  std::copy_n(kUnsignedDynamicCode, 256, codes + 16 + 256);
  codes_ = reinterpret_cast<float*>(gpu_allocate(sizeof codes));
  if (codes_ == nullptr) {
    throw Error("GPU_OUT_OF_MEMORY",
                {{"needed", std::to_string(sizeof codes)}, {"available", "0"}});
  }
  gpu_upload(codes_, codes, sizeof codes);
  if (compute_ != Compute::kF32) exact_.reset(new CudaDevice(*this));
}

CudaDevice::CudaDevice(const CudaDevice& owner)
    : Device(kOperations), gpu_(owner.gpu_), compute_(Compute::kF32), codes_(owner.codes_) {}

CudaDevice::~CudaDevice() {
  for (std::byte* memory : allocated_) gpu_free(memory);
  if (owns_codes_) gpu_free(reinterpret_cast<std::byte*>(codes_));
}

DevicePtr<std::byte> CudaDevice::allocate(int64_t bytes) {
  use_gpu();
  std::byte* memory = gpu_allocate(std::max<int64_t>(bytes, 1));
  if (memory == nullptr) {
    throw Error("GPU_OUT_OF_MEMORY", {{"needed", std::to_string(bytes)},
                                      {"available", std::to_string(gpu_memory_free())}});
  }
  gpu_zero(memory, bytes);
  allocated_.insert(memory);
  return device_pointer(memory);
}

void CudaDevice::release(DevicePtr<std::byte> memory) noexcept {
  if (allocated_.erase(device_address(memory)) > 0) gpu_free(device_address(memory));
}

int64_t CudaDevice::scratch_bytes(int, int64_t, int) const { return kScratchBytes; }

void CudaDevice::use_scratch(DevicePtr<std::byte> scratch) {
  scratch_ = device_address(scratch);
  if (exact_ != nullptr) exact_->use_scratch(scratch);
}

std::string CudaDevice::arithmetic() const {
  std::string text = "cuda-" + std::to_string(gpu_.major) + "." + std::to_string(gpu_.minor);
  return compute_ == Compute::kBf16 ? text + "-bf16" : text;
}

void CudaDevice::synchronise() const { gpu_synchronise(); }

void CudaDevice::upload_bytes(DevicePtr<std::byte> to, const void* from, int64_t bytes) const {
  if (bytes > 0) gpu_upload(device_address(to), from, bytes);
}
void CudaDevice::download_bytes(void* to, DevicePtr<const std::byte> from, int64_t bytes) const {
  if (bytes > 0) gpu_download(to, device_address(from), bytes);
}
void CudaDevice::copy_bytes(DevicePtr<std::byte> to, DevicePtr<const std::byte> from,
                            int64_t bytes) const {
  if (bytes > 0) gpu_copy(device_address(to), device_address(from), bytes);
}
void CudaDevice::zero_bytes(DevicePtr<std::byte> to, int64_t bytes) const {
  if (bytes > 0) gpu_zero(device_address(to), bytes);
}

std::unique_ptr<Device> open_cuda(Compute compute, std::string& why) {
  std::optional<Gpu> gpu = find_gpu(why);
  if (!gpu) return nullptr;
  return std::make_unique<CudaDevice>(*std::move(gpu), compute);
}

}  // namespace neiro::cuda
