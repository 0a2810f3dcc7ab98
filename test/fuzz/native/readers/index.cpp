// model.safetensors.index.json beside one real shard.
#include "io/model_files.h"
#include "io/safetensors.h"
#include "reader.h"

using namespace neiro;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const bool laid = [] {
    fuzz::as_file(reinterpret_cast<const uint8_t*>("{}"), 2, "config.json");
    SafetensorsWriter writer(fuzz::folder() + "/a.safetensors", {{"a", DType::kF32, {2}}});
    const float values[2] = {1, 2};
    writer.write(values, sizeof values);
    writer.commit();
    return true;
  }();
  static_cast<void>(laid);
  fuzz::as_file(data, size, "model.safetensors.index.json");
  fuzz::reads([&] {
    const ModelFiles files(fuzz::folder());
    for (const Tensor& tensor : files.tensors()) fuzz::touch(tensor.data, tensor.bytes);
  });
  return 0;
}
