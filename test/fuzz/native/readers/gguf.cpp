// GGUF files: the head, and the model that it tells of (its config, and its tensors by a folder's
// names).
#include "io/gguf_file.h"

#include "model/families/families.h"
#include "model/model.h"
#include "model/weights.h"
#include "reader.h"

using namespace neiro;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string path = fuzz::as_file(data, size, "model.gguf");
  fuzz::reads([&] {
    const GgufFile file(path);
    for (const Tensor& tensor : file.tensors()) {
      if (file.find(tensor.name) != &tensor) fuzz::fault("is not found: " + tensor.name);
      fuzz::touch(tensor.data, tensor.bytes);
    }
    const ModelFiles files = open_model_files(path);
    for (const Tensor& tensor : files.tensors()) {
      // what is read of it, in the order in which it is meant
      std::vector<float> values(static_cast<size_t>(tensor.elements()));
      const bool floats = tensor.type == DType::kF32 || tensor.type == DType::kF16 ||
                          tensor.type == DType::kBF16 || ggml_blocks(tensor.type);
      if (floats && !values.empty()) read_values(tensor, 0, tensor.elements(), values.data());
    }
    Model model(parse_config(files.config()));
    find_weights(model, files);
  });
  return 0;
}
