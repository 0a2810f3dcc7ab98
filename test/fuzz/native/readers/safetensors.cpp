// Safetensors files: every tensor that is named lies inside the file, and names are in order.
#include "io/safetensors.h"

#include "reader.h"

using namespace neiro;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string path = fuzz::as_file(data, size, "model.safetensors");
  fuzz::reads([&] {
    const SafetensorsFile file(path);
    const std::string* before = nullptr;
    for (const Tensor& tensor : file.tensors()) {
      if (before && *before >= tensor.name) fuzz::fault("names out of order: " + tensor.name);
      before = &tensor.name;
      if (file.find(tensor.name) != &tensor) fuzz::fault("is not found: " + tensor.name);
      fuzz::touch(tensor.data, tensor.bytes);
      fuzz::reads([&] { check_finite(tensor); });
    }
  });
  return 0;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t most, unsigned seed) {
  return fuzz::mutate_safetensors(data, size, most, seed);
}
