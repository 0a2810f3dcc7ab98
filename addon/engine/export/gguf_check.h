// A GGUF file that was written, read again by the reader that opens strangers' files
// (io/gguf_file.h): every tensor is there, in its shape, and its values are the merged ones within
// what its format rounds away.
#pragma once

#include <atomic>
#include <string>

#include "adapters/adapter.h"
#include "backend/device.h"
#include "model/model.h"

namespace neiro {

// The worst tensor: root mean square of what its values are off, by that of the values.
struct GgufCheck {
  std::string tensor;
  double difference = 0;
};

// Throws Error GGUF_DIFFERS {tensor, difference, tolerance}, CANCELLED, or what reading throws.
GgufCheck check_gguf(Device& device, Model& model, const std::string& file,
                     const std::atomic<bool>* cancelled = nullptr);

// The same of an adapter's file: what alpha / rank * B A adds to the weights.
GgufCheck check_gguf_adapter(const Device& device, const Model& model, Adapter& adapter,
                             const std::string& file);

}  // namespace neiro
