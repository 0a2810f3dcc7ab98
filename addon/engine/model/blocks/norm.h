// A normalisation with its learnt weight: by the root mean square (RMS norm), or, where it is
// centred, by mean and variance (layer norm), with a bias or without one.
#pragma once

#include <cstdint>

#include "backend/matrix.h"
#include "model/pass.h"

namespace neiro {

// Over the C values of each row.
struct Norm {
  int64_t size = 0;        // C; 0 = the model has none
  float base = 0;          // an RMS norm multiplies by base + w
  bool centred = false;    // a layer norm
  DevicePtr<float> w;      // [C]
  DevicePtr<float> dw;     // null = frozen
  DevicePtr<float> bias;   // [C] of a layer norm; null = none
  DevicePtr<float> dbias;  // null = frozen

  bool exists() const { return size > 0; }

  // y, and rstd of each row, from x; all of so many rows of C values. y may be x.
  void forward(const Pass& pass, const Matrix& y, DevicePtr<float> rstd, const Matrix& x) const;
  // dx is written, or added to when accumulate; written, it may be dy.
  void backward(const Pass& pass, const Matrix& dx, const Matrix& dy, const Matrix& x,
                DevicePtr<const float> rstd, bool accumulate) const;
};

}  // namespace neiro
