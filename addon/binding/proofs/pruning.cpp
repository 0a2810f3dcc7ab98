// Pruning of given matrices, without a model.
#include <memory>
#include <string>
#include <vector>

#include "backend/open_device.h"
#include "backend/transfer.h"
#include "convert.h"
#include "proofs.h"
#include "pruning_value.h"
#include "train/parameters.h"
#include "worker.h"

namespace neiro::binding {
namespace {

struct Given {
  int64_t rows = 0;
  int64_t cols = 0;
  std::vector<float> data;
};

std::vector<Given> given_matrices(Napi::Value value) {
  std::vector<Given> all;
  const Napi::Array array = value.As<Napi::Array>();
  for (uint32_t i = 0; i < array.Length(); ++i) {
    const Options one(array.Get(i), "matrix", {"rows", "cols", "data"});
    all.push_back({one.integer("rows"), one.integer("cols"), one.floats("data")});
  }
  return all;
}

void prune_all(std::vector<Given> given, const Pruning& pruning,
               std::vector<std::vector<float>>& result) {
  ThreadPool pool(1);
  const std::unique_ptr<Device> device = open_device(pool);
  std::vector<Matrix> matrices(given.size());
  std::vector<DevicePtr<float>> gradients(given.size());
  std::vector<TensorSlot> slots;
  for (size_t i = 0; i < given.size(); ++i) {
    TensorSlot slot{std::to_string(i), TensorSlot::Kind::kLinear, given[i].rows, given[i].cols};
    slot.matrix = &matrices[i];
    slot.gradient = &gradients[i];
    slots.push_back(slot);
  }
  const auto place = [&](PlannedMemory& memory) {
    Parameters parameters;
    parameters.place(memory, slots, MemoryCategory::kWeights);
    return parameters;
  };
  PlannedMemory counting(*device);
  place(counting);
  PlannedMemory memory(*device, counting.size());
  const Parameters parameters = place(memory);
  for (size_t i = 0; i < given.size(); ++i) {
    const Parameter& p = parameters.all()[i];
    device->upload(p.value, given[i].data.data(), p.size);
  }
  prune(*device, parameters.all(), pruning);
  for (const Parameter& p : parameters.all()) {
    result.push_back(downloaded(*device, p.value, p.size));
  }
}

}  // namespace

Napi::Value prune_matrices(const Napi::CallbackInfo& info) {
  return promise_of(info.Env(), [&] {
    return Worker<std::vector<std::vector<float>>>::start(
        info.Env(),
        [matrices = given_matrices(info[0]), options = pruning_options(info[1])](
            std::vector<std::vector<float>>& result) { prune_all(matrices, options, result); },
        [](Napi::Env env, std::vector<std::vector<float>>& result) -> Napi::Value {
          Napi::Array list = Napi::Array::New(env, result.size());
          for (uint32_t i = 0; i < result.size(); ++i) {
            list.Set(i, float_array(env, result[i].data(), static_cast<int64_t>(result[i].size())));
          }
          return list;
        });
  });
}

}  // namespace neiro::binding
