// Keys and values of one sequence, for generation: [layers][capacity][kv_heads * head_dim] in F32.
#pragma once

#include <cstdint>

#include "backend/planned_memory.h"
#include "model/blocks/attention.h"

namespace neiro {

struct KvCache {
  int64_t capacity = 0;  // positions
  int64_t length = 0;    // filled
  Matrix k;              // [layers * capacity, kv_heads * head_dim]
  Matrix v;

  CacheRows of_layer(size_t layer) const {
    const int64_t at = static_cast<int64_t>(layer) * capacity;
    return {k.slice(at, capacity), v.slice(at, capacity), length};
  }
};

inline KvCache place_kv_cache(PlannedMemory& memory, const ModelConfig& config, int64_t capacity) {
  KvCache cache;
  cache.capacity = capacity;
  const int64_t rows = config.layers * capacity;
  cache.k = memory.take_matrix(MemoryCategory::kActivations, rows, config.kv_size());
  cache.v = memory.take_matrix(MemoryCategory::kActivations, rows, config.kv_size());
  return cache;
}

}  // namespace neiro
