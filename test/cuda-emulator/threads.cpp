// The scheduler of a block's threads, and the meetings of warps and blocks. One host thread runs a
// grid at a time (runtime.cpp sees to it), so the state is the program's.
#include "threads.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>
#include <numeric>
#include <random>
#include <vector>

#include "fibre.h"

namespace neiro::emulator {
namespace {

constexpr int kLanes = 32;
constexpr int kMostThreads = 1024;
constexpr int64_t kMostShared = 64 * 1024;  // as backend/cuda/device_code.h
constexpr int kPoison = 0xff;               // NaN as F32, F64 and BF16; -1 as a number

enum class State { kFresh, kReady, kAtBlock, kAtWarp, kEnded };
enum class Meeting { kNone, kSync, kExchange, kBallot, kMatrices, kMultiply };

struct Copy {
  void* to;
  const void* from;
  bool there;
};

struct Thread {
  State state = State::kFresh;
  Fibre* fibre = nullptr;  // while it waits
  uint32_t meetings = 0;   // of its warp so far: two in turn have rooms of their own
  std::vector<Copy> copies;
  std::vector<size_t> groups;  // ends of committed groups in `copies`
};

// What a lane brings to a meeting and takes from it.
struct Room {
  uint64_t value;
  const char* row;
  uint32_t words[4];
  uint32_t b[2];
  float sums[4];
};

struct Warp {
  int arrived = 0, ended = 0;
  Meeting meeting = Meeting::kNone;
  Room rooms[2][kLanes];
  int order[kLanes];  // in which lanes go on
};

struct Machine {
  const char* kernel = nullptr;
  const std::function<void()>* body = nullptr;
  int threads = 0;
  int current = 0;
  int at_block = 0, ended = 0;
  std::vector<Thread> thread;
  std::vector<Warp> warp;
  std::vector<int> order;  // in which threads begin and go on
  std::vector<int> ready;
  size_t next = 0;

  Fibre main;
  Fibre* running = nullptr;
  std::deque<Fibre> fibres;
  std::vector<Fibre*> free;

