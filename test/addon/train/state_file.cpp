// A checkpoint's state: what is written is what comes back, and what does not fit changes nothing.
#include "train/state_file.h"

#include <memory>
#include <vector>

#include "check.h"
#include "io/safetensors.h"
#include "on_device.h"
#include "temp_folder.h"

using namespace neiro;

namespace {

// Two tensors, named and shaped as a test asks.
struct Trained {
  explicit Trained(const char* name = "a", int64_t cols = 4) {
    matrix.rows = 3;
    matrix.cols = cols;
    TensorSlot first{name, TensorSlot::Kind::kAdapter, 3, cols};
    first.matrix = &matrix;
    first.gradient = &d_matrix;
    TensorSlot second{"b", TensorSlot::Kind::kAdapter, 5};
    second.vector = &vector;
    second.gradient = &d_vector;
    PlannedMemory counting(*on.device);
    Parameters counted;
    counted.place(counting, {first, second}, MemoryCategory::kAdapter);
    memory = std::make_unique<PlannedMemory>(*on.device, counting.size());
    parameters.place(*memory, {first, second}, MemoryCategory::kAdapter);
  }

  // Values and moments, each its own.
  void fill(float start) {
    for (const Parameter& p : parameters.all()) {
      for (const DevicePtr<float> part : {p.value, p.m, p.v}) {
        std::vector<float> values(static_cast<size_t>(p.size));
        for (float& value : values) value = start++;
        on.device->upload(part, values.data(), p.size);
      }
    }
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

  OnDevice on;
  Matrix matrix;
  DevicePtr<float> vector, d_matrix, d_vector;
  std::unique_ptr<PlannedMemory> memory;
  Parameters parameters;
};

}  // namespace

TEST(state_comes_back_as_it_was_written) {
  const TempFolder folder;
  Trained one, other;
  one.fill(1);
  other.fill(1000);
  save_state(*one.on.device, one.parameters, {7, "somewhere"}, folder.path("state"));
  const StateInfo info = load_state(*other.on.device, other.parameters, folder.path("state"));
  CHECK(info.step == 7 && info.written_by == "somewhere");
  CHECK(other.all() == one.all());
}

TEST(state_names_are_those_of_the_manual) {
  const TempFolder folder;
  Trained one;
  save_state(*one.on.device, one.parameters, {1, "x"}, folder.path("state"));
  const SafetensorsFile file(folder.path("state"));
  CHECK(file.tensors().size() == 6);
  for (const char* name : {"param.a", "exp_avg.a", "exp_avg_sq.a"}) {
    CHECK((file.tensor(name).shape == std::vector<int64_t>{3, 4}));
  }
  for (const char* name : {"param.b", "exp_avg.b", "exp_avg_sq.b"}) {
    CHECK((file.tensor(name).shape == std::vector<int64_t>{5}));
  }
}

TEST(state_that_does_not_fit_changes_nothing) {
  const TempFolder folder;
  Trained one;
  save_state(*one.on.device, one.parameters, {1, "x"}, folder.path("state"));
  const auto refused = [&](Trained& other) {
    other.fill(5);
    const std::vector<float> before = other.all();
    CHECK_ERROR("STATE_MISMATCH",
                load_state(*other.on.device, other.parameters, folder.path("state")));
    CHECK(other.all() == before);
  };
  Trained renamed("c"), wider("a", 6);
  refused(renamed);
  refused(wider);
}

// The mark of the format, the step, and values that are numbers: each is looked at before the first
// value is taken.
TEST(state_that_is_damaged_changes_nothing) {
  const TempFolder folder;
  Trained one, other;
  one.fill(1);
  other.fill(5);
  const std::vector<float> before = other.all();
  save_state(*one.on.device, one.parameters, {1, "x"}, folder.path("state"));
  const std::string bytes = folder.read("state");
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = bytes;
    changed.replace(changed.find(from), from.size(), to);
    return folder.write("damaged", changed);
  };
  const auto load = [&](const std::string& path) {
    load_state(*other.on.device, other.parameters, path);
  };
  CHECK_ERROR("STATE_MISMATCH", load(with("neiro-state-1", "neiro-state-9")));
  CHECK_ERROR("STATE_MISMATCH", load(with("\"step\": \"1\"", "\"step\": \"x\"")));
  std::string nan = bytes;
  nan.replace(nan.size() - 4, 4, std::string("\0\0\xc0\x7f", 4));
  CHECK_ERROR("NOT_FINITE_WEIGHTS", load(folder.write("damaged", nan)));
  CHECK_ERROR("FILE_TRUNCATED", load(folder.write("damaged", bytes.substr(0, bytes.size() - 1))));
  CHECK(other.all() == before);
}
