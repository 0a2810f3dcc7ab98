// Probe, headers, plan, ceilings, combining.
#include "machine.h"

#include <string>

#include "backend/calibration.h"
#include "backend/gpu_view.h"
#include "backend/open_device.h"
#include "convert.h"
#include "core/memory.h"
#include "core/option.h"
#include "core/processor.h"
#include "model/families/families.h"
#include "session/chosen_device.h"
#include "worker.h"

namespace neiro::binding {
namespace {

struct Probe {
  std::string backend;
  bool bf16 = false;
  int processors = 0;
  std::string processor_name;
  int64_t memory_total = 0;
  int64_t memory_available = 0;
  GpuView gpu;
};

// Who is there, or why it cannot be used: one of both is null.
void set_gpu(Napi::Object& probe, const GpuView& gpu) {
  const Napi::Env env = probe.Env();
  Napi::Object value = Napi::Object::New(env);
  value.Set("name", gpu.name);
  if (!gpu.usable()) {
    value.Set("reason", gpu.why_not);
    probe.Set("gpu", env.Null());
    probe.Set("noGpu", value);
    return;
  }
  value.Set("compute", std::to_string(gpu.major) + "." + std::to_string(gpu.minor));
  value.Set("bf16", gpu.bf16);
  value.Set("memoryBytes", static_cast<double>(gpu.memory_total));
  value.Set("memoryFreeBytes", static_cast<double>(gpu.memory_free));
  probe.Set("gpu", value);
  probe.Set("noGpu", env.Null());
}

Napi::Value probe_value(Napi::Env env, Probe& probe) {
  Napi::Object value = Napi::Object::New(env);
  value.Set("version", NEIRO_VERSION);
  value.Set("backend", probe.backend);
  value.Set("bf16", probe.bf16);
  value.Set("processors", probe.processors);
  value.Set("processorName", probe.processor_name);
  value.Set("memoryBytes", static_cast<double>(probe.memory_total));
  value.Set("memoryAvailableBytes", static_cast<double>(probe.memory_available));
  const std::vector<std::string>& known = known_families();
  Napi::Array families = Napi::Array::New(env, known.size());
  for (uint32_t i = 0; i < known.size(); ++i) families.Set(i, known[i]);
  value.Set("families", families);
  set_gpu(value, probe.gpu);
  return value;
}

Napi::Value calibration_value(Napi::Env env, Calibration& calibration) {
  Napi::Object value = Napi::Object::New(env);
  value.Set("peakGflops", calibration.peak_gflops);
  value.Set("copyGBps", calibration.copy_gbps);
  value.Set("productGflopsF32", calibration.product_gflops_f32);
  value.Set("productGflopsNf4", calibration.product_gflops_nf4);
  value.Set("peakGflopsBf16", calibration.peak_gflops_bf16);
  value.Set("productGflopsBf16", calibration.product_gflops_bf16);
  value.Set("productGflopsNf4Bf16", calibration.product_gflops_nf4_bf16);
  value.Set("productGflopsInt8", calibration.product_gflops_int8);
  value.Set("productGflopsInt8Bf16", calibration.product_gflops_int8_bf16);
  value.Set("peakGflopsInt8", calibration.peak_gflops_int8);
  value.Set("productGflopsInInt8", calibration.product_gflops_in_int8);
  return value;
}

}  // namespace

Napi::Value probe(const Napi::CallbackInfo& info) {
  return promise_of(info.Env(), [&] {
    return Worker<Probe>::start(
        info.Env(),
        [](Probe& probe) {
          ThreadPool pool(1);  // only asked for its name
          probe.backend = open_device(pool)->name();
          probe.bf16 = cpu_has_bf16();
          probe.processors = available_processors();
          probe.processor_name = processor_name();
          probe.memory_total = memory_total();
          probe.memory_available = memory_available();
          probe.gpu = look_at_gpu();
        },
        probe_value);
  });
}

Napi::Value inspect_model(const Napi::CallbackInfo& info) {
  return promise_of(info.Env(), [&] {
    return Worker<ModelInfo>::start(
        info.Env(),
        [dir = text_argument(info, 0, "modelDir")](ModelInfo& result) {
          result = neiro::inspect_model(dir);
        },
        model_info_value);
  });
}

Napi::Value plan_memory(const Napi::CallbackInfo& info) {
  return promise_of(info.Env(), [&] {
    return Worker<MemoryPlan>::start(
        info.Env(),
        [options = open_options(info[0])](MemoryPlan& plan) { plan = neiro::plan_memory(options); },
        memory_plan_value);
  });
}

Napi::Value calibrate(const Napi::CallbackInfo& info) {
  return promise_of(info.Env(), [&] {
    const int64_t threads = integer_argument(info, 0, "threads");
    require_option(threads >= 0 && threads <= 1024, "threads", threads,
                   "a whole number from 0 to 1024");
    const DeviceChoice device = device_argument(info, 1, "device");
    return Worker<Calibration>::start(
        info.Env(),
        [threads, device](Calibration& result) {
          result = neiro::calibrate(static_cast<int>(threads), device);
        },
        calibration_value);
  });
}

Napi::Value combine_adapters(const Napi::CallbackInfo& info) {
  return promise_of(info.Env(), [&] {
    return Worker<Nothing>::start(
        info.Env(),
        [options = combine_options(info[0])](Nothing&) { neiro::combine_adapters(options); },
        undefined);
  });
}

}  // namespace neiro::binding
