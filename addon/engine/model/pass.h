// One pass through the model: which tokens, where it runs, whether adapters and dropout count, and
// whether someone asked to stop. Made anew for every call; owns nothing.
#pragma once

#include <atomic>
#include <cstdint>

#include "backend/device.h"
#include "core/random.h"

namespace neiro {

struct ModelConfig;
struct Ropes;

// T tokens laid end to end. Positions restart at 0 in each example.
struct TokenRows {
  DevicePtr<const int32_t> tokens;     // [T]
  DevicePtr<const int32_t> positions;  // [T]
  int64_t T = 0;
  Sequences sequences;
};

struct Pass {
  const Device* device = nullptr;
  const ModelConfig* config = nullptr;
  const Ropes* ropes = nullptr;
  TokenRows rows;
  bool adapter = true;   // false = the base model alone
  bool dropout = false;  // only while training
  PhiloxKey random;      // the run's seed and the stream of (step, micro-step), for dropout masks
  const std::atomic<bool>* cancelled = nullptr;

  const Operations& ops() const { return device->ops(); }
  // Throws Error CANCELLED when someone asked to stop.
  void check_cancelled() const;
};

}  // namespace neiro
