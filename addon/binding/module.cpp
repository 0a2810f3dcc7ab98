// What the native module exports (index.d.ts is its manual), and its test build besides
// (proofs.d.ts).
#include <napi.h>

#include "machine.h"
#include "session_object.h"
#if defined(NEIRO_PROOFS)
#include "proofs/proofs.h"
#endif

namespace neiro::binding {
namespace {

Napi::Object define_exports(Napi::Env env, Napi::Object exports) {
  const Napi::Function session = SessionObject::define(env);
  // Per environment, freed with it: nothing in this module is static and changes.
  env.SetInstanceData(new Napi::FunctionReference(Napi::Persistent(session)));
  exports.Set("Session", session);
  const auto set = [&](const char* name, auto function) {
    exports.Set(name, Napi::Function::New(env, function, name));
  };
  set("probe", probe);
  set("inspectModel", inspect_model);
  set("planMemory", plan_memory);
  set("calibrate", calibrate);
  set("combineAdapters", combine_adapters);
#if defined(NEIRO_PROOFS)
  define_proofs(env, exports);
#endif
  return exports;
}

}  // namespace
}  // namespace neiro::binding

static Napi::Object init(Napi::Env env, Napi::Object exports) {
  return neiro::binding::define_exports(env, exports);
}
NODE_API_MODULE(neiro, init)
