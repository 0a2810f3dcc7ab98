// What a pass can do by itself: stop, and say what is put before its examples.
#include "model/pass.h"

#include "core/error.h"
#include "model/input_rows.h"

namespace neiro {

int64_t Pass::rows_before() const { return adapter && inputs != nullptr ? inputs->count() : 0; }

void Pass::linear_forward(const Matrix& y, const Matrix& x, const Matrix& w,
                          DevicePtr<const float> bias, float alpha, bool accumulate) const {
  const auto product = apart != nullptr ? ops().linear_forward_apart : ops().linear_forward;
  product(*device, y, x, w, bias, alpha, accumulate);
}

void Pass::check_cancelled() const {
  if (cancelled != nullptr && cancelled->load(std::memory_order_relaxed)) {
    throw Error("CANCELLED");
  }
}

}  // namespace neiro
