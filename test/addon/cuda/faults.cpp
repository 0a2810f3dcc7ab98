// The emulator is a proof only if it stops what a GPU may let pass: each kernel here is wrong in
// one way, and each is caught by name; and its instructions do what the PTX ISA says.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "backend/cuda/launch.h"
#include "board.h"
#include "memory.h"

using namespace neiro;
using namespace neiro::cuda;

namespace {

// What a child process says on stderr before a signal ends it; "lived" where none does.
template <class Body>
std::string said_by(Body body) {
  emulator::set_order(0);
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], 2);
    close(ends[0]);
    close(ends[1]);
    body();
    _exit(0);
  }
  close(ends[1]);
  std::string text;
  char part[256];
  for (ssize_t n; (n = read(ends[0], part, sizeof part)) > 0;) text.append(part, n);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? text : "lived";
}

bool says(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return true;
  check::fail(__FILE__, __LINE__, "expected \"" + part + "\", got \"" + text + "\"");
}

struct Floats {
  explicit Floats(int64_t n) : size(n), memory(gpu_allocate(n * 4)) { gpu_zero(memory, n * 4); }
  ~Floats() { gpu_free(memory); }
  float* data() const { return reinterpret_cast<float*>(memory); }
  std::vector<float> values() const {
    std::vector<float> all(static_cast<size_t>(size));
    gpu_download(all.data(), memory, size * 4);
    return all;
  }
  int64_t size;
  std::byte* memory;
};

Launch one_block(const char* name, int threads, int64_t shared_bytes = 0) {
  return over_blocks(name, 1, threads, shared_bytes);
}

// Each thread reads what its neighbour wrote.
template <bool kBarrier>
KERNEL(64)
neighbours_kernel(float* y) {
  float(&room)[64] = shared<float[64]>();
  const int i = static_cast<int>(threadIdx.x);
  room[i] = static_cast<float>(i + 1);
  if (kBarrier) sync_block();
  y[i] = room[(i + 33) % 64];
}
template <bool kBarrier>
std::vector<float> neighbours(uint64_t order) {
  emulator::set_order(order);
  Floats y(64);
  launch(one_block("neighbours", 64, 256), neighbours_kernel<kBarrier>, y.data());
  return y.values();
}

KERNEL(32) read_at_kernel(float* y, const float* x, int64_t at) {
  y[threadIdx.x] = x[at + threadIdx.x];
}
KERNEL(32) through_kernel(float* const* hidden) { hidden[0][0] = 1; }
KERNEL(32) vector_kernel(float* y, const float* x) { y[threadIdx.x] = load4(x + threadIdx.x).x; }
KERNEL(64) half_a_barrier_kernel(float* y) {
  if (threadIdx.x < 32) sync_block();
  y[threadIdx.x] = 1;
}
KERNEL(32) lost_lane_kernel(float* y) {
  if (threadIdx.x == 5) return;
  y[threadIdx.x] = warp_sum(1.0f);
}
KERNEL(32) past_shared_kernel(float* y) {
  float* room = shared<float[32]>();
  y[threadIdx.x] = room[threadIdx.x + 1024];
}
KERNEL(32) unset_shared_kernel(float* y) { y[threadIdx.x] = shared<float[32]>()[threadIdx.x]; }

// Four values each by an asynchronous copy, read before or after they were waited for.
template <bool kWait>
KERNEL(32)
early_copy_kernel(float* y, const float* x) {
  float(&room)[128] = shared<float[128]>();
  const int i = static_cast<int>(threadIdx.x);
  copy_async_16(&room[4 * i], x + 4 * i, true);
  copy_async_commit();
  if (kWait) copy_async_wait<0>();
  y[i] = room[4 * i];
  if (!kWait) copy_async_wait<0>();
}
KERNEL(32) forgotten_copy_kernel(const float* x) {
  float(&room)[128] = shared<float[128]>();
  copy_async_16(&room[4 * threadIdx.x], x + 4 * threadIdx.x, true);
  copy_async_commit();
}

