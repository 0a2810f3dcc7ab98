// Final norm and head over a few rows at a time: the logits of the whole vocabulary are never
// stored for all tokens. Which rows, and what is done with a chunk of logits, is the caller's (a
// loss, a copy, a sampler).
//
// A head is the model's last Linear, [outputs, C], and of one of two kinds (ModelConfig::score):
// the language head gives a logit for each token of the vocabulary, the score head one score for
// each label. Here they are one, but that a score head may have a layer more, with an activation
// and perhaps a norm, before its last; what they learn from differs, and is an objective each
// (objectives/objective.h). Where a score head takes the mean over an example's tokens, the final
// norm is of all tokens and comes first (norm_tokens).
#pragma once

#include <cstdint>

#include "backend/planned_memory.h"
#include "model/model.h"

namespace neiro {

// Room for one chunk. R = chunk rows.
struct HeadBuffers {
  int64_t rows = 0;       // R
  Matrix hidden;          // [R, C] gathered
  Matrix normed;          // [R, C]
  DevicePtr<float> rstd;  // [R]
  Matrix logits;          // [R, outputs]; become their gradient in place
  // Of a score head, where it has them.
  Matrix dense;                  // [R, C] what its first layer gives
  Matrix kept_dense;             // [R, kept_per_token] adapters
  Matrix active;                 // [R, C]
  DevicePtr<float> score_rstd;   // [R]
  Matrix score_normed;           // [R, C]
  Matrix tokens;                 // [T, C] all of them after the final norm
  DevicePtr<float> tokens_rstd;  // [T]
  Matrix d_tokens;               // [T, C]; none without gradients
  Matrix slopes;    // [R, outputs] of the soft cap; none without one or without gradients
  Matrix d_normed;  // [R, C]; none without gradients
  Matrix d_hidden;  // [R, C]; none without gradients
};
// Rows of a chunk for up to T tokens: about 24 MB of logits, at least 16 rows.
int64_t head_chunk_rows(const ModelConfig& config, int64_t T);
HeadBuffers place_head_buffers(PlannedMemory& memory, const Model& model, int64_t rows, int64_t T,
                               bool gradients);

// For a mean over tokens: all hidden states [T, C] after the final norm, in buffers; and back, from
// buffers.d_tokens to d_hidden[T, C], which is written.
Matrix norm_tokens(const Pass& pass, const Model& model, const HeadBuffers& buffers,
                   const Matrix& hidden);
void norm_tokens_backward(const Pass& pass, const Model& model, const HeadBuffers& buffers,
                          const Matrix& d_hidden, const Matrix& hidden);

// Hidden states x[n, C] after the final norm, in buffers; they themselves where there is none. n <=
// buffers.rows.
Matrix final_states(const Pass& pass, const Model& model, const HeadBuffers& buffers,
                    const Matrix& x);

// The logits[n, outputs], in buffers, of hidden states x[n, C] after the last layer; n <=
// buffers.rows.
Matrix head_forward(const Pass& pass, const Model& model, const HeadBuffers& buffers,
                    const Matrix& x);
// From the gradient d_logits[n, outputs], in buffers: returns the gradient [n, C] of x, which must
// be as it was; adds to the gradients of head and final norm where they are trained.
Matrix head_backward(const Pass& pass, const Model& model, const HeadBuffers& buffers,
                     const Matrix& d_logits, const Matrix& x);

}  // namespace neiro
