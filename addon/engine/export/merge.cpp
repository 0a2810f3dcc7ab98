// Rows in blocks: base values, what the adapter makes of them, then the stored type.
#include "export/merge.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "core/error.h"
#include "formats/matrix.h"
#include "io/json.h"
#include "io/path.h"
#include "io/safetensors.h"
#include "io/write_error.h"

namespace neiro {
namespace {

constexpr int64_t kShardBytes = int64_t{4} << 30;
constexpr int64_t kBlockValues = int64_t{1} << 20;

struct Shard {
  std::vector<size_t> slots;
  int64_t bytes = 0;
};

std::vector<Shard> plan_shards(const std::vector<TensorSlot>& slots, DType type) {
  std::vector<Shard> shards(1);
  for (size_t i = 0; i < slots.size(); ++i) {
    const int64_t bytes = slots[i].elements() * element_bytes(type);
    if (!shards.back().slots.empty() && shards.back().bytes + bytes > kShardBytes) {
      shards.emplace_back();
    }
    shards.back().slots.push_back(i);
    shards.back().bytes += bytes;
  }
  return shards;
}

// "model-00001-of-00003.safetensors"
std::string shard_name(size_t index, size_t count) {
  if (count == 1) return "model.safetensors";
  const auto five = [](size_t n) {
    const std::string digits = std::to_string(n);
    return std::string(digits.size() < 5 ? 5 - digits.size() : 0, '0') + digits;
  };
  return "model-" + five(index + 1) + "-of-" + five(count) + ".safetensors";
}

// Memory of the device for one block of rows, and for the time of an export.
class RowBlock {
 public:
  RowBlock(Device& device, int64_t values)
      : device_(device), memory_(device.allocate(values * static_cast<int64_t>(sizeof(float)))) {}
  ~RowBlock() { device_.release(memory_); }
  RowBlock(const RowBlock&) = delete;
  RowBlock& operator=(const RowBlock&) = delete;

  Matrix rows(int64_t n, int64_t cols) const { return {DType::kF32, n, cols, memory_, {}}; }

 private:
  Device& device_;
  DevicePtr<std::byte> memory_;
};

// Rows of a block: kBlockValues values, and at least one.
int64_t block_rows(int64_t cols) { return std::max<int64_t>(1, kBlockValues / cols); }

int64_t largest_block(const std::vector<TensorSlot>& slots) {
  int64_t largest = 0;
  for (const TensorSlot& slot : slots) {
    const int64_t rows = slot.matrix ? std::min(slot.rows, block_rows(slot.cols)) : 1;
    largest = std::max(largest, rows * (slot.matrix ? slot.cols : slot.rows));
  }
  return largest;
}

class Merger {
 public:
  Merger(Device& device, Model& model, const std::vector<TensorSlot>& slots, DType type)
      : device_(device), block_(device, largest_block(slots)), type_(type) {
    std::vector<LinearLayer> places = linear_layers(model);
    places.push_back(head_layer(model));
    for (const LinearLayer& place : places) {
      const Linear& linear = *place.linear;
      if (linear.adapter == nullptr) continue;
      adapters_[&linear.w] = linear.adapter;
      adapters_[&linear.bias] = linear.adapter;
    }
  }

  void write(SafetensorsWriter& writer, const TensorSlot& slot) {
    if (slot.vector != nullptr) {
      const Matrix values = read_vector(*slot.vector, slot.rows, adapter_of(slot.vector));
      write_values(writer, values.floats(), slot.rows);
      return;
    }
    const LinearAdapter* adapter = adapter_of(slot.matrix);
    const int64_t block = block_rows(slot.cols);
    for (int64_t row = 0; row < slot.rows; row += block) {
      const Matrix rows = read_rows(*slot.matrix, adapter, row, std::min(block, slot.rows - row));
      write_values(writer, rows.floats(), rows.elements());
    }
  }

 private:
  const LinearAdapter* adapter_of(const void* place) const {
    const auto found = adapters_.find(place);
    return found == adapters_.end() ? nullptr : found->second;
  }

  // Rows of the weights with the adapter baked in, [n, cols].
  Matrix read_rows(const Matrix& matrix, const LinearAdapter* adapter, int64_t first, int64_t n) {
    const Matrix rows = block_.rows(n, matrix.cols);
    device_.ops().matrix_rows(device_, rows, matrix, first);
    if (adapter != nullptr) adapter->merge_rows(device_, rows, first);
    return rows;
  }

  // Likewise a bias, or a vector of another kind as it is, [1, n].
  Matrix read_vector(DevicePtr<const float> vector, int64_t n, const LinearAdapter* adapter) {
    const Matrix row = block_.rows(1, n);
    device_.copy(row.floats(), vector, n);
    if (adapter != nullptr) adapter->merge_bias(device_, row);
    return row;
  }

  void write_values(SafetensorsWriter& writer, DevicePtr<const float> from, int64_t n) {
    values_.resize(static_cast<size_t>(n));
    device_.download(values_.data(), from, n);
    if (type_ == DType::kF32) {
      writer.write(values_.data(), n * static_cast<int64_t>(sizeof(float)));
      return;
    }
    halves_.resize(values_.size());
    for (size_t i = 0; i < values_.size(); ++i) {
      halves_[i] = type_ == DType::kBF16 ? float_to_bf16(values_[i]) : float_to_f16(values_[i]);
    }
    writer.write(halves_.data(), n * static_cast<int64_t>(sizeof(uint16_t)));
  }

  Device& device_;
  RowBlock block_;
  DType type_;
  std::map<const void*, const LinearAdapter*> adapters_;  // by the place of what they change
  std::vector<float> values_;
  std::vector<uint16_t> halves_;
};

// Writes shards and index; `written` names every file that stands.
void write_merged(Device& device, Model& model, const std::string& dir, DType type,
                  std::vector<std::string>& written) {
  const std::vector<TensorSlot> slots = tensor_slots(model);
  const std::vector<Shard> shards = plan_shards(slots, type);
  Merger merger(device, model, slots, type);
  Json::Object weight_map;
  int64_t total = 0;
  for (size_t s = 0; s < shards.size(); ++s) {
    const std::string name = shard_name(s, shards.size());
    std::vector<TensorSpec> specs;
    for (const size_t i : shards[s].slots) specs.push_back({slots[i].name, type, slots[i].shape()});
    SafetensorsWriter writer(dir + "/" + name, specs);
    for (const size_t i : shards[s].slots) {
      merger.write(writer, slots[i]);
      weight_map.emplace_back(slots[i].name, name);
    }
    writer.commit();
    written.push_back(dir + "/" + name);
    total += shards[s].bytes;
  }
  if (shards.size() == 1) return;
  const Json::Object index = {{"metadata", Json::Object{{"total_size", total}}},
                              {"weight_map", weight_map}};
  write_file_atomically(dir + "/model.safetensors.index.json", Json(index).text(2));
}

}  // namespace

void save_merged(Device& device, Model& model, const std::string& dir, DType type) {
  if (model.inputs != nullptr) throw Error("NOT_MERGEABLE");
  namespace fs = std::filesystem;
  std::error_code problem;
  const bool made = fs::create_directories(system_path(dir), problem);
  if (problem) throw write_error(problem, dir);
  std::vector<std::string> written;
  try {
    write_merged(device, model, dir, type, written);
  } catch (...) {
    // Half a model is none: what was made for it goes again.
    std::error_code ignored;
    for (const std::string& file : written) fs::remove(system_path(file), ignored);
    if (made) fs::remove(system_path(dir), ignored);
    throw;
  }
}

}  // namespace neiro
