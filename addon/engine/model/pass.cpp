// The one thing a pass can do by itself: stop.
#include "model/pass.h"

#include "core/error.h"

namespace neiro {

void Pass::check_cancelled() const {
  if (cancelled != nullptr && cancelled->load(std::memory_order_relaxed)) {
    throw Error("CANCELLED");
  }
}

}  // namespace neiro
