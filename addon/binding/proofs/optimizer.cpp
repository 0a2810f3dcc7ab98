// Updates by the optimizer alone, without a model: what it makes of given gradients.
#include <cstdint>
#include <memory>
#include <vector>

#include "backend/open_device.h"
#include "backend/transfer.h"
#include "convert.h"
#include "core/option.h"
#include "proofs.h"
#include "train/parameters.h"
#include "train/trainer.h"
#include "worker.h"

namespace neiro::binding {
namespace {

struct Updated {
  std::vector<float> values, absmax1, absmax2, moment1, moment2;
  std::vector<uint8_t> codes1, codes2;
};

void update_all(const std::vector<float>& values, const std::vector<float>& gradients,
                const StepOptions& options, Updated& result) {
  ThreadPool pool(1);
  const std::unique_ptr<Device> opened = open_device(pool);
  Device& device = *opened;
  const int64_t n = static_cast<int64_t>(values.size());
  Matrix matrix;
  matrix.rows = n;
  matrix.cols = 1;
  DevicePtr<float> gradient;
  TensorSlot slot{"values", TensorSlot::Kind::kLinear, n, 1};
  slot.matrix = &matrix;
  slot.gradient = &gradient;
  DevicePtr<float> scale;
  const auto place = [&](PlannedMemory& memory) {
    Parameters parameters;
    parameters.place(memory, {slot}, MemoryCategory::kWeights, false, Moments::kBytes);
    scale = memory.take<float>(MemoryCategory::kWorkspace, 1);
    return parameters;
  };
  PlannedMemory counting(device);
  place(counting);
  PlannedMemory memory(device, counting.size());
  const Parameters parameters = place(memory);
  const Parameter& p = parameters.all().front();
  const float one = 1;
  device.upload(scale, &one, 1);
  device.upload(p.value, values.data(), n);
  AdamW adamw{static_cast<float>(options.learning_rate), static_cast<float>(options.beta1),
              static_cast<float>(options.beta2),         static_cast<float>(options.epsilon),
              static_cast<float>(options.weight_decay),  1};
  for (int64_t first = 0; first < static_cast<int64_t>(gradients.size()); first += n) {
    device.upload(p.grad, gradients.data() + first, n);
    parameters.update(device, adamw, scale);
    ++adamw.step;
  }
  result.values = downloaded(device, p.value, n);
  if (!p.in_bytes) {
    result.moment1 = downloaded(device, p.m, n);
    result.moment2 = downloaded(device, p.v, n);
    return;
  }
  result.codes1 = downloaded(device, p.bytes.m, n);
  result.codes2 = downloaded(device, p.bytes.v, n);
  result.absmax1 = downloaded(device, p.bytes.m_absmax, moment_blocks(n));
  result.absmax2 = downloaded(device, p.bytes.v_absmax, moment_blocks(n));
}

Napi::Value updated_value(Napi::Env env, Updated& updated) {
  const auto floats = [&](const std::vector<float>& values) {
    return float_array(env, values.data(), static_cast<int64_t>(values.size()));
  };
  Napi::Object value = Napi::Object::New(env);
  value.Set("values", floats(updated.values));
  value.Set("codes1", byte_array(env, updated.codes1));
  value.Set("codes2", byte_array(env, updated.codes2));
  value.Set("absmax1", floats(updated.absmax1));
  value.Set("absmax2", floats(updated.absmax2));
  value.Set("moment1", floats(updated.moment1));
  value.Set("moment2", floats(updated.moment2));
  return value;
}

StepOptions update_options(Napi::Value value) {
  const Options given(value, "options",
                      {"learningRate", "beta1", "beta2", "epsilon", "weightDecay"});
  StepOptions options;
  options.learning_rate = given.number("learningRate");
  options.beta1 = given.number("beta1");
  options.beta2 = given.number("beta2");
  options.epsilon = given.number("epsilon");
  options.weight_decay = given.number("weightDecay");
  return options;
}

}  // namespace

Napi::Value update_in_bytes(const Napi::CallbackInfo& info) {
  return promise_of(info.Env(), [&] {
    return Worker<Updated>::start(
        info.Env(),
        [values = floats_argument(info, 0, "values"),
         gradients = floats_argument(info, 1, "gradients"),
         options = update_options(info[2])](Updated& result) {
          require_option(!values.empty() && gradients.size() % values.size() == 0, "gradients",
                         static_cast<int64_t>(gradients.size()), "so many for each update");
          update_all(values, gradients, options, result);
        },
        updated_value);
  });
}

}  // namespace neiro::binding
