// One pass through the model: which tokens, where it runs, whether adapters and dropout count, and
// whether someone asked to stop. Made anew for every call; owns nothing.
#pragma once

#include <atomic>
#include <cstdint>

#include "backend/device.h"
#include "core/random.h"

namespace neiro {

class InputRows;
struct ModelConfig;
struct Ropes;

// T rows laid end to end, one for each token. Positions restart at 0 in each example. With an
// adapter that puts rows before each example (model/input_rows.h) these come first and count as its
// own.
struct TokenRows {
  DevicePtr<const int32_t> tokens;     // [T]
  DevicePtr<const int32_t> positions;  // [T]
  int64_t T = 0;
  Sequences sequences;
  int64_t before = 0;               // rows that an adapter puts before each example
  const int32_t* starts = nullptr;  // [examples] on the host: where each begins; until rows are
                                    // laid again
  int64_t examples = 0;
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
  const std::atomic<bool>* cancelled = nullptr;

  int64_t rows_before() const;  // that an adapter puts before each example of this pass
  const Operations& ops() const { return device->ops(); }
  // Throws Error CANCELLED when someone asked to stop.
  void check_cancelled() const;
};

}  // namespace neiro
