// One pass through the model: which tokens, where it runs, whether adapters and dropout count, and
// whether someone asked to stop. Made anew for every call; owns nothing.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "backend/device.h"
#include "core/random.h"

namespace neiro {

class InputRows;
struct ModelConfig;
struct LayerInputRows;
struct RelativeRows;
struct SharedKeys;
struct Ropes;

// T rows laid end to end, one for each token. Positions restart at 0 in each example. With an
// adapter that puts rows before each example (model/input_rows.h) these come first and count as its
// own.
struct TokenRows {
  DevicePtr<const int32_t> tokens;   // [T]
  const int32_t* on_host = nullptr;  // the same; as long as the caller's lie, none with rows before
  DevicePtr<const int32_t> positions;  // [T]
  int64_t T = 0;
  Sequences sequences;
  int64_t before = 0;               // rows that an adapter puts before each example
  const int32_t* starts = nullptr;  // [examples] on the host: where each begins; until rows are
                                    // laid again
  int64_t examples = 0;
};

// The last tokens of as many conversations, one row each: row i is the next of a conversation whose
// cache is part of a layer's cache that all share (model/conversations.h).
struct RowsApart {
  DevicePtr<const int32_t> begins;   // [T] first row of each one's cache
  const int32_t* next = nullptr;     // [T] on the host: the row that takes its new key and value
  const int32_t* lengths = nullptr;  // [T] on the host: of each one, with this row
  const int32_t* states = nullptr;   // [T] on the host: row of each one's state (CacheRows)
};

// Rows that one adapter is for, where a pass has several.
struct AdapterRows {
  int adapter = -1;  // its number among those of the session; -1 = the base alone
  int64_t begin = 0, count = 0;
};

struct Pass {
  const Device* device = nullptr;
  const ModelConfig* config = nullptr;
  const Ropes* ropes = nullptr;
  TokenRows rows;
  bool adapter = true;   // false = the base model alone
  bool dropout = false;  // only while training
  PhiloxKey random;      // the run's seed and the stream of (step, micro-step), for dropout masks
  const InputRows* inputs = nullptr;  // null = no rows are put before examples
  // Of models that learn vectors of distances; set by the transformer for its layers.
  const RelativeRows* relative = nullptr;
  // Of models whose layers have vectors of each token, or keys and values of others; likewise.
  const LayerInputRows* layer_inputs = nullptr;
  const SharedKeys* shared_keys = nullptr;
  const RowsApart* apart = nullptr;  // null = rows are of sequences; the same bits as alone
  // Who is for which rows of what a layer is given, end to end; empty = the first for all.
  std::vector<AdapterRows> adapters;
  const std::atomic<bool>* cancelled = nullptr;

  int64_t rows_before() const;  // that an adapter puts before each example of this pass
  const Operations& ops() const { return device->ops(); }
  // The product of these rows, as operations.h; of rows that are apart, apart.
  void linear_forward(const Matrix& y, const Matrix& x, const Matrix& w,
                      DevicePtr<const float> bias, float alpha, bool accumulate) const;
  // Throws Error CANCELLED when someone asked to stop.
  void check_cancelled() const;
};

}  // namespace neiro