// The first of two groups is there when one may be outstanding, the second is not.
KERNEL(32) two_groups_kernel(float* y, const float* x) {
  float(&room)[256] = shared<float[256]>();
  const int i = static_cast<int>(threadIdx.x);
  for (int group = 0; group < 2; ++group) {
    copy_async_16(&room[128 * group + 4 * i], x + 128 * group + 4 * i, group == 0 || i > 0);
    copy_async_commit();
  }
  copy_async_wait<1>();
  y[i] = room[4 * i];
  y[32 + i] = room[128 + 4 * i];
  copy_async_wait<0>();
  y[64 + i] = room[128 + 4 * i];
}

// c = a b for a[16, 16] and b[16, 8] of small whole numbers, through both ways of loading.
template <bool kTransposed>
KERNEL(32)
multiply_kernel(float* c, const float* a, const float* b) {
  struct Tiles {
    alignas(16) uint16_t a[16][24];
    alignas(16) uint16_t b[16][24];
  };
  Tiles& s = shared<Tiles>();
  const int lane = static_cast<int>(threadIdx.x);
  for (int i = lane; i < 256; i += 32) {
    const int row = i / 16, k = i % 16;
    const uint16_t bits = static_cast<uint16_t>(pack_bf16(a[i], 0));
    (kTransposed ? s.a[k][row] : s.a[row][k]) = bits;
  }
  for (int i = lane; i < 256; i += 32) {
    const int k = i / 16, col = i % 16;
    const uint16_t bits = static_cast<uint16_t>(pack_bf16(col < 8 ? b[k * 8 + col] : 0, 0));
    (kTransposed ? s.b[k][col] : s.b[col][k]) = bits;
  }
  sync_block();
  uint32_t left[4], right[4];
  const int low = lane % 8, second = lane / 8 % 2 * 8, third = lane / 16 * 8;
  if (kTransposed) {
    load_matrices_transposed(left, &s.a[low + third][second]);
    load_matrices_transposed(right, &s.b[low + second][third]);
  } else {
    load_matrices(left, &s.a[low + second][third]);
    load_matrices(right, &s.b[low + third][second]);
  }
  float sum[4] = {};
  multiply_bf16(sum, left, right[0], right[1]);
  for (int i = 0; i < 4; ++i) {
    c[(lane / 4 + i / 2 * 8) * 8 + lane % 4 * 2 + i % 2] = sum[i];
  }
}

}  // namespace

TEST(emulator_shows_a_missing_barrier) {
  const std::vector<float> expected = neighbours<true>(0);
  for (int i = 0; i < 64; ++i) CHECK(expected[i] == static_cast<float>((i + 33) % 64 + 1));
  bool differ = false;
  for (const uint64_t order : {1, 2, 3}) {
    CHECK(neighbours<true>(order) == expected);
    differ = differ || neighbours<false>(order) != neighbours<false>(0);
  }
  CHECK(differ);
}

TEST(emulator_stops_a_read_past_the_end_and_says_who_it_was) {
  const Floats x(64), y(32);
  const auto read = [&](int64_t at) {
    return said_by(
        [&] { launch(one_block("read_at", 32), read_at_kernel, y.data(), x.data(), at); });
  };
  CHECK(read(32) == "lived");
  CHECK(says(read(33), "read_at block (0, 0, 0) thread 31: reads or writes past the memory"));
  CHECK(says(read(-4096), "read_at block (0, 0, 0) thread 0"));
}

TEST(emulator_stops_a_host_that_looks_at_memory_of_the_device) {
  const Floats x(64);
  CHECK(says(said_by([&] { x.data()[0] = 1; }), "the host reads or writes memory of the device"));
  launch(one_block("read_at", 32), read_at_kernel, x.data(), x.data(), 0);
  CHECK(says(said_by([&] { (void)*static_cast<volatile float*>(x.data()); }), "the host"));
}

TEST(emulator_gives_a_kernel_the_memory_of_its_arguments_alone) {
  const Floats x(64), y(64);
  float* address = y.data();
  gpu_upload(x.memory, &address, sizeof address);
  CHECK(says(said_by([&] {
               launch(one_block("through", 32), through_kernel,
                      reinterpret_cast<float* const*>(x.data()));
             }),
             "that it was not given"));
}

TEST(emulator_stops_vectors_that_are_not_aligned) {
  const Floats x(64), y(64);
  CHECK(says(said_by([&] { launch(one_block("vector", 32), vector_kernel, y.data(), x.data()); }),
             "vector block (0, 0, 0) thread 1: a vector of 16 bytes"));
}

