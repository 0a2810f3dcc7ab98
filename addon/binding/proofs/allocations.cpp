// Memory that ends at a chosen place: one allocation of the main thread fails, so that a test can
// walk through every point of a call at which it may break off.
#include <cstdlib>
#include <new>

#include "convert.h"
#include "core/option.h"
#include "proofs.h"

namespace {

// Allocations of this thread until one fails; below 0: none does.
thread_local int64_t until_failure = -1;

bool fails_now() { return until_failure >= 0 && until_failure-- == 0; }

}  // namespace

// The module's own: the rest of the process allocates as before.
void* operator new(std::size_t bytes) {
  void* memory = fails_now() ? nullptr : std::malloc(bytes == 0 ? 1 : bytes);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace neiro::binding {

// failAllocation(n): n allocations of this thread succeed, the next fails. -1: none fails. Returns
// what was left of the count before, -1 when the failure has happened.
Napi::Value fail_allocation(const Napi::CallbackInfo& info) {
  const int64_t before = until_failure;
  until_failure = -1;
  const Napi::Value result = Napi::Number::New(info.Env(), static_cast<double>(before));
  until_failure = info[0].As<Napi::Number>().Int64Value();
  return result;
}

}  // namespace neiro::binding
