// How fast a device of this machine multiplies, and the CPU copies: the ceilings, and what the
// engine's own product reaches of them. Measured, so the figures differ a little from call to call.
#pragma once

#include "backend/device_choice.h"

namespace neiro {

struct Calibration {
  double peak_gflops = 0;         // register-only F32 products; these three 0 for a GPU
  double peak_gflops_bf16 = 0;    // of BF16, where the processor multiplies them; else as F32
  double copy_gbps = 0;           // a large copy
  double product_gflops_f32 = 0;  // linear_forward at a typical shape
  double product_gflops_nf4 = 0;
  double product_gflops_bf16 = 0;  // multiplied in BF16, weights in F32
  double product_gflops_nf4_bf16 = 0;
  double product_gflops_int8 = 0;  // weights in rows of 8-bit numbers (int8_rows.h)
  double product_gflops_int8_bf16 = 0;
  // Multiplied in INT8, weights in NF4, and its ceiling; 0 where the device has no such products.
  double peak_gflops_int8 = 0;
  double product_gflops_in_int8 = 0;
};
// About a second. threads as in OpenOptions, of the CPU. Throws Error GPU_NOT_USABLE {gpu}.
Calibration calibrate(int threads, DeviceChoice choice);

}  // namespace neiro
