// What the calls of a session answer, in the words of index.d.ts.
#include "convert.h"

namespace neiro::binding {

Napi::Value said_value(Napi::Env env, const std::vector<Said>& said) {
  const auto score = [&](const TokenScore& one) {
    Napi::Object value = Napi::Object::New(env);
    value.Set("token", one.token);
    value.Set("logProbability", one.log_probability);
    return value;
  };
  Napi::Array all = Napi::Array::New(env, said.size());
  for (uint32_t i = 0; i < said.size(); ++i) {
    const Said& one = said[i];
    Napi::Object value = Napi::Object::New(env);
    value.Set("place", static_cast<double>(one.place));
    value.Set("token", one.token);
    switch (one.ended) {
      case Said::Ended::kNo:
        value.Set("ended", env.Null());
        break;
      case Said::Ended::kStop:
        value.Set("ended", "stop");
        break;
      case Said::Ended::kLength:
        value.Set("ended", "length");
        break;
      case Said::Ended::kBroken:
        value.Set("ended", "broken");
        break;
    }
    if (one.has_score) {
      value.Set("logProbability", one.score.log_probability);
      Napi::Array likeliest = Napi::Array::New(env, one.likeliest.size());
      for (uint32_t j = 0; j < one.likeliest.size(); ++j) {
        likeliest.Set(j, score(one.likeliest[j]));
      }
      value.Set("likeliest", likeliest);
    }
    all.Set(i, value);
  }
  return all;
}

Napi::Value model_info_value(Napi::Env env, const ModelInfo& info) {
  Napi::Object value = Napi::Object::New(env);
  const auto set = [&](const char* name, int64_t number) {
    value.Set(name, static_cast<double>(number));
  };
  value.Set("family", info.family);
  set("parameters", info.parameters);
  set("trainableParameters", info.trainable_parameters);
  set("layers", info.layers);
  set("hiddenSize", info.hidden_size);
  set("vocabSize", info.vocab_size);
  set("labels", info.labels);
  value.Set("encoder", info.encoder);
  set("maxPositionEmbeddings", info.max_position_embeddings);
  value.Set("storedDtype", info.stored_dtype);
  set("linearParameters", info.linear_parameters);
  Napi::Array modules = Napi::Array::New(env, info.linear_modules.size());
  for (uint32_t i = 0; i < info.linear_modules.size(); ++i) modules.Set(i, info.linear_modules[i]);
  value.Set("linearModules", modules);
  Napi::Array unread = Napi::Array::New(env, info.unread_tensors.size());
  for (uint32_t i = 0; i < info.unread_tensors.size(); ++i) unread.Set(i, info.unread_tensors[i]);
  value.Set("unreadTensors", unread);
  return value;
}

Napi::Value step_result_value(Napi::Env env, const StepResult& result) {
  Napi::Object value = Napi::Object::New(env);
  value.Set("loss", result.loss);
  value.Set("gradNorm", result.grad_norm);
  value.Set("learntTokens", static_cast<double>(result.learnt_tokens));
  value.Set("tokens", static_cast<double>(result.tokens));
  value.Set("seconds", result.seconds);
  value.Set("skipped", result.skipped);
  return value;
}

Napi::Value state_info_value(Napi::Env env, const StateInfo& info) {
  Napi::Object value = Napi::Object::New(env);
  value.Set("step", static_cast<double>(info.step));
  if (info.written_by.empty()) {
    value.Set("writtenBy", env.Null());
  } else {
    value.Set("writtenBy", info.written_by);
  }
  value.Set("here", info.here);
  return value;
}

}  // namespace neiro::binding
