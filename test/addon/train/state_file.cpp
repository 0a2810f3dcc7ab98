// A checkpoint's state: what is written is what comes back, and what does not fit changes nothing.
#include "train/state_file.h"

#include <memory>
#include <vector>

#include "backend/support.h"
#include "check.h"
#include "io/safetensors.h"
#include "on_device.h"
#include "temp_folder.h"

using namespace neiro;

namespace {

// Two tensors, named and shaped as a test asks.
struct Trained {
  explicit Trained(const char* name = "a", int64_t cols = 4, Moments moments = Moments::kFloats) {
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
    counted.place(counting, {first, second}, MemoryCategory::kAdapter, false, moments);
    memory = std::make_unique<PlannedMemory>(*on.device, counting.size());
    parameters.place(*memory, {first, second}, MemoryCategory::kAdapter, false, moments);
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

// A training that went on from a state has the bits of one that was not cut off; moments of floats
// are no such state, and change nothing.
TEST(state_of_moments_in_bytes_goes_on_to_the_same_bits) {
  const TempFolder folder;
  const auto update = [](Trained& t, int64_t step) {
    const DevicePtr<float> whole = t.on.floats({1.0f});
    for (const Parameter& p : t.parameters.all()) {
      const Values grad = Values::normal(p.size, static_cast<uint64_t>(step));
      t.on.device->upload(p.grad, grad.data(), p.size);
    }
    t.parameters.update(*t.on.device, {0.1f, 0.9f, 0.999f, 1e-8f, 0.1f, step}, whole);
  };
  const auto values = [](const Trained& t) {
    std::vector<float> all;
    for (const Parameter& p : t.parameters.all()) {
      const std::vector<float> read = t.on.read(p.value, p.size);
      all.insert(all.end(), read.begin(), read.end());
    }
    return all;
  };
  Trained one("a", 2001, Moments::kBytes), other("a", 2001, Moments::kBytes);
  CHECK(one.parameters.all()[0].in_bytes && !one.parameters.all()[1].in_bytes);
  for (const int64_t step : {1, 2}) update(one, step);
  save_state(*one.on.device, one.parameters, {2, "x"}, folder.path("state"));
  CHECK(load_state(*other.on.device, other.parameters, folder.path("state")).step == 2);
  CHECK(values(one) == values(other));
  for (Trained* each : {&one, &other}) update(*each, 3);
  CHECK(values(one) == values(other));
  Trained floats("a", 2001);
  floats.fill(1);
  const std::vector<float> before = floats.all();
  CHECK_ERROR("STATE_MISMATCH",
              load_state(*floats.on.device, floats.parameters, folder.path("state")));
  CHECK(floats.all() == before);
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
