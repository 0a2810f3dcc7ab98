// Workers wait for a rising generation number: first spinning for some microseconds, because the
// operations of a step follow each other closely, then asleep, so that an idle engine costs
// nothing.
#include "core/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "core/error.h"
#include "core/processor.h"

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#endif

namespace neiro {
namespace {

constexpr int kMaxThreads = 1024;
constexpr int kSpins = 4000;  // some ten microseconds up to a hundred

void pause() {
#if defined(__x86_64__) || defined(_M_X64)
  _mm_pause();
#elif defined(__aarch64__) && !defined(_MSC_VER)
  __asm__ volatile("yield");
#endif
}

// Returns once value != old: spins, then sleeps.
template <class T>
void wait_while(const std::atomic<T>& value, T old, int spins) {
  for (int i = 0; i < spins; ++i) {
    if (value.load(std::memory_order_acquire) != old) return;
    pause();
  }
  value.wait(old, std::memory_order_acquire);
}

}  // namespace

struct ThreadPool::State {
  using Body = FunctionRef<void(int worker)>;

  int size = 1;
  int spins = 0;
  std::vector<std::thread> workers;        // size - 1: the caller is worker 0
  std::vector<std::exception_ptr> errors;  // [size]

  std::atomic<bool> busy{false};
  std::atomic<uint32_t> generation{0};
  std::atomic<int32_t> unfinished{0};
  const Body* body = nullptr;  // null: the threads are to end
  std::atomic<int64_t> next{0};

  void work(int worker) {
    try {
      (*body)(worker);
    } catch (...) {
      errors[worker] = std::current_exception();
    }
  }

  void serve(int worker) {
    for (uint32_t seen = 0;;) {
      wait_while(generation, seen, spins);
      seen = generation.load(std::memory_order_acquire);
      if (!body) return;
      work(worker);
      if (unfinished.fetch_sub(1, std::memory_order_acq_rel) == 1) unfinished.notify_one();
    }
  }

  void start_round(const Body* next_body) {
    body = next_body;
    unfinished.store(size - 1, std::memory_order_relaxed);
    generation.fetch_add(1, std::memory_order_release);
    generation.notify_all();
  }

  void run(const Body& round) {
    start_round(&round);
    work(0);
    for (int32_t left; (left = unfinished.load(std::memory_order_acquire)) != 0;) {
      wait_while(unfinished, left, spins);
    }
    std::exception_ptr first;
    for (std::exception_ptr& error : errors) {
      if (error && !first) first = error;
      error = nullptr;
    }
    if (first) std::rethrow_exception(first);
  }

  void end() {
    start_round(nullptr);
    for (std::thread& worker : workers) worker.join();
    workers.clear();
  }
};

namespace {

// Marks the pool as serving a caller. A call inside a call would wait for itself for ever.
class Guard {
 public:
  explicit Guard(std::atomic<bool>& busy) : busy_(busy) {
    if (busy_.exchange(true, std::memory_order_acquire)) {
      throw Error("INTERNAL", {{"reason", "a thread pool was called while at work"}});
    }
  }
  ~Guard() { busy_.store(false, std::memory_order_release); }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

 private:
  std::atomic<bool>& busy_;
};

[[noreturn]] void threads_unavailable(int threads) {
  throw Error("THREADS_UNAVAILABLE", {{"threads", std::to_string(threads)}});
}

}  // namespace

ThreadPool::ThreadPool(int threads) : state_(std::make_unique<State>()) {
  const int processors = available_processors();
  const int size = threads > 0 ? threads : processors;
  if (size > kMaxThreads) threads_unavailable(size);
  state_->spins = size <= processors ? kSpins : 0;  // a spinning thread would hold up a working one
  state_->errors.resize(size);
  try {
    for (int worker = 1; worker < size; ++worker) {
      state_->workers.emplace_back([state = state_.get(), worker] { state->serve(worker); });
    }
  } catch (const std::system_error&) {
    state_->end();
    threads_unavailable(size);
  }
  state_->size = size;
}

ThreadPool::~ThreadPool() { state_->end(); }

int ThreadPool::size() const { return state_->size; }

void ThreadPool::parallel_for(int64_t count,
                              FunctionRef<void(int64_t begin, int64_t end, int worker)> body) {
  if (count <= 0) return;
  const Guard guard(state_->busy);
  const int64_t parts = std::min<int64_t>(count, state_->size);
  if (parts == 1) return body(0, count, 0);
  // The first `longer` parts hold one index more.
  const int64_t length = count / parts, longer = count % parts;
  const auto part = [&](int worker) {
    if (worker >= parts) return;
    const int64_t begin = worker * length + std::min<int64_t>(worker, longer);
    body(begin, begin + length + (worker < longer ? 1 : 0), worker);
  };
  state_->run(State::Body(part));
}

void ThreadPool::parallel_each(int64_t count, FunctionRef<void(int64_t index, int worker)> body) {
  if (count <= 0) return;
  const Guard guard(state_->busy);
  if (count == 1 || state_->size == 1) {
    for (int64_t index = 0; index < count; ++index) body(index, 0);
    return;
  }
  std::atomic<int64_t>& next = state_->next;
  next.store(0, std::memory_order_relaxed);
  const auto some = [&](int worker) {
    for (int64_t i; (i = next.fetch_add(1, std::memory_order_relaxed)) < count;) body(i, worker);
  };
  state_->run(State::Body(some));
}

}  // namespace neiro
