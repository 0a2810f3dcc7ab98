// The simulated device is a proof only if it traps: a host that reads or writes its memory dies,
// and a forgotten upload shows in the result.
#include "backend/simulated/simulated_device.h"
#include "backend/transfer.h"
#include "check.h"

#if !defined(_WIN32)
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#endif

using namespace neiro;

namespace {

struct Simulated {
  ThreadPool pool{1};
  SimulatedDevice device{cpu_kernels(), pool};
  DevicePtr<float> memory = device.allocate(4096).as<float>();

  Simulated() { device.use_scratch(device.allocate(device.scratch_bytes(1, 64, 64))); }
  Matrix matrix(int64_t first, int64_t rows, int64_t cols) const {
    return {DType::kF32, rows, cols, (memory + first).as<std::byte>(), {}};
  }
};

#if !defined(_WIN32)
// The signal that ends a process which does this; 0 where it lives on.
template <class Body>
int signal_of(Body body) {
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGSEGV, SIG_DFL);
    std::signal(SIGBUS, SIG_DFL);
    body();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

bool is_trap(int signal) { return signal == SIGSEGV || signal == SIGBUS; }
#endif

}  // namespace

#if !defined(_WIN32)
TEST(simulated_memory_ends_the_host_that_reads_or_writes_it) {
  const Simulated simulated;
  // What no layer can write, since device_address is for backend/ alone.
  volatile float* address = device_address(simulated.memory);
  CHECK(is_trap(signal_of([&] { (void)*address; })));
  CHECK(is_trap(signal_of([&] { *address = 1; })));
  // Closed again after copies and operations, also after one that refuses.
  const float value = 2;
  simulated.device.upload(simulated.memory, &value, 1);
  simulated.device.ops().add(simulated.device, simulated.matrix(0, 1, 1),
                             simulated.matrix(0, 1, 1));
  CHECK_ERROR("INTERNAL", simulated.device.ops().add(simulated.device, simulated.matrix(0, 1, 1),
                                                     simulated.matrix(0, 1, 2)));
  CHECK(is_trap(signal_of([&] { (void)*address; })));
  // The trap is the device's: the same on memory of the host is no fault.
  volatile float own = 0;
  CHECK(signal_of([&] { own = 1; }) == 0);
}
#endif

TEST(simulated_memory_holds_what_was_uploaded_and_nothing_else) {
  const Simulated simulated;
  const Device& device = simulated.device;
  const Matrix x = simulated.matrix(0, 2, 3), w = simulated.matrix(16, 1, 3);
  const Matrix y = simulated.matrix(32, 2, 1);
  const std::vector<float> values = {1, 2, 3, 4, 5, 6}, weights = {1, 1, 1};
  device.upload(w.floats(), weights.data(), 3);
  device.ops().linear_forward(device, y, x, w, nullptr, 1, false);
  CHECK(downloaded(device, y.floats(), 2) == std::vector<float>(2));  // x was forgotten
  device.upload(x.floats(), values.data(), 6);
  device.ops().linear_forward(device, y, x, w, nullptr, 1, false);
  CHECK((downloaded(device, y.floats(), 2) == std::vector<float>{6, 15}));
}

TEST(simulated_device_reads_no_mapped_file) {
  const Simulated simulated;
  const float mapped = 1;
  CHECK(!simulated.device.adopt(&mapped) && !simulated.device.shares_host_memory());
}