TEST(emulator_stops_what_waits_for_ever) {
  const Floats y(64);
  CHECK(says(said_by([&] { launch(one_block("half", 64), half_a_barrier_kernel, y.data()); }),
             "waits at a barrier that 32 threads ended without"));
  CHECK(says(said_by([&] { launch(one_block("lost", 32), lost_lane_kernel, y.data()); }), "lane"));
}

TEST(emulator_stops_and_poisons_shared_memory) {
  const Floats y(64);
  CHECK(says(
      said_by([&] { launch(one_block("past_shared", 32, 128), past_shared_kernel, y.data()); }),
      "past_shared block (0, 0, 0) thread 0"));
  CHECK(
      says(said_by([&] { launch(one_block("too_little", 32, 64), past_shared_kernel, y.data()); }),
           "128 bytes of shared memory, launched with 64"));
  CHECK(says(
      said_by([&] { launch(one_block("too_much", 32, 65 * 1024), past_shared_kernel, y.data()); }),
      "66560 bytes of shared memory"));
  launch(one_block("unset", 32, 128), unset_shared_kernel, y.data());
  CHECK(std::isnan(y.values()[7]));
}

TEST(emulator_has_no_copy_before_it_was_waited_for) {
  const Floats x(256), y(128);
  std::vector<float> values(256);
  for (int i = 0; i < 256; ++i) values[i] = static_cast<float>(i);
  gpu_upload(x.memory, values.data(), 1024);
  launch(one_block("copy", 32, 512), early_copy_kernel<true>, y.data(), x.data());
  CHECK(y.values()[9] == 36);
  launch(one_block("copy", 32, 512), early_copy_kernel<false>, y.data(), x.data());
  CHECK(std::isnan(y.values()[9]));
  launch(one_block("groups", 32, 1024), two_groups_kernel, y.data(), x.data());
  const std::vector<float> seen = y.values();
  CHECK(seen[9] == 36 && std::isnan(seen[32 + 9]) && seen[64 + 9] == 164 && seen[64] == 0);
  CHECK(says(
      said_by([&] { launch(one_block("forgotten", 32, 512), forgotten_copy_kernel, x.data()); }),
      "copies that nobody waited for"));
}

TEST(emulator_multiplies_as_a_tensor_core) {
  std::vector<float> a(256), b(128), expected(128);
  for (int i = 0; i < 256; ++i) a[i] = static_cast<float>(i * 7 % 15 - 7);
  for (int i = 0; i < 128; ++i) b[i] = static_cast<float>(i * 11 % 13 - 6);
  for (int row = 0; row < 16; ++row) {
    for (int col = 0; col < 8; ++col) {
      for (int k = 0; k < 16; ++k) expected[row * 8 + col] += a[row * 16 + k] * b[k * 8 + col];
    }
  }
  const Floats x(256), w(128), c(128);
  gpu_upload(x.memory, a.data(), 1024);
  gpu_upload(w.memory, b.data(), 512);
  launch(one_block("multiply", 32, 1536), multiply_kernel<false>, c.data(), x.data(), w.data());
  CHECK(c.values() == expected);
  launch(one_block("multiply", 32, 1536), multiply_kernel<true>, c.data(), x.data(), w.data());
  CHECK(c.values() == expected);
}

TEST(emulator_lists_what_was_not_released) {
  const size_t before = emulator::leaks().size();
  std::byte* lost = gpu_allocate(12345);
  CHECK(emulator::leaks().size() == before + 1);
  CHECK(std::ranges::count(emulator::leaks(), "12345 bytes") == 1);
  gpu_free(lost);
  CHECK(emulator::leaks().size() == before);
  CHECK(says(said_by([&] { gpu_free(lost); }), "never allocated"));
}

TEST(emulator_has_as_much_memory_as_it_says) {
  CHECK(gpu_allocate(gpu_memory_free() + 1) == nullptr);
  std::string why;
  const std::unique_ptr<Device> device = open_cuda(Compute::kF32, why);
  CHECK_ERROR("GPU_OUT_OF_MEMORY", device->allocate(int64_t{1} << 50));
}
