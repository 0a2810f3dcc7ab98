// From a Matrix to what kernels take. Host side of every .cu file.
#pragma once

#include "backend/arguments.h"
#include "backend/cuda/cuda_device.h"
#include "backend/cuda/launch.h"
#include "backend/cuda/operations.h"
#include "backend/cuda/stored.h"

namespace neiro::cuda {

inline Stored stored(const Device& device, const Matrix& w) {
  return {w.dtype,
          w.rows,
          w.cols,
          reinterpret_cast<const unsigned char*>(at(w.data)),
          at(w.nf4.absmax_q),
          at(w.dtype == DType::kInt8 ? w.row_absmax : w.nf4.absmax2),
          w.nf4.offset,
          cuda_device(device).codes(),
          w.cols > 1 ? ~uint64_t{0} / static_cast<uint64_t>(w.cols) + 1 : 0};
}

}  // namespace neiro::cuda
