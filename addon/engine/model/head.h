// Final norm and head over a few rows at a time: the logits of the whole vocabulary are never
// stored for all tokens. What is done with a chunk of logits is the caller's (a loss, a copy, a
// sampler).
#pragma once

#include <cstdint>

#include "core/arena.h"
#include "model/model.h"

namespace neiro {

// Room for one chunk. R = chunk rows.
struct HeadBuffers {
  int64_t rows = 0;           // R
  float* hidden = nullptr;    // [R, C] gathered
  float* normed = nullptr;    // [R, C]
  float* rstd = nullptr;      // [R]
  float* logits = nullptr;    // [R, vocab]; become their gradient in place
  float* d_normed = nullptr;  // [R, C]; null without gradients
  float* d_hidden = nullptr;  // [R, C]; null without gradients
};
// Rows of a chunk for up to T tokens: about 24 MB of logits, at least 16 rows.
int64_t head_chunk_rows(const ModelConfig& config, int64_t T);
HeadBuffers place_head_buffers(Arena& arena, const ModelConfig& config, int64_t rows,
                               bool gradients);

// buffers.logits[n, vocab] of rows `index`[n] of hidden[T, C]; n <= buffers.rows.
void head_forward(const Pass& pass, const Model& model, const HeadBuffers& buffers,
                  const float* hidden, int64_t T, const int32_t* index, int64_t n);
// From the gradient standing in buffers.logits: adds to rows `index` of d_hidden[T, C], and to the
// gradients of head and final norm where they are trained.
void head_backward(const Pass& pass, const Model& model, const HeadBuffers& buffers,
                   float* d_hidden, int64_t T, const int32_t* index, int64_t n);

}  // namespace neiro
