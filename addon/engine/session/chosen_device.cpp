// A plan for the GPU where it may be taken; else one for the CPU, with the reason.
#include "session/chosen_device.h"

#include "backend/gpu_view.h"
#include "backend/open_device.h"
#include "core/error.h"

namespace neiro {
namespace {

Compute fastest_compute(DeviceChoice choice, const GpuView& gpu) {
  const bool on_gpu = said_device(choice) == DeviceChoice::kCuda;
  return (on_gpu ? gpu.bf16 : cpu_has_bf16()) ? Compute::kBf16 : Compute::kF32;
}

void tell_of(const GpuView& gpu, MemoryPlan& plan) {
  plan.gpu_name = gpu.name;
  plan.gpu_free = gpu.memory_free;
  plan.gpu_total = gpu.memory_total;
}

ChosenDevice planned(const OpenOptions& options, DeviceChoice choice, const GpuView& gpu) {
  ChosenDevice chosen;
  chosen.choice = choice;
  chosen.compute = options.compute.value_or(fastest_compute(choice, gpu));
  SessionMemory memory(options);
  ThreadPool pool(1);  // counting computes nothing
  const std::unique_ptr<Device> device = counting_device(pool, chosen.compute, choice);
  PlannedMemory counting(*device);
  memory.place(counting, *device);
  chosen.size = counting.size();
  chosen.plan = plan_of(counting, memory);
  if (said_device(choice) != DeviceChoice::kCuda) return chosen;
  chosen.plan.on_gpu = parts_of(counting.device_totals());
  chosen.plan.on_gpu.runtime = gpu.memory_to_enter;
  chosen.plan.runtime += gpu.memory_to_enter;
  tell_of(gpu, chosen.plan);
  return chosen;
}

}  // namespace

ChosenDevice choose_device(const OpenOptions& options) {
  const DeviceChoice asked = options.device;
  if (asked == DeviceChoice::kCpu || asked == DeviceChoice::kUnsaid) {
    // what a test names in NEIRO_DEVICE is opened unseen, and refuses by itself
    return planned(options, asked, GpuView());
  }
  const bool in_bytes = options.compute == Compute::kInt8;
  if (in_bytes && asked == DeviceChoice::kCuda) {
    throw Error("NO_INT8_PRODUCTS", {{"backend", "cuda"}});
  }
  const GpuView gpu = asked == DeviceChoice::kCuda ? usable_gpu() : look_at_gpu();
  std::string why_not = gpu.why_not;
  int64_t wanted = 0;
  if (gpu.usable() && in_bytes) why_not = "GPU_WITHOUT_INT8";
  if (gpu.usable() && !in_bytes) {
    ChosenDevice on_gpu = planned(options, DeviceChoice::kCuda, gpu);
    wanted = on_gpu.plan.on_gpu.total();
    if (asked == DeviceChoice::kCuda || wanted <= gpu.memory_free) return on_gpu;
    why_not = "GPU_MEMORY";
  }
  ChosenDevice on_cpu = planned(options, DeviceChoice::kCpu, gpu);
  on_cpu.plan.not_on_gpu = why_not;
  on_cpu.plan.gpu_wanted = wanted;
  tell_of(gpu, on_cpu.plan);
  return on_cpu;
}

MemoryPlan plan_memory(const OpenOptions& options) { return choose_device(options).plan; }

std::unique_ptr<Device> open_chosen(const ChosenDevice& chosen, ThreadPool& pool) {
  const MemoryPlan& plan = chosen.plan;
  if (plan.gpu_total > 0 && plan.on_gpu.total() > plan.gpu_free) {
    throw Error("GPU_OUT_OF_MEMORY", {{"needed", std::to_string(plan.on_gpu.total())},
                                      {"available", std::to_string(plan.gpu_free)}});
  }
  return open_device(pool, chosen.compute, chosen.choice);
}

}  // namespace neiro
