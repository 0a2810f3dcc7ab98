// adapter_model.safetensors, into the adapter of a tiny model.
#include "adapters/adapter_files.h"

#include <cmath>

#include "adapters/support.h"
#include "reader.h"

using namespace neiro;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static TempFolder* const model = [] {
    auto* made = new TempFolder;
    write_tiny_model(*made, {.layers = 1});
    return made;
  }();
  static Adapted* const adapted = new Adapted(*model, small_lora());
  fuzz::as_file(data, size, "adapter_model.safetensors");
  const bool taken = fuzz::reads([&] {
    read_adapter_values(adapted->device(), adapted->on.pool, adapted->adapter, fuzz::folder());
  });
  if (!taken) return 0;
  for (const auto& values : adapted->values()) {
    for (const float value : values) {
      if (!std::isfinite(value)) fuzz::fault("took what is no number");
    }
  }
  fuzz::reads([&] { saved_whole(small_lora(), fuzz::folder(), {"model.embed_tokens"}); });
  return 0;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t most, unsigned seed) {
  return fuzz::mutate_safetensors(data, size, most, seed);
}
