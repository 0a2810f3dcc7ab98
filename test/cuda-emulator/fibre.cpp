// Switching by hand on x86-64, by ucontext elsewhere (slower: it asks the system for the signal
// mask).
#include "fibre.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#if !defined(__x86_64__)
#include <ucontext.h>
#endif

namespace neiro::emulator {
namespace {

constexpr size_t kStack = 256 * 1024;

char* make_stack() {
  void* memory = mmap(nullptr, kStack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    std::fprintf(stderr, "cuda emulator: no memory for threads\n");
    std::abort();
  }
  mprotect(memory, static_cast<size_t>(sysconf(_SC_PAGESIZE)), PROT_NONE);
  return static_cast<char*>(memory);
}

}  // namespace

#if defined(__x86_64__)

// void neiro_switch_stack(void** from, void* to): what a called function must keep is pushed, the
// stack pointers change places.
asm(R"(
.text
.globl neiro_switch_stack
.hidden neiro_switch_stack
.type neiro_switch_stack, @function
neiro_switch_stack:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size neiro_switch_stack, .-neiro_switch_stack
)");
extern "C" void neiro_switch_stack(void** from, void* to);

Fibre make_fibre(void (*entry)()) {
  Fibre fibre;
  fibre.stack = make_stack();
  void** top = reinterpret_cast<void**>(fibre.stack + kStack);
  *--top = nullptr;                         // entry's return address: there is none
  *--top = reinterpret_cast<void*>(entry);  // taken by ret; the stack is then as after a call
  for (int i = 0; i < 6; ++i) *--top = nullptr;
  fibre.place = top;
  return fibre;
}

void switch_fibre(Fibre& from, Fibre& to) { neiro_switch_stack(&from.place, to.place); }

void free_fibre(Fibre& fibre) {
  if (fibre.stack != nullptr) munmap(fibre.stack, kStack);
  fibre = {};
}

#else

Fibre make_fibre(void (*entry)()) {
  Fibre fibre;
  fibre.stack = make_stack();
  ucontext_t* context = new ucontext_t;
  getcontext(context);
  context->uc_stack.ss_sp = fibre.stack;
  context->uc_stack.ss_size = kStack;
  context->uc_link = nullptr;
  makecontext(context, entry, 0);
  fibre.place = context;
  return fibre;
}

void switch_fibre(Fibre& from, Fibre& to) {
  if (from.place == nullptr) from.place = new ucontext_t;
  swapcontext(static_cast<ucontext_t*>(from.place), static_cast<ucontext_t*>(to.place));
}

void free_fibre(Fibre& fibre) {
  if (fibre.stack != nullptr) munmap(fibre.stack, kStack);
  delete static_cast<ucontext_t*>(fibre.place);
  fibre = {};
}

#endif

}  // namespace neiro::emulator
