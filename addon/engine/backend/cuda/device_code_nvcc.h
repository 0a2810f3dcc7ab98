// The instructions of device_code.h as CUDA and PTX. Everything is inlined; the asm blocks name the
// instruction of the PTX ISA that they are.
#pragma once

#include <cuda_bf16.h>
#include <cuda_runtime.h>

#include <cstdint>

#define DEVICE __device__ __forceinline__
// At least one block at a time: without that ptxas spills a few registers to fit one block more.
#define KERNEL(threads) __global__ void __launch_bounds__(threads, 1)

namespace neiro::cuda {

template <class T>
DEVICE T& shared() {
  extern __shared__ __align__(128) unsigned char memory[];
  return *reinterpret_cast<T*>(memory);
}

DEVICE void sync_block() { __syncthreads(); }
DEVICE void sync_warp() { __syncwarp(); }

template <class T>
DEVICE T shuffle_xor(T value, int lanes) {
  return __shfl_xor_sync(0xffffffffu, value, lanes);
}
template <class T>
DEVICE T shuffle(T value, int lane) {
  return __shfl_sync(0xffffffffu, value, lane);
}
DEVICE uint32_t ballot(bool vote) { return __ballot_sync(0xffffffffu, vote); }

DEVICE float4 load4(const float* from) { return *reinterpret_cast<const float4*>(from); }
DEVICE void store4(float* to, float4 value) { *reinterpret_cast<float4*>(to) = value; }
DEVICE uint4 load_words4(const void* from) { return *reinterpret_cast<const uint4*>(from); }
DEVICE void store_words4(void* to, uint4 value) { *reinterpret_cast<uint4*>(to) = value; }
DEVICE uint32_t load_word(const void* from) { return *reinterpret_cast<const uint32_t*>(from); }
DEVICE float2 load2(const float* from) { return *reinterpret_cast<const float2*>(from); }
DEVICE void store2(float* to, float2 value) { *reinterpret_cast<float2*>(to) = value; }

// Two values rounded to BF16 (nearest, ties to even), `low` in the low half.
DEVICE uint32_t pack_bf16(float low, float high) {
  const __nv_bfloat162 both = __floats2bfloat162_rn(low, high);
  return *reinterpret_cast<const uint32_t*>(&both);
}

DEVICE uint32_t shared_address(const void* pointer) {
  return static_cast<uint32_t>(__cvta_generic_to_shared(pointer));
}

// Four 8 x 8 matrices of 16-bit values from shared memory: lane i gives the address of row i % 8 of
// matrix i / 8, and gets of each its two values (i % 4) * 2 of row i / 4; transposed, of column i /
// 4.
DEVICE void load_matrices(uint32_t (&to)[4], const void* row) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(to[0]), "=r"(to[1]), "=r"(to[2]), "=r"(to[3])
               : "r"(shared_address(row)));
}
DEVICE void load_matrices_transposed(uint32_t (&to)[4], const void* row) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(to[0]), "=r"(to[1]), "=r"(to[2]), "=r"(to[3])
               : "r"(shared_address(row)));
}

// c[16, 8] += a[16, 16] b[16, 8] over the lanes of a warp, BF16 factors, F32 sums. Needs compute
// 8.0: a device below never gets here (cuda_device.cpp), and a kernel that did would stop.
DEVICE void multiply_bf16(float (&c)[4], const uint32_t (&a)[4], uint32_t b0, uint32_t b1) {
#if __CUDA_ARCH__ >= 800
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, "
      "{%8, %9}, {%0, %1, %2, %3};"
      : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
#else
  asm volatile("trap;");
#endif
}

// 16 bytes to shared memory without passing through registers; zeros where there is nothing to
// read. There only after copy_async_wait<n>() with at most n groups committed behind it, and for
// other threads after a sync_block().
DEVICE void copy_async_16(void* to, const void* from, bool there) {
#if __CUDA_ARCH__ >= 800
  const int bytes = there ? 16 : 0;
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(shared_address(to)), "l"(from),
               "r"(bytes)
               : "memory");
#else
  *static_cast<uint4*>(to) = there ? *static_cast<const uint4*>(from) : make_uint4(0, 0, 0, 0);
#endif
}
DEVICE void copy_async_commit() {
#if __CUDA_ARCH__ >= 800
  asm volatile("cp.async.commit_group;" ::: "memory");
#endif
}
template <int kGroups>
DEVICE void copy_async_wait() {
#if __CUDA_ARCH__ >= 800
  asm volatile("cp.async.wait_group %0;" ::"n"(kGroups) : "memory");
#endif
}

}  // namespace neiro::cuda
