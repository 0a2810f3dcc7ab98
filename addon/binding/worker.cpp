// Errors on their way to JavaScript.
#include "worker.h"

#include "core/memory.h"

namespace neiro::binding {

Napi::Value error_value(Napi::Env env, const Error& error) {
  const Napi::Object value = Napi::Error::New(env, error.what()).Value();
  Napi::Object details = Napi::Object::New(env);
  for (const auto& [name, text] : error.details) details.Set(name, text);
  value.Set("code", error.code);
  value.Set("details", details);
  return value;
}

Error current_error() {
  try {
    throw;
  } catch (const Error& error) {
    return error;
  } catch (const Napi::Error& error) {
    // A getter of the caller's object threw, or the object was of no use.
    return Error("BAD_OPTION", {{"option", "arguments"},
                                {"value", error.Message()},
                                {"expected", "plain objects of the kinds in index.d.ts"}});
  } catch (const std::bad_alloc&) {
    // Outside of the plan, so what was asked for is not known.
    return Error("OUT_OF_MEMORY",
                 {{"needed", "?"}, {"available", std::to_string(memory_available())}});
  } catch (const std::exception& error) {
    return Error("INTERNAL", {{"reason", error.what()}});
  }
}

}  // namespace neiro::binding
