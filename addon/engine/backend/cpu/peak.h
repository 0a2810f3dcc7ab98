// The two ceilings of this machine, measured in some 50 ms each, so that a speed can be stated as
// a share of what is possible. For the bench and for time estimates; allocates, so not for steps.
#pragma once

#include "backend/compute.h"
#include "core/thread_pool.h"

namespace neiro {

// Multiply-adds on registers alone, all threads of the pool, in 10^9 operations a second of that
// number type. isa as for cpu_kernels(): null is the best.
double register_product_gflops(const char* isa, Compute compute, ThreadPool& pool);

// A large copy by all threads, in 10^9 bytes a second, read and written bytes both counted.
double copy_gbps(ThreadPool& pool);

}  // namespace neiro
