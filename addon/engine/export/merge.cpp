// Values as they are merged, in the stored type, shard by shard.
#include "export/merge.h"

#include <filesystem>

#include "core/error.h"
#include "export/file_tensors.h"
#include "export/merged_values.h"
#include "formats/matrix.h"
#include "io/json.h"
#include "io/path.h"
#include "io/safetensors.h"
#include "io/write_error.h"

namespace neiro {
namespace {

constexpr int64_t kShardBytes = int64_t{4} << 30;

struct Shard {
  std::vector<size_t> tensors;
  int64_t bytes = 0;
};

std::vector<Shard> plan_shards(const std::vector<FileTensor>& tensors, DType type) {
  std::vector<Shard> shards(1);
  for (size_t i = 0; i < tensors.size(); ++i) {
    const int64_t bytes = tensors[i].elements() * element_bytes(type);
    if (!shards.back().tensors.empty() && shards.back().bytes + bytes > kShardBytes) {
      shards.emplace_back();
    }
    shards.back().tensors.push_back(i);
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

// Rows in the stored type, as they come.
class RowWriter {
 public:
  RowWriter(SafetensorsWriter& writer, DType type) : writer_(writer), type_(type) {}

  void write(const float* values, int64_t n) {
    if (type_ == DType::kF32) {
      writer_.write(values, n * static_cast<int64_t>(sizeof(float)));
      return;
    }
    halves_.resize(static_cast<size_t>(n));
    for (int64_t i = 0; i < n; ++i) {
      halves_[static_cast<size_t>(i)] =
          type_ == DType::kBF16 ? float_to_bf16(values[i]) : float_to_f16(values[i]);
    }
    writer_.write(halves_.data(), n * static_cast<int64_t>(sizeof(uint16_t)));
  }

 private:
  SafetensorsWriter& writer_;
  DType type_;
  std::vector<uint16_t> halves_;
};

// Writes shards and index; `written` names every file that stands.
void write_merged(Device& device, Model& model, const std::string& dir, DType type,
                  const std::atomic<bool>* cancelled, std::vector<std::string>& written) {
  const std::vector<TensorSlot> slots = tensor_slots(model);
  const std::vector<FileTensor> tensors = file_tensors(model, slots);
  const std::vector<Shard> shards = plan_shards(tensors, type);
  MergedValues values(device, model, slots, cancelled);
  Json::Object weight_map;
  int64_t total = 0;
  for (size_t s = 0; s < shards.size(); ++s) {
    const std::string name = shard_name(s, shards.size());
    std::vector<TensorSpec> specs;
    for (const size_t i : shards[s].tensors) {
      specs.push_back({tensors[i].name, type, tensors[i].shape});
    }
    SafetensorsWriter writer(dir + "/" + name, specs);
    RowWriter rows(writer, type);
    for (const size_t i : shards[s].tensors) {
      read_file_tensor(values, tensors[i],
                       [&](const float* from, int64_t n) { rows.write(from, n); });
      weight_map.emplace_back(tensors[i].name, name);
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

void save_merged(Device& device, Model& model, const std::string& dir, DType type,
                 const std::atomic<bool>* cancelled) {
  if (model.inputs != nullptr) throw Error("NOT_MERGEABLE");
  namespace fs = std::filesystem;
  std::error_code problem;
  const bool made = fs::create_directories(system_path(dir), problem);
  if (problem) throw write_error(problem, dir);
  std::vector<std::string> written;
  try {
    write_merged(device, model, dir, type, cancelled, written);
  } catch (...) {
    // Half a model is none: what was made for it goes again.
    std::error_code ignored;
    for (const std::string& file : written) fs::remove(system_path(file), ignored);
    if (made) fs::remove(system_path(dir), ignored);
    throw;
  }
}

}  // namespace neiro
