// A memory plan as JavaScript sees it.
#include "convert.h"

namespace neiro::binding {
namespace {

void set_parts(Napi::Object value, const MemoryParts& parts) {
  const auto set = [&](const char* name, int64_t bytes) {
    value.Set(name, static_cast<double>(bytes));
  };
  set("weights", parts.weights);
  set("adapter", parts.adapter);
  set("gradients", parts.gradients);
  set("optimizer", parts.optimizer);
  set("activations", parts.activations);
  set("workspace", parts.workspace);
  set("runtime", parts.runtime);
  set("total", parts.total());
}

}  // namespace

Napi::Value memory_plan_value(Napi::Env env, const MemoryPlan& plan) {
  Napi::Object value = Napi::Object::New(env);
  set_parts(value, plan);
  if (plan.on_gpu.total() > 0) {
    Napi::Object on_gpu = Napi::Object::New(env);
    set_parts(on_gpu, plan.on_gpu);
    value.Set("onGpu", on_gpu);
  } else {
    value.Set("onGpu", env.Null());
  }
  if (plan.not_on_gpu.empty()) {
    value.Set("notOnGpu", env.Null());
  } else {
    value.Set("notOnGpu", plan.not_on_gpu);
  }
  value.Set("gpuName", plan.gpu_name);
  value.Set("gpuWanted", static_cast<double>(plan.gpu_wanted));
  value.Set("gpuFree", static_cast<double>(plan.gpu_free));
  value.Set("gpuTotal", static_cast<double>(plan.gpu_total));
  return value;
}

}  // namespace neiro::binding
