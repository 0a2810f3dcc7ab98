// The values of the tuned model, as whoever writes them takes them: tensor by tensor, rows in
// blocks, with what an adapter adds, on the host in F32. No copy of the model is ever held.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <vector>

#include "backend/device.h"
#include "core/thread_pool.h"
#include "model/model.h"

namespace neiro {

class MergedValues {
 public:
  // `cancelled`: null = nobody asks. Both must outlive it.
  MergedValues(Device& device, Model& model, const std::vector<TensorSlot>& slots,
               const std::atomic<bool>* cancelled = nullptr);
  ~MergedValues();
  MergedValues(const MergedValues&) = delete;
  MergedValues& operator=(const MergedValues&) = delete;

  // take(values, rows) for a slot's rows in order, `multiple` rows or several times as many at once
  // (its last rows, where that does not divide them); a vector is one row. Rows of tokens that were
  // never initialised are zeros. Throws Error CANCELLED between two blocks.
  void read(const TensorSlot& slot, int64_t multiple,
            FunctionRef<void(const float* values, int64_t rows)> take);

 private:
  const LinearAdapter* adapter_of(const void* place) const;
  Matrix block(int64_t rows, int64_t cols) const;
  void clear_void_rows(const TensorSlot& slot, int64_t first, int64_t n);

  Device& device_;
  const Model& model_;
  const std::atomic<bool>* cancelled_;
  std::map<const void*, const LinearAdapter*> adapters_;  // by the place of what they change
  DevicePtr<std::byte> memory_;                           // one block of rows
  int64_t room_ = 0;                                      // values in it
  std::vector<float> values_;
};

}  // namespace neiro
