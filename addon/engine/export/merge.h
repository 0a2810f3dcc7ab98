// The tuned model as a Hugging Face folder of its own: every layer with its adapter baked in, in
// one stored type. Streams tensor by tensor; no copy of the model is ever held.
#pragma once

#include <atomic>
#include <string>

#include "backend/device.h"
#include "io/tensor.h"
#include "model/model.h"

namespace neiro {

// Writes model.safetensors, or shards of at most 4 GB and their index, into the folder (made if it
// is missing). With adapters attached they are baked in; NF4 bases are dequantised. A tied head is
// not written twice. `type` is F32, BF16 or F16. Throws Error NOT_MERGEABLE for an
// adapter that puts virtual tokens before each example, CANCELLED, or what io throws.
void save_merged(Device& device, Model& model, const std::string& dir, DType type,
                 const std::atomic<bool>* cancelled = nullptr);

}  // namespace neiro
