// Keys and values of one sequence, for generation: [layers][capacity][kv_heads * head_dim] in F32.
#pragma once

#include <cstdint>

#include "core/arena.h"
#include "model/attention.h"

namespace neiro {

struct KvCache {
  int64_t capacity = 0;  // positions
  int64_t length = 0;    // filled
  int64_t row = 0;       // kv_heads * head_dim
  float* k = nullptr;
  float* v = nullptr;

  CacheRows of_layer(size_t layer) const {
    const int64_t at = static_cast<int64_t>(layer) * capacity * row;
    return {k + at, v + at, length};
  }
};

inline KvCache place_kv_cache(Arena& arena, const ModelConfig& config, int64_t capacity) {
  KvCache cache;
  cache.capacity = capacity;
  cache.row = config.kv_size();
  const int64_t n = config.layers * capacity * cache.row;
  cache.k = arena.take<float>(MemoryCategory::kActivations, n);
  cache.v = arena.take<float>(MemoryCategory::kActivations, n);
  return cache;
}

}  // namespace neiro
