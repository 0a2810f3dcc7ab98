// A fixed set of threads that share a loop. Work is split statically and every reduction stays
// inside one index, so results do not depend on timing, nor on the number of threads.
#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

namespace neiro {

// A borrowed callable: no allocation inside a step (std::function may allocate).
template <class Signature>
class FunctionRef;
template <class R, class... Args>
class FunctionRef<R(Args...)> {
 public:
  template <class F, class = std::enable_if_t<!std::is_same_v<std::decay_t<F>, FunctionRef>>>
  FunctionRef(F&& f)  // NOLINT: implicit on purpose, so that a lambda can be handed over
      : object_(const_cast<void*>(static_cast<const void*>(&f))),
        call_([](void* object, Args... args) -> R {
          return (*static_cast<std::remove_reference_t<F>*>(object))(std::forward<Args>(args)...);
        }) {}
  R operator()(Args... args) const { return call_(object_, std::forward<Args>(args)...); }

 private:
  void* object_;
  R (*call_)(void*, Args...);
};

class ThreadPool {
 public:
  // threads <= 0: one per processor this process may use. The caller's thread is worker 0.
  explicit ThreadPool(int threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int size() const;

  // Runs body(begin, end, worker) over contiguous parts of [0, count), one part per worker at
  // most; returns when all are done. Not reentrant: never call it from inside a body.
  // An exception thrown by a body is rethrown here (the first by worker number).
  void parallel_for(int64_t count, FunctionRef<void(int64_t begin, int64_t end, int worker)> body);

  // The same with parts handed out one index at a time, for uneven work: body(index, worker).
  // Only for bodies whose result does not depend on which worker runs them.
  void parallel_each(int64_t count, FunctionRef<void(int64_t index, int worker)> body);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace neiro
