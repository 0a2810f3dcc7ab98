// A call as a Promise: plain work on a pool thread, then its result as JavaScript on the main
// thread. Nothing native ever calls into JavaScript from another thread.
#pragma once

#include <napi.h>

#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "core/error.h"

namespace neiro::binding {

// An EngineError of index.d.ts.
Napi::Value error_value(Napi::Env env, const Error& error);
// What was thrown, as an Error of the engine: the binding lets nothing else out.
Error current_error();

struct Nothing {};
inline Napi::Value undefined(Napi::Env env, Nothing&) { return env.Undefined(); }

template <class Result>
class Worker : public Napi::AsyncWorker {
 public:
  using Work = std::function<void(Result&)>;
  using Convert = std::function<Napi::Value(Napi::Env, Result&)>;

  // `done` runs on the main thread after either end, but not when the start itself throws. Deletes
  // itself.
  static Napi::Promise start(Napi::Env env, Work work, Convert convert,
                             std::function<void()> done = nullptr) {
    std::unique_ptr<Worker> worker(
        new Worker(env, std::move(work), std::move(convert), std::move(done)));
    const Napi::Promise promise = worker->deferred_.Promise();
    worker->Queue();
    worker.release();  // it is Node's now
    return promise;
  }

 protected:
  void Execute() override {
    try {
      work_(result_);
    } catch (...) {
      error_.emplace(current_error());
    }
  }

  void OnOK() override {
    const Napi::Env env = Env();
    const Napi::HandleScope scope(env);
    if (!error_) {
      try {
        const Napi::Value value = convert_(env, result_);
        finish();
        deferred_.Resolve(value);
        return;
      } catch (...) {
        error_.emplace(current_error());
      }
    }
    finish();
    deferred_.Reject(error_value(env, *error_));
  }

 private:
  Worker(Napi::Env env, Work work, Convert convert, std::function<void()> done)
      : Napi::AsyncWorker(env),
        deferred_(Napi::Promise::Deferred::New(env)),
        work_(std::move(work)),
        convert_(std::move(convert)),
        done_(std::move(done)) {}

  void finish() {
    if (done_) done_();
  }

  Napi::Promise::Deferred deferred_;
  Work work_;
  Convert convert_;
  std::function<void()> done_;
  Result result_{};
  std::optional<Error> error_;
};

// Runs `call`, which returns a Promise; whatever it throws becomes a rejected one.
template <class Call>
Napi::Value promise_of(Napi::Env env, Call call) {
  try {
    return call();
  } catch (...) {
    const Napi::Promise::Deferred deferred = Napi::Promise::Deferred::New(env);
    deferred.Reject(error_value(env, current_error()));
    return deferred.Promise();
  }
}

}  // namespace neiro::binding
