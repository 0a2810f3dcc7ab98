// Distances by row, and the one norm.
#include "model/relative.h"

#include <algorithm>
#include <cmath>

namespace neiro {

RelativeRows place_relative_rows(PlannedMemory& memory, const ModelConfig& config, int64_t T,
                                 bool gradients) {
  constexpr MemoryCategory kCategory = MemoryCategory::kActivations;
  RelativeRows rows;
  if (!config.relative.exists()) return rows;
  const int64_t R = 2 * config.relative.span;
  const int64_t C = config.hidden_size;
  rows.stored = memory.take_matrix(kCategory, R, C);
  rows.rstd = memory.take<float>(kCategory, R);
  rows.normed = memory.take_matrix(kCategory, R, C);
  if (gradients) rows.d_normed = memory.take_matrix(kCategory, R, C);
  rows.rows = memory.take<int32_t>(kCategory, 2 * T - 1);
  rows.staging = memory.take_host<int32_t>(kCategory, 2 * T - 1);
  return rows;
}

// With m = buckets / 2: distances up to m are their own, beyond it sign * ceil(log(|d| / m) /
// log((farthest - 1) / m) * (m - 1)) + m; then limited to the vectors that there are. In float, as
// there: a distance at the edge of a step must fall on the same side.
int32_t distance_row(const RelativeConfig& config, int64_t distance) {
  float own = static_cast<float>(distance);
  const float middle = static_cast<float>(config.buckets / 2);
  if (config.buckets > 0 && std::fabs(own) > middle) {
    const float steps = std::log(std::fabs(own) / middle) /
                        std::log(static_cast<float>(config.farthest - 1) / middle);
    own = std::copysign(std::ceil(steps * (middle - 1)) + middle, own);
  }
  const float span = static_cast<float>(config.span);
  return static_cast<int32_t>(std::clamp(own + span, 0.0f, 2 * span - 1));
}

void relative_forward(const Pass& pass, const Model& model, RelativeRows& rows) {
  const RelativeConfig& config = model.config.relative;
  if (!config.exists()) return;
  const Device& device = *pass.device;
  pass.ops().matrix_rows(device, rows.stored, model.distances, 0);
  if (model.distance_norm.exists()) {
    model.distance_norm.forward(pass, rows.normed, rows.rstd, rows.stored);
  } else {
    device.copy(rows.normed.floats(), DevicePtr<const float>(rows.stored.floats()),
                rows.stored.elements());
  }
  rows.reach = pass.rows.sequences.longest;
  for (int32_t i = 0; i < 2 * rows.reach - 1; ++i) {
    rows.staging[i] = distance_row(config, i - (rows.reach - 1));
  }
  device.upload(rows.rows, rows.staging, 2 * rows.reach - 1);
}

void relative_backward_begin(const Pass& pass, const RelativeRows& rows) {
  if (rows.d_normed.data) pass.device->zero(rows.d_normed.floats(), rows.d_normed.elements());
}

void relative_backward(const Pass& pass, const Model& model, const RelativeRows& rows) {
  if (!model.d_distances) return;
  if (model.distance_norm.exists()) {
    model.distance_norm.backward(pass, rows.d_normed, rows.d_normed, rows.stored, rows.rstd, false);
  }
  Matrix gradient = rows.d_normed;
  gradient.data = model.d_distances.as<std::byte>();
  pass.ops().add(*pass.device, gradient, rows.d_normed);
}

}  // namespace neiro
