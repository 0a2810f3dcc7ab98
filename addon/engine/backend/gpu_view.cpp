// Asked of the run-time, where there is one in this build.
#include "backend/gpu_view.h"

#include "core/error.h"
#if defined(NEIRO_CUDA) || defined(NEIRO_CUDA_EMULATED)
#include "backend/cuda/cuda_device.h"
#endif

namespace neiro {

GpuView look_at_gpu() {
  GpuView view;
#if defined(NEIRO_CUDA) || defined(NEIRO_CUDA_EMULATED)
  const std::optional<cuda::Gpu> gpu = cuda::look_for_gpu(view.why_not);
  if (!gpu) return view;
  view.name = gpu->name;
  view.major = gpu->major;
  view.minor = gpu->minor;
  view.bf16 = gpu->major >= cuda::kBf16Major;
  view.memory_total = gpu->memory_total;
  view.memory_free = gpu->memory_free;
  view.memory_to_enter = gpu->memory_to_enter;
#else
  view.why_not = "NOT_BUILT";
#endif
  return view;
}

GpuView usable_gpu() {
  GpuView view = look_at_gpu();
  if (!view.usable()) throw Error("GPU_NOT_USABLE", {{"gpu", view.why_not}});
  return view;
}

}  // namespace neiro
