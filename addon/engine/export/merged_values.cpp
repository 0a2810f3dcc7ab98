// Rows in blocks: base values, then what the adapter makes of them.
#include "export/merged_values.h"

#include <algorithm>

#include "core/error.h"
#include "model/embedding_adapter.h"

namespace neiro {
namespace {

constexpr int64_t kBlockValues = int64_t{1} << 20;

// Rows of a block: about kBlockValues values, in whole multiples.
int64_t block_rows(int64_t cols, int64_t multiple) {
  return std::max<int64_t>(1, kBlockValues / (cols * multiple)) * multiple;
}

// The most that a matrix's block may need, whatever the multiple: a head's rows, or kBlockValues.
int64_t largest_block(const Model& model, const std::vector<TensorSlot>& slots) {
  int64_t largest = 0;
  for (const TensorSlot& slot : slots) {
    const int64_t rows =
        std::max<int64_t>(model.config.head_dim, kBlockValues / std::max<int64_t>(slot.cols, 1));
    const int64_t most = slot.matrix ? std::min(slot.rows, rows) * slot.cols : slot.rows;
    largest = std::max(largest, most);
  }
  return largest;
}

}  // namespace

MergedValues::MergedValues(Device& device, Model& model, const std::vector<TensorSlot>& slots,
                           const std::atomic<bool>* cancelled)
    : device_(device), model_(model), cancelled_(cancelled), room_(largest_block(model, slots)) {
  std::vector<LinearLayer> places = linear_layers(model);
  places.push_back(head_layer(model));
  for (const LinearLayer& place : places) {
    const Linear& linear = *place.linear;
    if (linear.adapter == nullptr) continue;
    adapters_[&linear.w] = linear.adapter;
    adapters_[&linear.bias] = linear.adapter;
  }
  for (const ExpertsPlace& place : experts_places(model)) {
    for (const Expert& expert : place.experts->all) {
      for (const Linear* linear : {&expert.gate, &expert.up, &expert.down}) {
        if (linear->adapter != nullptr) adapters_[&linear->w] = linear->adapter;
      }
    }
  }
  memory_ = device.allocate(room_ * static_cast<int64_t>(sizeof(float)));
}

MergedValues::~MergedValues() { device_.release(memory_); }

const LinearAdapter* MergedValues::adapter_of(const void* place) const {
  const auto found = adapters_.find(place);
  return found == adapters_.end() ? nullptr : found->second;
}

Matrix MergedValues::block(int64_t rows, int64_t cols) const {
  if (rows * cols > room_) throw Error("INTERNAL", {{"reason", "A block of rows is too large."}});
  return {DType::kF32, rows, cols, memory_, {}};
}

void MergedValues::read(const TensorSlot& slot, int64_t multiple,
                        FunctionRef<void(const float*, int64_t)> take) {
  if (slot.vector != nullptr) {
    const Matrix row = block(1, slot.rows);
    device_.copy(row.floats(), DevicePtr<const float>(*slot.vector), slot.rows);
    if (const LinearAdapter* adapter = adapter_of(slot.vector)) adapter->merge_bias(device_, row);
    values_.resize(static_cast<size_t>(slot.rows));
    device_.download(values_.data(), DevicePtr<const float>(row.floats()), slot.rows);
    return take(values_.data(), 1);
  }
  const LinearAdapter* adapter = adapter_of(slot.matrix);
  const int64_t step = block_rows(slot.cols, multiple);
  for (int64_t first = 0; first < slot.rows; first += step) {
    if (cancelled_ != nullptr && cancelled_->load(std::memory_order_relaxed)) {
      throw Error("CANCELLED");
    }
    const Matrix rows = block(std::min(step, slot.rows - first), slot.cols);
    device_.ops().matrix_rows(device_, rows, *slot.matrix, first);
    if (adapter != nullptr) adapter->merge_rows(device_, rows, first);
    if (slot.matrix == &model_.embedding && model_.embedding_adapter != nullptr) {
      model_.embedding_adapter->merge_rows(device_, rows, first);
    }
    values_.resize(static_cast<size_t>(rows.elements()));
    device_.download(values_.data(), DevicePtr<const float>(rows.floats()), rows.elements());
    clear_void_rows(slot, first, rows.rows);
    take(values_.data(), rows.rows);
  }
}

// They hold no numbers in the file, and no reader after us should have to know that.
void MergedValues::clear_void_rows(const TensorSlot& slot, int64_t first, int64_t n) {
  if (slot.kind != TensorSlot::Kind::kEmbedding && slot.kind != TensorSlot::Kind::kHead) return;
  for (const int32_t token : model_.void_tokens) {
    if (token < first || token >= first + n) continue;
    const auto row = values_.begin() + (token - first) * slot.cols;
    std::fill(row, row + slot.cols, 0.0f);
  }
}

}  // namespace neiro
