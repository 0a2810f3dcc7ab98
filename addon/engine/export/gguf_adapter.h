// An adapter as a GGUF file that llama.cpp lays over the base's file (--lora).
#pragma once

#include <string>
#include <vector>

#include "adapters/adapter.h"
#include "backend/device.h"
#include "io/gguf_writer.h"

namespace neiro {

// Writes FILE whole or not at all: A and B of each layer in F32, rows of B in llama.cpp's order,
// rsLoRA's strength as one that llama.cpp divides by the rank. Throws Error GGUF_ADAPTER {kind} for
// what no such file can say: other kinds than LoRA, parts trained whole beside it; what gguf_family
// throws; or what io throws.
void save_gguf_adapter(const Device& device, const Model& model, Adapter& adapter,
                       const std::string& file, const std::vector<GgufEntry>& entries);

}  // namespace neiro
