// Some rows of the hidden states through the head, a chunk at a time: logits of what is not learnt
// are never computed, and those of all rows are never there together.
#pragma once

#include <algorithm>
#include <cstdint>

#include "model/head.h"

namespace neiro {

struct HeadRows {
  Matrix hidden;                  // [T, C] after the last layer
  Matrix d_hidden;                // [T, C] its gradient; no data = nothing goes back
  DevicePtr<const int32_t> rows;  // [n] which of the T
  int64_t n = 0;
  // Instead: n examples [offsets[s], offsets[s + 1]), whose means go through the head.
  DevicePtr<const int32_t> examples = nullptr;
};

// Calls lose(first, logits) for each chunk, with the logits of rows [first, first + logits.rows);
// on a way back it leaves their gradient there. d_hidden is written, zero in all other rows.
template <class Lose>
void through_head(const Pass& pass, const Model& model, const HeadBuffers& head,
                  const HeadRows& from, Lose lose) {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const Matrix& d_hidden = from.d_hidden;
  const bool way_back = static_cast<bool>(d_hidden.data);
  if (way_back) device.zero(d_hidden.data, stored_bytes(d_hidden.dtype, d_hidden.elements()));
  for (int64_t first = 0; first < from.n; first += head.rows) {
    pass.check_cancelled();
    const int64_t n = std::min(head.rows, from.n - first);
    const bool means = static_cast<bool>(from.examples);
    const DevicePtr<const int32_t> rows = (means ? from.examples : from.rows) + first;
    const Matrix x = head.hidden.first(n);
    (means ? ops.mean_rows : ops.gather_rows)(device, x, from.hidden, rows);
    const Matrix logits = head_forward(pass, model, head, x);
    lose(first, logits);
    if (!way_back) continue;
    const Matrix dx = head_backward(pass, model, head, logits, x);
    (means ? ops.mean_rows_backward : ops.gather_rows_backward)(device, d_hidden, dx, rows);
  }
}

}  // namespace neiro
