// Guarded pages, and the signal that says who went where it may not.
#include "memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>

#include "threads.h"

namespace neiro::emulator {

struct Allocation {
  char* mapped;  // a closed page, pages, a closed page
  size_t pages;  // bytes between the closed ones
  char* data;
  int64_t bytes;
};

namespace {

constexpr int64_t kAlign = 256;  // as cudaMalloc

struct Memory {
  std::map<const char*, Allocation> by_end;  // key: the end of data
  int64_t used = 0;
};
Memory& memory() {
  static Memory one;
  return one;
}
std::mutex& one_at_a_time() {
  static std::mutex mutex;
  return mutex;
}

size_t page_size() { return static_cast<size_t>(sysconf(_SC_PAGESIZE)); }
char* first_page(const Allocation& a) { return a.mapped + page_size(); }

const Allocation* allocation_at(const char* address) {
  const auto found = memory().by_end.upper_bound(address);
  if (found == memory().by_end.end() || address < found->second.data) return nullptr;
  return &found->second;
}

// A closed page was touched: say by whom, then fall as without us.
void report(int signal, siginfo_t* info, void*) {
  const char* address = static_cast<const char*>(info->si_addr);
  const Allocation* near = nullptr;
  for (const auto& [end, a] : memory().by_end) {
    if (address >= a.mapped && address < a.mapped + a.pages + 2 * page_size()) near = &a;
  }
  if (near != nullptr && allocation_at(address) != nullptr) {
    print_place(in_kernel() ? "reads or writes memory of the device that it was not given,"
                            : "reads or writes memory of the device,",
                address);
  } else if (near != nullptr) {
    print_place("reads or writes past the memory of the device that it was given,", address);
  } else if (in_kernel()) {
    print_place("reads or writes what is no memory of the device,", address);
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void watch() {
  static const bool watched = [] {
    // A stack of its own: a thread's may be what has overflowed.
    static char room[64 * 1024];
    stack_t stack = {};
    stack.ss_sp = room;
    stack.ss_size = sizeof room;
    sigaltstack(&stack, nullptr);
    struct sigaction action = {};
    action.sa_sigaction = report;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    sigaction(SIGSEGV, &action, nullptr);
    sigaction(SIGBUS, &action, nullptr);
    return true;
  }();
  (void)watched;
}

}  // namespace

int64_t memory_limit() {
  const char* asked = std::getenv("NEIRO_CUDA_MEMORY");
  return asked == nullptr ? int64_t{8} << 30 : std::strtoll(asked, nullptr, 10);
}
int64_t memory_used() { return memory().used; }

std::byte* allocate(int64_t bytes) {
  watch();
  const std::lock_guard<std::mutex> lock(one_at_a_time());
  if (bytes < 0 || memory().used + bytes > memory_limit()) return nullptr;
  const size_t page = page_size();
  const size_t size = static_cast<size_t>((bytes + kAlign - 1) / kAlign * kAlign);
  Allocation a;
  a.pages = (size + page - 1) / page * page;
  void* mapped = mmap(nullptr, a.pages + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return nullptr;
  a.mapped = static_cast<char*>(mapped);
  a.data = a.mapped + page + a.pages - size;
  a.bytes = bytes;
  mprotect(first_page(a), a.pages, PROT_READ | PROT_WRITE);
  // Large ones stay as the system gives them: to touch all would cost what it saves.
  if (a.pages <= size_t{64} << 20) std::memset(first_page(a), 0xff, a.pages);
  mprotect(first_page(a), a.pages, PROT_NONE);
  memory().used += bytes;
  memory().by_end.emplace(a.data + std::max<int64_t>(bytes, 1), a);
  return reinterpret_cast<std::byte*>(a.data);
}

void release(std::byte* address) {
  const std::lock_guard<std::mutex> lock(one_at_a_time());
  const Allocation* a = allocation_at(reinterpret_cast<char*>(address));
  if (a == nullptr || a->data != reinterpret_cast<char*>(address)) {
    stop("%p is released, which was never allocated", static_cast<void*>(address));
  }
  munmap(a->mapped, a->pages + 2 * page_size());
  memory().used -= a->bytes;
  memory().by_end.erase(a->data + std::max<int64_t>(a->bytes, 1));
}

std::vector<std::string> leaks() {
  std::vector<std::string> all;
  for (const auto& [end, a] : memory().by_end) all.push_back(std::to_string(a.bytes) + " bytes");
  return all;
}

Opened::Opened() : lock_(one_at_a_time()) {}

Opened::~Opened() {
  for (const Allocation* a : open_) mprotect(first_page(*a), a->pages, PROT_NONE);
}

void Opened::add_address(const void* address) {
  const Allocation* a = allocation_at(static_cast<const char*>(address));
  if (a == nullptr) return;
  for (const Allocation* open : open_) {
    if (open == a) return;
  }
  mprotect(first_page(*a), a->pages, PROT_READ | PROT_WRITE);
  open_.push_back(a);
}

void Opened::add(const void* arguments, size_t bytes) {
  for (size_t at = 0; at + sizeof(void*) <= bytes; at += sizeof(void*)) {
    void* word;
    std::memcpy(&word, static_cast<const char*>(arguments) + at, sizeof word);
    add_address(word);
  }
}

}  // namespace neiro::emulator
