// From JavaScript values to plain structs and back, on the main thread. Kinds are checked here,
// with the names of index.d.ts in the error; meanings are checked in the engine.
#pragma once

#include <napi.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "adapters/combine.h"
#include "backend/device_choice.h"
#include "session/session.h"

namespace neiro::binding {

// A named argument or option that is an object. Throws Error BAD_OPTION for anything else, and for
// keys that are not in `keys` when there are any (a misspelt option is an error).
class Options {
 public:
  Options(Napi::Value value, const std::string& name, std::initializer_list<const char*> keys = {});

  bool has(const char* key) const;  // there and not undefined
  Napi::Value get(const char* key) const { return object_.Get(key); }
  std::string text(const char* key) const;
  bool flag(const char* key) const;
  bool flag(const char* key, bool fallback) const { return has(key) ? flag(key) : fallback; }
  double number(const char* key) const;
  int64_t integer(const char* key) const;  // whole, within +-2^53
  std::vector<int32_t> tokens(const char* key) const;
  std::vector<float> floats(const char* key) const;
  std::vector<std::string> texts(const char* key) const;
  std::vector<int64_t> integers(const char* key) const;  // whole numbers from 0
  std::vector<double> reals(const char* key) const;
  // The members of an object, in its order.
  std::vector<std::pair<std::string, double>> numbers(const char* key) const;

 private:
  [[noreturn]] void refuse(const char* key, const char* expected) const;

  Napi::Object object_;
};

// Plain arguments.
std::string text_argument(const Napi::CallbackInfo& info, size_t index, const char* name);
int64_t integer_argument(const Napi::CallbackInfo& info, size_t index, const char* name);
// cpu or cuda; the CPU where it is absent.
DeviceChoice device_argument(const Napi::CallbackInfo& info, size_t index, const char* name);
std::vector<float> floats_argument(const Napi::CallbackInfo& info, size_t index, const char* name);
std::vector<int32_t> tokens_argument(const Napi::CallbackInfo& info, size_t index,
                                     const char* name);

OpenOptions open_options(Napi::Value value);
CombineOptions combine_options(Napi::Value value);
Batch batch(Napi::Value value);
// The same without what a score head learns from: labels where there are any, no targets.
Batch read_batch(Napi::Value value);
// Its tokens and lengths alone.
Batch text(Napi::Value value);
std::vector<Batch> batches(Napi::Value value);
StepOptions step_options(Napi::Value value);
Sampling sampling(Napi::Value value);
GenerateOptions generate_options(Napi::Value value);
ConversationOptions conversation_options(Napi::Value value);

Napi::Value said_value(Napi::Env env, const std::vector<Said>& said);
Napi::Value memory_plan_value(Napi::Env env, const MemoryPlan& plan);
Napi::Value model_info_value(Napi::Env env, const ModelInfo& info);
Napi::Value step_result_value(Napi::Env env, const StepResult& result);
Napi::Value state_info_value(Napi::Env env, const StateInfo& info);
Napi::Value float_array(Napi::Env env, const float* values, int64_t count);
Napi::Value byte_array(Napi::Env env, const std::vector<uint8_t>& values);

}  // namespace neiro::binding
