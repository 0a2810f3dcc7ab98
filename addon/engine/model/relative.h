// The learnt vectors of distances between tokens (DeBERTa-v2: He et al. 2021), which all layers
// share: their norm, made once a pass, which of them a distance has, and the way back.
#pragma once

#include <cstdint>

#include "backend/planned_memory.h"
#include "model/model.h"

namespace neiro {

// Planned memory of a pass of up to T tokens. R = 2 * span.
struct RelativeRows {
  Matrix stored;               // [R, C] in F32
  DevicePtr<float> rstd;       // [R]
  Matrix normed;               // [R, C]
  Matrix d_normed;             // [R, C]; none without gradients
  DevicePtr<int32_t> rows;     // [2 * reach - 1] the row of each distance, from -(reach - 1) on
  int32_t* staging = nullptr;  // the same on the host
  int32_t reach = 0;           // tokens of the longest example of this pass
};
RelativeRows place_relative_rows(PlannedMemory& memory, const ModelConfig& config, int64_t T,
                                 bool gradients);

// The row of the distance i - j (make_log_bucket_position in Transformers).
int32_t distance_row(const RelativeConfig& config, int64_t distance);

// For the rows of this pass; nothing for a model without such vectors.
void relative_forward(const Pass& pass, const Model& model, RelativeRows& rows);
// Once before the layers' way back, and once after it.
void relative_backward_begin(const Pass& pass, const RelativeRows& rows);
void relative_backward(const Pass& pass, const Model& model, const RelativeRows& rows);

}  // namespace neiro
