// Every operation of CUDA on the GPU of this machine against the plain CPU: the tests of
// test/addon/cuda, built by nvcc. Ends with 3 where there is no GPU, 1 where something differs.
#include <cstdio>

#include "backend/cuda/cuda_device.h"
#include "check.h"

int main(int argc, char** argv) {
  std::string why;
  const auto gpu = neiro::cuda::find_gpu(why);
  if (!gpu) {
    std::printf("no GPU: %s\n", why.c_str());
    return 3;
  }
  std::printf("%s, compute %d.%d, %d processors, %.1f of %.1f GB free\n", gpu->name.c_str(),
              gpu->major, gpu->minor, gpu->processors, static_cast<double>(gpu->memory_free) / 1e9,
              static_cast<double>(gpu->memory_total) / 1e9);
  return check::run(argc, argv);
}
