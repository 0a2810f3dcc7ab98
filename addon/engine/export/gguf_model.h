// The tuned model as one GGUF file (gguf_format.h) that llama.cpp opens: merged, renamed, its rows
// in llama.cpp's order, quantised. Streams tensor by tensor.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "backend/device.h"
#include "core/thread_pool.h"
#include "export/gguf_mix.h"
#include "io/gguf_writer.h"
#include "model/model.h"

namespace neiro {

// Writes FILE whole or not at all. `entries` are what only the caller knows (general.name, the
// tokenizer, the chat template); what the architecture needs is added. Throws Error NOT_MERGEABLE
// for an adapter that puts virtual tokens before each example, what gguf_family throws, CANCELLED,
// or what io throws.
void save_gguf(Device& device, ThreadPool& pool, Model& model, const std::string& file,
               GgufKind kind, const std::vector<GgufEntry>& entries,
               const std::atomic<bool>* cancelled = nullptr);

// Bytes of the file's tensors, before anything is written.
int64_t gguf_bytes(Model& model, GgufKind kind);

// Rows [rows, cols] of `heads` heads from our order, where the rotation pairs the first half of a
// head with its second, into llama.cpp's, where the pairs are neighbours.
void pair_rows(const float* from, int64_t rows, int64_t cols, int64_t head_dim, float* to);

}  // namespace neiro
