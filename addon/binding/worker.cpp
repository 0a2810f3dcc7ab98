// Errors on their way to JavaScript.
#include "worker.h"

namespace neiro::binding {

Napi::Value error_value(Napi::Env env, const Error& error) {
  const Napi::Object value = Napi::Error::New(env, error.message).Value();
  Napi::Object details = Napi::Object::New(env);
  for (const auto& [name, text] : error.details) details.Set(name, text);
  value.Set("code", error.code);
  value.Set("hint", error.hint);
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
    return {"BAD_OPTION", error.Message(), "Correct the arguments of this call."};
  } catch (const std::bad_alloc&) {
    return {"OUT_OF_MEMORY",
            "The run does not fit into the memory of this machine.",
            "Close other programs, or choose a smaller model, shorter examples or a smaller batch.",
            {{"needed", "unknown"}, {"available", "unknown"}}};
  } catch (const std::exception& error) {
    return {"INTERNAL",
            std::string("Something unexpected happened: ") + error.what(),
            "Please report this; the run is safe up to its last checkpoint.",
            {{"reason", error.what()}}};
  }
}

}  // namespace neiro::binding
