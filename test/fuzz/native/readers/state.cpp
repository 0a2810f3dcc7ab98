// A checkpoint's state: what does not fit changes nothing.
#include "train/state_file.h"

#include <cmath>
#include <memory>

#include "on_device.h"
#include "reader.h"

using namespace neiro;

namespace {

// A matrix [2, 3] and a vector [2].
struct Trained {
  Trained() {
    matrix.rows = 2;
    matrix.cols = 3;
    TensorSlot first{"a", TensorSlot::Kind::kAdapter, 2, 3};
    first.matrix = &matrix;
    first.gradient = &d_matrix;
    TensorSlot second{"b", TensorSlot::Kind::kAdapter, 2};
    second.vector = &vector;
    second.gradient = &d_vector;
    PlannedMemory counting(*on.device);
    Parameters counted;
    counted.place(counting, {first, second}, MemoryCategory::kAdapter);
    memory = std::make_unique<PlannedMemory>(*on.device, counting.size());
    parameters.place(*memory, {first, second}, MemoryCategory::kAdapter);
  }
  std::vector<float> all() const {
    std::vector<float> values;
    for (const Parameter& p : parameters.all()) {
      for (const DevicePtr<float> part : {p.value, p.m, p.v}) {
        const std::vector<float> read = on.read(part, p.size);
        values.insert(values.end(), read.begin(), read.end());
      }
    }
    return values;
  }

  OnDevice on{1};
  Matrix matrix;
  DevicePtr<float> vector, d_matrix, d_vector;
  std::unique_ptr<PlannedMemory> memory;
  Parameters parameters;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Trained* const trained = new Trained;
  const std::string path = fuzz::as_file(data, size, "state.safetensors");
  const std::vector<float> before = trained->all();
  StateInfo info;
  if (!fuzz::reads([&] { info = load_state(*trained->on.device, trained->parameters, path); })) {
    if (trained->all() != before) fuzz::fault("refused, and changed");
    return 0;
  }
  if (info.step < 0) fuzz::fault("a step below 0");
  for (const float value : trained->all()) {
    if (!std::isfinite(value)) fuzz::fault("took what is no number");
  }
  const std::string again = fuzz::folder() + "/again.safetensors";
  const std::vector<float> taken = trained->all();
  save_state(*trained->on.device, trained->parameters, info, again);
  if (load_state(*trained->on.device, trained->parameters, again).step != info.step ||
      trained->all() != taken) {
    fuzz::fault("comes back otherwise");
  }
  return 0;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t most, unsigned seed) {
  return fuzz::mutate_safetensors(data, size, most, seed);
}
