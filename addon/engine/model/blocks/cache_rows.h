// One layer's part of what a sequence leaves behind for its next tokens: keys and values of
// attention, or the state of a mixer that needs no more of the past than that.
#pragma once

#include <cstdint>

#include "backend/device.h"

namespace neiro {

struct CacheRows {
  Matrix k;            // [capacity, kv_heads * D] rotated, of positions [0, length)
  Matrix v;            // [capacity, kv_heads * D]
  int64_t length = 0;  // positions filled before this call
  // Of this sequence, or, of rows that are apart, of all conversations: two each, one to read and
  // one to write, so that a pass that was stopped can begin again. [count, state_size]
  Matrix states;
  int64_t state = 0;  // the row that is read; the other of its pair is written

  Matrix read_state(int64_t row) const { return states.slice(row, 1); }
  Matrix written_state(int64_t row) const { return states.slice(row ^ 1, 1); }
};

// [rows, cols] of a flat state, from value `begin` on.
inline Matrix part_of_state(const Matrix& state, int64_t begin, int64_t rows, int64_t cols) {
  Matrix part = state.shaped(rows, cols);
  part.data = (state.floats() + begin).as<std::byte>();
  return part;
}

}  // namespace neiro
