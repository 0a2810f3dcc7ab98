// look_for_gpu of backend/cuda/runtime.h: NVIDIA's run-time says who is there without entering it;
// what is free only the driver's library for administrators says so (NVML), which is looked for at
// run time.
#include <cstdio>

#include "backend/cuda/runtime_nvcc.h"

#if defined(_WIN32)
#include <windows.h>
#else
#include <dlfcn.h>
#endif

namespace neiro::cuda {
namespace {

constexpr int kLeastCompute = 75;  // of the code in this build (CMakeLists.txt)
constexpr int64_t kToEnter =
    512 << 20;  // of an H200, whose driver takes most; 200 to 400 MB of others

// NVML's own names and values, of which three functions are needed.
using NvmlDevice = struct nvmlDevice_st*;
struct NvmlMemory {
  unsigned long long total, free, used;
};
constexpr int kNvmlSuccess = 0;

class Nvml {
 public:
  Nvml() {
#if defined(_WIN32)
    library_ = LoadLibraryExA("nvml.dll", nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
#else
    library_ = dlopen("libnvidia-ml.so.1", RTLD_LAZY | RTLD_LOCAL);
#endif
    if (library_ == nullptr) return;
    init_ = function<int()>("nvmlInit_v2");
    shutdown_ = function<int()>("nvmlShutdown");
    handle_ = function<int(const char*, NvmlDevice*)>("nvmlDeviceGetHandleByUUID");
    memory_ = function<int(NvmlDevice, NvmlMemory*)>("nvmlDeviceGetMemoryInfo");
    there_ = init_ != nullptr && shutdown_ != nullptr && handle_ != nullptr && memory_ != nullptr &&
             init_() == kNvmlSuccess;
  }
  ~Nvml() {
    if (there_) shutdown_();
    if (library_ == nullptr) return;
#if defined(_WIN32)
    FreeLibrary(static_cast<HMODULE>(library_));
#else
    dlclose(library_);
#endif
  }
  Nvml(const Nvml&) = delete;
  Nvml& operator=(const Nvml&) = delete;

  std::optional<int64_t> memory_free(const char* uuid) const {
    NvmlDevice device = nullptr;
    NvmlMemory memory = {};
    if (!there_ || handle_(uuid, &device) != kNvmlSuccess ||
        memory_(device, &memory) != kNvmlSuccess) {
      return std::nullopt;
    }
    return static_cast<int64_t>(memory.free);
  }

 private:
  template <class F>
  F* function(const char* name) const {
#if defined(_WIN32)
    return reinterpret_cast<F*>(GetProcAddress(static_cast<HMODULE>(library_), name));
#else
    return reinterpret_cast<F*>(dlsym(library_, name));
#endif
  }

  void* library_ = nullptr;
  bool there_ = false;
  int (*init_)() = nullptr;
  int (*shutdown_)() = nullptr;
  int (*handle_)(const char*, NvmlDevice*) = nullptr;
  int (*memory_)(NvmlDevice, NvmlMemory*) = nullptr;
};

// GPU-01234567-89ab-cdef-0123-456789abcdef
std::string uuid_of(const cudaUUID_t& uuid) {
  std::string text = "GPU";
  for (int i = 0; i < 16; ++i) {
    if (i == 0 || i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    char byte[3];
    std::snprintf(byte, sizeof byte, "%02x", static_cast<unsigned char>(uuid.bytes[i]));
    text += byte;
  }
  return text;
}

// Why there is nobody: as find_gpu says it.
std::string reason_of(cudaError_t counted) {
  cudaGetLastError();
  int driver = 0;
  cudaDriverGetVersion(&driver);
  cudaGetLastError();
  if (counted == cudaErrorNoDevice) return "NO_GPU";
  if (counted != cudaErrorInsufficientDriver) return "GPU_FAILED";
  return driver == 0 ? "NO_DRIVER" : "DRIVER_TOO_OLD";
}

// Enters it, where nobody else says what is free.
std::optional<int64_t> memory_free_inside() {
  size_t free = 0, total = 0;
  if (cudaSetDevice(kGpu) == cudaSuccess && cudaMemGetInfo(&free, &total) == cudaSuccess) {
    return static_cast<int64_t>(free);
  }
  cudaGetLastError();
  return std::nullopt;
}

}  // namespace

std::optional<cudaDeviceProp> gpu_properties(std::string& why) {
  int count = 0;
  const cudaError_t counted = cudaGetDeviceCount(&count);
  if (counted != cudaSuccess || count == 0) {
    why = counted == cudaSuccess ? "NO_GPU" : reason_of(counted);
    return std::nullopt;
  }
  cudaDeviceProp properties;
  if (cudaGetDeviceProperties(&properties, kGpu) != cudaSuccess) {
    cudaGetLastError();
    why = "GPU_FAILED";
    return std::nullopt;
  }
  return properties;
}

Gpu described(const cudaDeviceProp& properties) {
  Gpu gpu;
  gpu.name = properties.name;
  gpu.major = properties.major;
  gpu.minor = properties.minor;
  gpu.processors = properties.multiProcessorCount;
  gpu.memory_total = static_cast<int64_t>(properties.totalGlobalMem);
  return gpu;
}

std::optional<Gpu> look_for_gpu(std::string& why) {
  const std::optional<cudaDeviceProp> properties = gpu_properties(why);
  if (!properties) return std::nullopt;
  Gpu gpu = described(*properties);
  if (10 * gpu.major + gpu.minor < kLeastCompute) {
    why = "GPU_TOO_OLD";
    return gpu;
  }
  std::optional<int64_t> free = Nvml().memory_free(uuid_of(properties->uuid).c_str());
  gpu.memory_to_enter = free ? kToEnter : 0;
  if (!free) free = memory_free_inside();
  if (!free) {
    why = "GPU_FAILED";
    return std::nullopt;
  }
  gpu.memory_free = *free;
  return gpu;
}

}  // namespace neiro::cuda
