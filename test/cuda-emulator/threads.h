// One block of threads at a time on this processor: each thread is a fibre, so that a kernel really
// stops at a barrier and goes on behind it. The order in which threads run is drawn from a seed
// (NEIRO_CUDA_ORDER, or set_order): a kernel whose result depends on it lacks a barrier.
// Whatever is wrong ends the program with one line on stderr: "cuda emulator: KERNEL block (x, y,
// z) thread T: what".
#pragma once

#include <cstdint>
#include <functional>

struct dim3 {
  uint32_t x = 1, y = 1, z = 1;
};

// As CUDA names them; set whenever a thread goes on.
inline dim3 threadIdx, blockIdx, blockDim, gridDim;

namespace neiro::emulator {

// Runs body() once for every thread of the grid. `threads` is a multiple of 32.
void run_grid(const char* kernel, const dim3& grid, int threads, int64_t shared_bytes,
              const std::function<void()>& body);

// The seed of the orders of threads and blocks.
void set_order(uint64_t seed);

// Ends the program with the line above; outside of a kernel without block and thread.
[[noreturn]] void stop(const char* what, ...) __attribute__((format(printf, 1, 2)));
// Where an access stopped: for the handler of signals.
void print_place(const char* what, const void* address);
bool in_kernel();

// What backend/cuda/device_code.h stands on.
void* shared_memory(int64_t bytes);
int lane();
void sync_block();
void sync_warp();
// *result = the value that `from` gave.
void exchange(const void* value, void* result, int bytes, int from);
uint32_t ballot(bool vote);
void expect_aligned(const void* address, int bytes);
void load_matrices(uint32_t (&to)[4], const void* row, bool transposed);
void multiply_bf16(float (&c)[4], const uint32_t (&a)[4], uint32_t b0, uint32_t b1);
void copy_async(void* to, const void* from, bool there);
void copy_async_commit();
void copy_async_wait(int groups);

}  // namespace neiro::emulator
