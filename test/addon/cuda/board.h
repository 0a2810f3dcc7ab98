// What the tests of CUDA's operations share: the same operation on the plain CPU and on the
// emulated GPU, in several orders of its threads, with inputs that end where memory ends. No tests
// here.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "../backend/support.h"
#include "backend/cpu/cpu_device.h"
#include "backend/cuda/cuda_device.h"
#include "backend/device.h"
#if defined(NEIRO_CUDA_EMULATED)
#include "threads.h"
#endif

namespace neiro {

// Memory of a device that a case fills, works on and reads back. `flush` puts every array at the
// very end of its memory: its address is then a multiple of its elements' size alone, and a read
// behind it stops the emulator.
class Board {
 public:
  Board(Device& device, bool flush) : device_(device), flush_(flush) {
    scratch_ = device_.allocate(device_.scratch_bytes(1, 512, 256));
    device_.use_scratch(scratch_);
  }
  ~Board() {
    for (const DevicePtr<std::byte> memory : memory_) device_.release(memory);
    device_.release(scratch_);
  }
  Board(const Board&) = delete;
  Board& operator=(const Board&) = delete;

  const Device& device() const { return device_; }
  const Operations& ops() const { return device_.ops(); }

  template <class T>
  DevicePtr<T> put(const T* values, int64_t n) {
    constexpr int64_t kAlign = 256;
    const int64_t bytes = n * static_cast<int64_t>(sizeof(T));
    const int64_t size = (bytes + kAlign - 1) / kAlign * kAlign;
    const DevicePtr<std::byte> memory = device_.allocate(size);
    memory_.push_back(memory);
    const DevicePtr<T> at = (flush_ ? memory + (size - bytes) : memory).template as<T>();
    device_.upload(at, values, n);
    return at;
  }
  template <class T>
  DevicePtr<T> put(const std::vector<T>& values) {
    return put(values.data(), static_cast<int64_t>(values.size()));
  }
  DevicePtr<float> put(const Values& values) { return put(values.data(), values.size()); }
  Matrix put(const Values& values, int64_t rows, int64_t cols) {
    return {DType::kF32, rows, cols, put(values).as<std::byte>(), {}};
  }
  Matrix normal(int64_t rows, int64_t cols, uint64_t seed, float stddev = 1) {
    return put(Values::normal(rows * cols, seed, stddev), rows, cols);
  }
  DevicePtr<float> normal(int64_t n, uint64_t seed) { return put(Values::normal(n, seed)); }
  Matrix put(const Stored& stored) {
    Matrix matrix;
    matrix.dtype = stored.matrix.dtype;
    matrix.rows = stored.matrix.rows;
    matrix.cols = stored.matrix.cols;
    matrix.data = put(stored.bytes).as<std::byte>();
    if (!stored.absmax_q.empty()) {
      matrix.nf4 = {put(stored.absmax_q), put(stored.absmax2), stored.matrix.nf4.offset};
    }
    if (!stored.row_absmax.empty()) matrix.row_absmax = put(stored.row_absmax);
    return matrix;
  }

  Values take(DevicePtr<const float> from, int64_t n) const {
    Values values(n);
    device_.download(values.data(), from, n);
    return values;
  }
  Values take(const Matrix& from) const { return take(from.floats(), from.elements()); }

 private:
  Device& device_;
  const bool flush_;
  DevicePtr<std::byte> scratch_;
  std::vector<DevicePtr<std::byte>> memory_;
};

using Case = std::function<Outputs(Board&)>;

inline Outputs on_cpu(const Case& run, Compute compute = Compute::kF32) {
  ThreadPool pool(1);
  CpuDevice device(cpu_kernels("scalar", compute), pool);
  Board board(device, false);
  return run(board);
}

#if defined(NEIRO_CUDA_EMULATED)
inline void set_order(uint64_t order) { emulator::set_order(order); }
#else
inline void set_order(uint64_t) {}  // a GPU has its own, another one each time
#endif

inline Outputs on_gpu(const Case& run, Compute compute, bool flush, uint64_t order) {
  set_order(order);
  std::string why;
  const std::unique_ptr<Device> device = cuda::open_cuda(compute, why);
  Board board(*device, flush);
  return run(board);
}

// The emulated GPU against the plain CPU, from aligned memory and from the end of memory, and four
// orders of threads against each other.
inline void check_case(const std::string& what, const Case& run, double tolerance = 1e-5,
                       Compute compute = Compute::kF32) {
  const Outputs expected = on_cpu(run, compute);
  for (const bool flush : {false, true}) {
    const Outputs got = on_gpu(run, compute, flush, 0);
    for (size_t i = 0; i < expected.size(); ++i) {
      check_close(what + (flush ? " at the end of memory" : "") + " output " + std::to_string(i),
                  got[i], expected[i], tolerance);
    }
    for (const uint64_t order : {1, 2, 3}) {
      const Outputs other = on_gpu(run, compute, flush, order);
      for (size_t i = 0; i < got.size(); ++i) {
        if (!other[i].same_bits(got[i])) {
          check::fail(__FILE__, __LINE__, what + ": other bits in another order of threads");
        }
      }
    }
  }
}

}  // namespace neiro
