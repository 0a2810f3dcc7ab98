// Rows in blocks: base values, plus the adapter's product, then the stored type.
#include "export/merge.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "adapters/lora_linear.h"
#include "core/error.h"
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

std::vector<Shard> plan_shards(const std::vector<TensorSlot>& slots, TensorType type) {
  std::vector<Shard> shards(1);
  for (size_t i = 0; i < slots.size(); ++i) {
    const int64_t bytes = slots[i].elements() * tensor_type_bytes(type);
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

class Merger {
 public:
  Merger(const Device& device, Model& model, TensorType type) : device_(device), type_(type) {
    for (const LinearLayer& place : linear_layers(model)) {
      const Linear& linear = *place.linear;
      // The only adapters there are; another kind would bring its own merge.
      if (linear.adapter) loras_[&linear.w] = static_cast<const LoraLinear*>(linear.adapter);
    }
  }

  void write(SafetensorsWriter& writer, const TensorSlot& slot) {
    if (slot.vector != nullptr) {
      values_.assign(*slot.vector, *slot.vector + slot.rows);
      write_values(writer);
      return;
    }
    const auto found = loras_.find(slot.matrix);
    const LoraLinear* lora = found == loras_.end() ? nullptr : found->second;
    const int64_t block = std::max<int64_t>(1, kBlockValues / slot.cols);
    for (int64_t row = 0; row < slot.rows; row += block) {
      read_rows(*slot.matrix, lora, row, std::min(block, slot.rows - row));
      write_values(writer);
    }
  }

 private:
  // values_[rows, cols] = W[first.., :] + scale * B[first.., :] A
  void read_rows(const Matrix& matrix, const LoraLinear* lora, int64_t first, int64_t rows) {
    values_.resize(static_cast<size_t>(rows * matrix.cols));
    device_.pool->parallel_for(rows, [&](int64_t begin, int64_t end, int) {
      for (int64_t r = begin; r < end; ++r) {
        matrix_row(matrix, first + r, 0, matrix.cols, values_.data() + r * matrix.cols);
      }
    });
    if (lora == nullptr) return;
    const float* b = static_cast<const float*>(lora->b.data) + first * lora->b.cols;
    device_.ops->linear_backward_input(device_, values_.data(), b, lora->a, rows, lora->scale(),
                                       true);
  }

  void write_values(SafetensorsWriter& writer) {
    const int64_t n = static_cast<int64_t>(values_.size());
    if (type_ == TensorType::kF32) {
      writer.write(values_.data(), n * static_cast<int64_t>(sizeof(float)));
      return;
    }
    halves_.resize(values_.size());
    for (size_t i = 0; i < values_.size(); ++i) {
      halves_[i] =
          type_ == TensorType::kBF16 ? float_to_bf16(values_[i]) : float_to_f16(values_[i]);
    }
    writer.write(halves_.data(), n * static_cast<int64_t>(sizeof(uint16_t)));
  }

  const Device& device_;
  TensorType type_;
  std::map<const Matrix*, const LoraLinear*> loras_;
  std::vector<float> values_;
  std::vector<uint16_t> halves_;
};

// Writes shards and index; `written` names every file that stands.
void write_merged(const Device& device, Model& model, const std::string& dir, TensorType type,
                  std::vector<std::string>& written) {
  const std::vector<TensorSlot> slots = tensor_slots(model);
  const std::vector<Shard> shards = plan_shards(slots, type);
  Merger merger(device, model, type);
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

void save_merged(const Device& device, Model& model, const std::string& dir, TensorType type) {
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
