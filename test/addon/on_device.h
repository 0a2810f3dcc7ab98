// A device for tests of what works on one: small arrays go up and come down again, so that a test
// never looks into the memory of a device. NEIRO_DEVICE chooses it as for a session.
#pragma once

#include <memory>
#include <vector>

#include "backend/open_device.h"
#include "backend/transfer.h"

class OnDevice {
 public:
  explicit OnDevice(int threads = 2) : pool(threads), device(neiro::open_device(pool)) {
    device->use_scratch(device->allocate(device->scratch_bytes(threads, 64, 64)));
  }

  neiro::DevicePtr<float> floats(const std::vector<float>& values) {
    const int64_t n = static_cast<int64_t>(values.size());
    const auto memory = device->allocate(n * static_cast<int64_t>(sizeof(float))).as<float>();
    device->upload(memory, values.data(), n);
    return memory;
  }
  neiro::Matrix matrix(int64_t rows, int64_t cols, const std::vector<float>& values) {
    return {neiro::DType::kF32, rows, cols, floats(values).as<std::byte>(), {}};
  }
  neiro::Matrix matrix(int64_t rows, int64_t cols, float value = 0) {
    return matrix(rows, cols, std::vector<float>(static_cast<size_t>(rows * cols), value));
  }

  void write(const neiro::Matrix& matrix, const std::vector<float>& values) const {
    device->upload(matrix.floats(), values.data(), matrix.elements());
  }
  std::vector<float> read(neiro::DevicePtr<const float> from, int64_t n) const {
    return neiro::downloaded(*device, from, n);
  }
  // All values, decoded.
  std::vector<float> read(const neiro::Matrix& stored) {
    const neiro::Matrix plain = matrix(stored.rows, stored.cols);
    device->ops().matrix_rows(*device, plain, stored, 0);
    return read(plain.floats(), plain.elements());
  }

  neiro::ThreadPool pool;
  std::unique_ptr<neiro::Device> device;
};
