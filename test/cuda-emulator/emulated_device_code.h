// The instructions of backend/cuda/device_code.h in software: what a kernel sees when a C++
// compiler reads its .cu file. Each thread of a block is a fibre (threads.h); an operation of a
// warp waits for its 32 lanes. Everything that a GPU would let pass by luck stops the program with
// the kernel and the thread.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "threads.h"

#define DEVICE inline
#define KERNEL(threads) void
#define __device__
#define __global__

struct float2 {
  float x, y;
};
struct float4 {
  float x, y, z, w;
};
struct uint4 {
  uint32_t x, y, z, w;
};
inline float2 make_float2(float x, float y) { return {x, y}; }
inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
inline uint4 make_uint4(uint32_t x, uint32_t y, uint32_t z, uint32_t w) { return {x, y, z, w}; }
inline float __uint_as_float(uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, 4);
  return value;
}
inline uint32_t __float_as_uint(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, 4);
  return bits;
}
inline uint64_t __umul64hi(uint64_t a, uint64_t b) {
  return static_cast<uint64_t>(static_cast<unsigned __int128>(a) * b >> 64);
}
inline float rsqrtf(float x) { return 1.0f / std::sqrt(x); }
using std::fmaxf;
using std::fminf;

namespace neiro::cuda {

template <class T>
T& shared() {
  return *static_cast<T*>(emulator::shared_memory(sizeof(T)));
}

inline void sync_block() { emulator::sync_block(); }
inline void sync_warp() { emulator::sync_warp(); }

template <class T>
T shuffle_xor(T value, int lanes) {
  static_assert(sizeof(T) <= 8 && std::is_trivially_copyable_v<T>);
  T result;
  emulator::exchange(&value, &result, sizeof(T), emulator::lane() ^ lanes);
  return result;
}
template <class T>
T shuffle(T value, int lane) {
  static_assert(sizeof(T) <= 8 && std::is_trivially_copyable_v<T>);
  T result;
  emulator::exchange(&value, &result, sizeof(T), lane & 31);
  return result;
}
inline uint32_t ballot(bool vote) { return emulator::ballot(vote); }

// Vectors lie on multiples of their size, as on a GPU, whatever this processor allows.
template <class Vector>
Vector load_vector(const void* from) {
  emulator::expect_aligned(from, sizeof(Vector));
  Vector value;
  std::memcpy(&value, from, sizeof value);
  return value;
}
template <class Vector>
void store_vector(void* to, const Vector& value) {
  emulator::expect_aligned(to, sizeof(Vector));
  std::memcpy(to, &value, sizeof value);
}
inline float4 load4(const float* from) { return load_vector<float4>(from); }
inline void store4(float* to, float4 value) { store_vector(to, value); }
inline uint4 load_words4(const void* from) { return load_vector<uint4>(from); }
inline void store_words4(void* to, uint4 value) { store_vector(to, value); }
inline uint32_t load_word(const void* from) { return load_vector<uint32_t>(from); }
inline float2 load2(const float* from) { return load_vector<float2>(from); }
inline void store2(float* to, float2 value) { store_vector(to, value); }

inline uint32_t round_bf16(float value) {
  const uint32_t bits = __float_as_uint(value);
  if ((bits & 0x7fffffffu) > 0x7f800000u) return 0x7fffu;  // what cvt.rn.bf16x2 makes of NaN
  return (bits + 0x7fffu + (bits >> 16 & 1u)) >> 16;
}
inline uint32_t pack_bf16(float low, float high) {
  return round_bf16(low) | round_bf16(high) << 16;
}

inline void load_matrices(uint32_t (&to)[4], const void* row) {
  emulator::load_matrices(to, row, false);
}
inline void load_matrices_transposed(uint32_t (&to)[4], const void* row) {
  emulator::load_matrices(to, row, true);
}
inline void multiply_bf16(float (&c)[4], const uint32_t (&a)[4], uint32_t b0, uint32_t b1) {
  emulator::multiply_bf16(c, a, b0, b1);
}

inline void copy_async_16(void* to, const void* from, bool there) {
  emulator::copy_async(to, from, there);
}
inline void copy_async_commit() { emulator::copy_async_commit(); }
template <int kGroups>
void copy_async_wait() {
  emulator::copy_async_wait(kGroups);
}

}  // namespace neiro::cuda
