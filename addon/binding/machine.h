// What the module does without a session: the machine, a model folder, a memory plan, adapters as
// one.
#pragma once

#include <napi.h>

namespace neiro::binding {

Napi::Value probe(const Napi::CallbackInfo& info);
Napi::Value inspect_model(const Napi::CallbackInfo& info);
Napi::Value plan_memory(const Napi::CallbackInfo& info);
Napi::Value calibrate(const Napi::CallbackInfo& info);
Napi::Value combine_adapters(const Napi::CallbackInfo& info);

}  // namespace neiro::binding
