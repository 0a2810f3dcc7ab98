// The class Session of index.d.ts: one opened model, one call at a time.
#pragma once

#include <napi.h>

#include <memory>
#include <utility>

#include "core/error.h"
#include "session/session.h"
#include "worker.h"

namespace neiro::binding {

class SessionObject : public Napi::ObjectWrap<SessionObject> {
 public:
  static Napi::Function define(Napi::Env env);
  explicit SessionObject(const Napi::CallbackInfo& info);

  // The one behind a value of JavaScript. Throws Error BAD_OPTION for anything else.
  static SessionObject& of(Napi::Value value);

  // Starts work on the session, which is busy until it ends. `prepare` converts the arguments and
  // returns the work; both it and the checks before may throw, which rejects the Promise.
  template <class Result, class Prepare>
  Napi::Value start(Napi::Env env, Prepare prepare, typename Worker<Result>::Convert convert);

 private:
  static Napi::Value open(const Napi::CallbackInfo& info);
  Napi::Value info(const Napi::CallbackInfo& info);
  Napi::Value plan(const Napi::CallbackInfo& info);
  Napi::Value step(const Napi::CallbackInfo& info);
  Napi::Value forward(const Napi::CallbackInfo& info);
  Napi::Value backward(const Napi::CallbackInfo& info);
  Napi::Value update(const Napi::CallbackInfo& info);
  Napi::Value head_scores(const Napi::CallbackInfo& info);
  Napi::Value save_heads(const Napi::CallbackInfo& info);
  Napi::Value prune(const Napi::CallbackInfo& info);
  Napi::Value log_probabilities(const Napi::CallbackInfo& info);
  Napi::Value evaluate(const Napi::CallbackInfo& info);
  Napi::Value logits(const Napi::CallbackInfo& info);
  Napi::Value hidden_states(const Napi::CallbackInfo& info);
  Napi::Value generate_begin(const Napi::CallbackInfo& info);
  Napi::Value generate_next(const Napi::CallbackInfo& info);
  Napi::Value begin_conversation(const Napi::CallbackInfo& info);
  Napi::Value advance(const Napi::CallbackInfo& info);
  Napi::Value end_conversation(const Napi::CallbackInfo& info);
  Napi::Value save_adapter(const Napi::CallbackInfo& info);
  Napi::Value save_state(const Napi::CallbackInfo& info);
  Napi::Value load_state(const Napi::CallbackInfo& info);
  Napi::Value save_merged(const Napi::CallbackInfo& info);
  Napi::Value save_gguf(const Napi::CallbackInfo& info);
  Napi::Value save_gguf_adapter(const Napi::CallbackInfo& info);
  Napi::Value check_gguf(const Napi::CallbackInfo& info);
  Napi::Value check_gguf_adapter(const Napi::CallbackInfo& info);
  Napi::Value gguf_bytes(const Napi::CallbackInfo& info);
  void cancel(const Napi::CallbackInfo& info);
  Napi::Value close(const Napi::CallbackInfo& info);

  std::shared_ptr<Session> session_;  // null = closed
  bool busy_ = false;                 // only touched on the main thread
};

template <class Result, class Prepare>
Napi::Value SessionObject::start(Napi::Env env, Prepare prepare,
                                 typename Worker<Result>::Convert convert) {
  return promise_of(env, [&] {
    if (!session_) throw Error("SESSION_CLOSED");
    if (busy_) throw Error("ENGINE_BUSY");
    session_->reset_cancel();
    typename Worker<Result>::Work work = prepare(session_);
    const Napi::Promise promise =
        Worker<Result>::start(env, std::move(work), std::move(convert), [this] {
          busy_ = false;
          Unref();
        });
    // Only now: had the start failed, nothing would ever end and the session stay busy. The end
    // comes on this thread, after this call.
    busy_ = true;
    Ref();  // kept alive until the work has ended
    return promise;
  });
}

}  // namespace neiro::binding