  char* shared_end = nullptr;
  char* shared = nullptr;
  int64_t shared_bytes = 0;
  uint64_t seed = 0;
  bool seeded = false;
};

Machine& machine() {
  static Machine one;
  return one;
}

void worker();

Fibre* take_fibre(Machine& m) {
  if (m.free.empty()) {
    m.fibres.push_back(make_fibre(worker));
    return &m.fibres.back();
  }
  Fibre* fibre = m.free.back();
  m.free.pop_back();
  return fibre;
}

// The fibre of whoever is next: a ready thread, or the scheduler where nobody is.
Fibre* choose_next(Machine& m) {
  if (m.next == m.ready.size()) return &m.main;
  m.current = m.ready[m.next++];
  threadIdx.x = static_cast<uint32_t>(m.current);
  Thread& thread = m.thread[static_cast<size_t>(m.current)];
  if (thread.state == State::kFresh) return take_fibre(m);
  thread.state = State::kReady;
  return thread.fibre;
}

void go_on(Machine& m, Fibre* to) {
  Fibre* from = m.running;
  if (from == to) return;
  m.running = to;
  switch_fibre(*from, *to);
}

// The thread that runs waits until somebody makes it ready.
void wait(Machine& m, State state) {
  Thread& thread = m.thread[static_cast<size_t>(m.current)];
  thread.state = state;
  thread.fibre = m.running;
  go_on(m, choose_next(m));
}

void worker() {
  Machine& m = machine();
  for (;;) {
    (*m.body)();
    Thread& thread = m.thread[static_cast<size_t>(m.current)];
    if (!thread.copies.empty()) stop("ends with asynchronous copies that nobody waited for");
    thread.state = State::kEnded;
    ++m.ended;
    ++m.warp[static_cast<size_t>(m.current / kLanes)].ended;
    m.free.push_back(m.running);
    go_on(m, choose_next(m));
  }
}

Thread& me() { return machine().thread[static_cast<size_t>(machine().current)]; }
Warp& my_warp() { return machine().warp[static_cast<size_t>(machine().current / kLanes)]; }

Room (&next_rooms())[kLanes] { return my_warp().rooms[me().meetings++ & 1]; }

// All lanes come here; the last one does `complete` for all.
template <class Complete>
void meet(Meeting meeting, Complete complete) {
  Machine& m = machine();
  Warp& warp = my_warp();
  if (warp.ended > 0) stop("an operation of the warp, of which %d lanes have ended", warp.ended);
  if (warp.arrived > 0 && warp.meeting != meeting)
    stop("lanes of the warp are at different operations");
  warp.meeting = meeting;
  if (++warp.arrived < kLanes) return wait(m, State::kAtWarp);
  warp.arrived = 0;
  complete();
  const int first = m.current / kLanes * kLanes;
  for (const int lane : warp.order) {
    if (first + lane != m.current) m.ready.push_back(first + lane);
  }
}

void expect_shared(const void* address, int64_t bytes) {
  const Machine& m = machine();
  const char* at = static_cast<const char*>(address);
  if (at < m.shared || at + bytes > m.shared + m.shared_bytes)
    stop("%p is not shared memory", address);
}

void map_shared(Machine& m) {
  const int64_t page = sysconf(_SC_PAGESIZE);
  const int64_t size = (kMostShared + page - 1) / page * page;
  void* memory = mmap(nullptr, static_cast<size_t>(size + 2 * page), PROT_NONE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) stop("no memory to share");
  char* open = static_cast<char*>(memory) + page;
  mprotect(open, static_cast<size_t>(size), PROT_READ | PROT_WRITE);
  m.shared_end = open + size;
}

void shuffle(std::vector<int>& order, std::mt19937_64& random) {
  for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
}

void lay_out(Machine& m, int threads, std::mt19937_64& random) {
  m.threads = threads;
  m.thread.resize(static_cast<size_t>(threads));
  m.warp.resize(static_cast<size_t>(threads / kLanes));
  m.order.resize(static_cast<size_t>(threads));
  std::iota(m.order.begin(), m.order.end(), 0);
  if (m.seed != 0) shuffle(m.order, random);
  std::vector<int> filled(m.warp.size(), 0);
  for (const int thread : m.order) {
    const size_t warp = static_cast<size_t>(thread / kLanes);
    m.warp[warp].order[filled[warp]++] = thread % kLanes;
  }
}

void report_stuck(Machine& m) {
  for (int i = 0; i < m.threads; ++i) {
    const State state = m.thread[static_cast<size_t>(i)].state;
    if (state != State::kAtBlock && state != State::kAtWarp) continue;
    m.current = i;
    threadIdx.x = static_cast<uint32_t>(i);
    if (state == State::kAtBlock) {
      stop("waits at a barrier that %d threads ended without and %d do not reach", m.ended,
           m.threads - m.ended - m.at_block);
    }
    stop("waits for lanes of its warp that never come");
  }
}

void run_block(Machine& m) {
  for (Thread& thread : m.thread) {
    thread.state = State::kFresh;
    thread.meetings = 0;
  }
  for (Warp& warp : m.warp) warp.arrived = warp.ended = 0;
  m.at_block = m.ended = 0;
  std::memset(m.shared, kPoison, static_cast<size_t>(m.shared_end - m.shared));
  m.ready.assign(m.order.begin(), m.order.end());
  m.next = 0;
  m.running = &m.main;
  go_on(m, choose_next(m));
  if (m.ended < m.threads) report_stuck(m);
}

}  // namespace

void set_order(uint64_t seed) {
  machine().seed = seed;
  machine().seeded = true;
}

bool in_kernel() { return machine().kernel != nullptr; }

void run_grid(const char* kernel, const dim3& grid, int threads, int64_t shared_bytes,
              const std::function<void()>& body) {
  Machine& m = machine();
  if (!m.seeded) {
    const char* asked = std::getenv("NEIRO_CUDA_ORDER");
    set_order(asked == nullptr ? 0 : std::strtoull(asked, nullptr, 10));
  }
  m.kernel = kernel;
  if (threads < kLanes || threads > kMostThreads || threads % kLanes != 0) {
    stop("blocks of %d threads", threads);
  }
  if (shared_bytes > kMostShared)
    stop("%lld bytes of shared memory", static_cast<long long>(shared_bytes));
  if (grid.x == 0 || grid.y == 0 || grid.z == 0 || grid.y > 65535 || grid.z > 65535) {
    stop("a grid of %u x %u x %u blocks", grid.x, grid.y, grid.z);
  }
  if (m.shared_end == nullptr) map_shared(m);
  m.shared_bytes = shared_bytes;
  m.shared = m.shared_end - (shared_bytes + 127) / 128 * 128;
  m.body = &body;
  std::mt19937_64 random(m.seed);
  lay_out(m, threads, random);
  gridDim = grid;
  blockDim = {static_cast<uint32_t>(threads), 1, 1};
  const uint64_t blocks = uint64_t{grid.x} * grid.y * grid.z;
  std::vector<int> order(blocks);
  std::iota(order.begin(), order.end(), 0);
  if (m.seed != 0) shuffle(order, random);
  for (const int block : order) {
    const uint32_t i = static_cast<uint32_t>(block);
    blockIdx = {i % grid.x, i / grid.x % grid.y, i / grid.x / grid.y};
    run_block(m);
  }
  m.kernel = nullptr;
}

void print_place(const char* what, const void* address) {
  const Machine& m = machine();
  if (m.kernel == nullptr) {
    std::fprintf(stderr, "cuda emulator: the host %s %p\n", what, address);
  } else {
    std::fprintf(stderr, "cuda emulator: %s block (%u, %u, %u) thread %d: %s %p\n", m.kernel,
                 blockIdx.x, blockIdx.y, blockIdx.z, m.current, what, address);
  }
}

void stop(const char* what, ...) {
  char text[256];
  va_list values;
  va_start(values, what);
  std::vsnprintf(text, sizeof text, what, values);
  va_end(values);
  const Machine& m = machine();
  if (m.kernel == nullptr) {
    std::fprintf(stderr, "cuda emulator: %s\n", text);
  } else {
    std::fprintf(stderr, "cuda emulator: %s block (%u, %u, %u) thread %d: %s\n", m.kernel,
                 blockIdx.x, blockIdx.y, blockIdx.z, m.current, text);
  }
  std::fflush(stderr);
  std::abort();
}

void* shared_memory(int64_t bytes) {
  const Machine& m = machine();
  if (bytes > m.shared_bytes) {
    stop("%lld bytes of shared memory, launched with %lld", static_cast<long long>(bytes),
         static_cast<long long>(m.shared_bytes));
  }
  return m.shared;
}

int lane() { return machine().current % kLanes; }

void sync_block() {
  Machine& m = machine();
  if (++m.at_block < m.threads) return wait(m, State::kAtBlock);
  m.at_block = 0;
  for (const int thread : m.order) {
    if (thread != m.current) m.ready.push_back(thread);
  }
  // What went on long ago need not be kept.
  m.ready.erase(m.ready.begin(), m.ready.begin() + static_cast<int64_t>(m.next));
  m.next = 0;
}

void sync_warp() {
  ++me().meetings;
  meet(Meeting::kSync, [] {});
}

void exchange(const void* value, void* result, int bytes, int from) {
  Room(&rooms)[kLanes] = next_rooms();
  std::memcpy(&rooms[lane()].value, value, static_cast<size_t>(bytes));
  meet(Meeting::kExchange, [] {});
  std::memcpy(result, &rooms[from].value, static_cast<size_t>(bytes));
}

uint32_t ballot(bool vote) {
  Room(&rooms)[kLanes] = next_rooms();
  rooms[lane()].value = vote;
  meet(Meeting::kBallot, [] {});
  uint32_t votes = 0;
  for (int i = 0; i < kLanes; ++i) votes |= static_cast<uint32_t>(rooms[i].value) << i;
  return votes;
}

void expect_aligned(const void* address, int bytes) {
  if (reinterpret_cast<uintptr_t>(address) % static_cast<uintptr_t>(bytes) != 0) {
    stop("a vector of %d bytes at %p, which is no multiple of it", bytes, address);
  }
}

void load_matrices(uint32_t (&to)[4], const void* row, bool transposed) {
  expect_aligned(row, 16);
  expect_shared(row, 16);
  Room(&rooms)[kLanes] = next_rooms();
  const int own = lane();
  rooms[own].row = static_cast<const char*>(row);
  meet(Meeting::kMatrices, [&] {
    for (int lane = 0; lane < kLanes; ++lane) {
      const int group = lane / 4, pair = lane % 4;
      for (int matrix = 0; matrix < 4; ++matrix) {
        uint32_t& word = rooms[lane].words[matrix];
        if (!transposed) {
          std::memcpy(&word, rooms[matrix * 8 + group].row + 4 * pair, 4);
          continue;
        }
        uint16_t low, high;
        std::memcpy(&low, rooms[matrix * 8 + 2 * pair].row + 2 * group, 2);
        std::memcpy(&high, rooms[matrix * 8 + 2 * pair + 1].row + 2 * group, 2);
        word = low | static_cast<uint32_t>(high) << 16;
      }
    }
  });
  for (int i = 0; i < 4; ++i) to[i] = rooms[own].words[i];
}

namespace {

float low_bf16(uint32_t word) {
  const uint32_t bits = word << 16;
  float value;
  std::memcpy(&value, &bits, 4);
  return value;
}
float high_bf16(uint32_t word) { return low_bf16(word >> 16); }

// The places of m16n8k16 in the lanes, as the PTX ISA draws them.
void multiply_rooms(Room (&rooms)[kLanes]) {
  float a[16][16], b[16][8], c[16][8];
  for (int lane = 0; lane < kLanes; ++lane) {
    const int group = lane / 4, pair = lane % 4 * 2;
    const Room& room = rooms[lane];
    for (int i = 0; i < 4; ++i) {
      const int row = group + i % 2 * 8, k = pair + i / 2 * 8;
      a[row][k] = low_bf16(room.words[i]);
      a[row][k + 1] = high_bf16(room.words[i]);
      c[group + i / 2 * 8][pair + i % 2] = room.sums[i];
    }
    for (int i = 0; i < 2; ++i) {
      b[pair + 8 * i][group] = low_bf16(room.b[i]);
      b[pair + 8 * i + 1][group] = high_bf16(room.b[i]);
    }
  }
  for (int row = 0; row < 16; ++row) {
    for (int k = 0; k < 16; ++k) {
      for (int col = 0; col < 8; ++col) c[row][col] += a[row][k] * b[k][col];
    }
  }
  for (int lane = 0; lane < kLanes; ++lane) {
    for (int i = 0; i < 4; ++i) {
      rooms[lane].sums[i] = c[lane / 4 + i / 2 * 8][lane % 4 * 2 + i % 2];
    }
  }
}

}  // namespace

void multiply_bf16(float (&c)[4], const uint32_t (&a)[4], uint32_t b0, uint32_t b1) {
  Room(&rooms)[kLanes] = next_rooms();
  Room& room = rooms[lane()];
  for (int i = 0; i < 4; ++i) room.words[i] = a[i];
  for (int i = 0; i < 4; ++i) room.sums[i] = c[i];
  room.b[0] = b0;
  room.b[1] = b1;
  meet(Meeting::kMultiply, [&] { multiply_rooms(rooms); });
  for (int i = 0; i < 4; ++i) c[i] = room.sums[i];
}

// Until it is waited for, the place holds what nobody can use.
void copy_async(void* to, const void* from, bool there) {
  expect_aligned(to, 16);
  expect_shared(to, 16);
  if (there) expect_aligned(from, 16);
  std::memset(to, kPoison, 16);
  me().copies.push_back({to, from, there});
}

void copy_async_commit() { me().groups.push_back(me().copies.size()); }

void copy_async_wait(int groups) {
  Thread& thread = me();
  const size_t done = thread.groups.size() > static_cast<size_t>(groups)
                          ? thread.groups.size() - static_cast<size_t>(groups)
                          : 0;
  if (done == 0) return;
  const size_t end = thread.groups[done - 1];
  for (size_t i = 0; i < end; ++i) {
    const Copy& copy = thread.copies[i];
    if (copy.there) {
      std::memcpy(copy.to, copy.from, 16);
    } else {
      std::memset(copy.to, 0, 16);
    }
  }
  thread.copies.erase(thread.copies.begin(), thread.copies.begin() + static_cast<int64_t>(end));
  thread.groups.erase(thread.groups.begin(), thread.groups.begin() + static_cast<int64_t>(done));
  for (size_t& group : thread.groups) group -= end;
}

}  // namespace neiro::emulator
