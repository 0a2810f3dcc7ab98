// Reading with every check, writing beside and renaming.
#include "adapters/adapter_files.h"

#include <algorithm>
#include <filesystem>

#include "backend/transfer.h"
#include "core/error.h"
#include "io/atomic_file.h"
#include "io/json.h"
#include "io/path.h"
#include "io/safetensors.h"
#include "io/write_error.h"
#include "model/weights.h"

namespace neiro {
namespace {

constexpr const char* kConfigName = "/adapter_config.json";
constexpr const char* kWeightsName = "/adapter_model.safetensors";

[[noreturn]] void refuse(const std::string& tensor, const std::string& expected,
                         const std::string& actual) {
  throw Error("ADAPTER_MISMATCH", {{"tensor", tensor}, {"expected", expected}, {"actual", actual}});
}

// "folder/" and "folder" are the same place, but only the second has a name to write beside.
std::string without_trailing_slash(std::string dir) {
  while (dir.size() > 1 && (dir.back() == '/' || dir.back() == '\\')) dir.pop_back();
  return dir;
}

void write_tensors(const Device& device, Adapter& adapter, const std::string& file) {
  const std::vector<SavedValues> converted = adapter.converted(device);
  const auto find = [&](const std::string& name) {
    return std::find_if(converted.begin(), converted.end(),
                        [&](const SavedValues& one) { return one.name == name; });
  };
  const std::vector<TensorSlot> slots = adapter.slots();
  std::vector<TensorSpec> specs;
  for (const TensorSlot& slot : slots) {
    const auto own = find(slot.name);
    specs.push_back({slot.name, DType::kF32, own == converted.end() ? slot.shape() : own->shape});
  }
  SafetensorsWriter writer(file, specs);
  const auto write = [&](const float* values, int64_t n) {
    writer.write(values, n * static_cast<int64_t>(sizeof(float)));
  };
  for (const TensorSlot& slot : slots) {
    const auto own = find(slot.name);
    if (own == converted.end()) {
      download_pieces(device, slot.values(), slot.elements(), write);
    } else {
      write(own->values.data(), static_cast<int64_t>(own->values.size()));
    }
  }
  writer.commit();
}

void write_config(const AdapterConfig& config, const std::string& task, const std::string& dir,
                  const std::string& base_model_name) {
  write_file_atomically(dir + kConfigName, adapter_config_text(config, base_model_name, task));
}

// write(place) puts both files into a folder: the one that is there, or one beside it that then
// takes its name.
template <class Write>
void write_folder(const std::string& given, Write write) {
  namespace fs = std::filesystem;
  const std::string dir = without_trailing_slash(given);
  const fs::path target = system_path(dir);
  std::error_code problem;
  if (fs::is_directory(target, problem)) return write(dir);
  const std::string beside = temporary_name(dir);
  fs::create_directory(system_path(beside), problem);
  if (problem) throw write_error(problem, dir);
  try {
    write(beside);
    fs::rename(system_path(beside), target, problem);
    if (problem) throw write_error(problem, dir);
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(system_path(beside), ignored);
    throw;
  }
}

}  // namespace

AdapterConfig read_adapter_config(const std::string& dir) {
  return parse_adapter_config(Json::read(dir + kConfigName));
}

std::vector<std::string> saved_whole(const AdapterConfig& config, const std::string& dir,
                                     const std::vector<std::string>& paths) {
  const SafetensorsFile file(dir + kWeightsName);
  std::vector<std::string> names;
  for (const std::string& path : paths) {
    if (config.trains_whole(path)) continue;
    if (file.find("base_model.model." + path + ".weight") == nullptr) continue;
    names.push_back(path.substr(path.rfind('.') + 1));
  }
  return names;
}

void read_adapter_values(const Device& device, ThreadPool& pool, Adapter& adapter,
                         const std::string& dir) {
  const SafetensorsFile file(dir + kWeightsName);
  const std::vector<TensorSlot> slots = adapter.slots();
  for (const TensorSlot& slot : slots) {
    const Tensor* tensor = file.find(slot.name);
    if (tensor == nullptr) refuse(slot.name, shape_text(slot.shape()), "missing");
    if (tensor->shape != slot.shape()) {
      refuse(slot.name, shape_text(slot.shape()), shape_text(tensor->shape));
    }
    check_float_tensor(*tensor);
  }
  for (const Tensor& tensor : file.tensors()) {
    const bool known = std::any_of(slots.begin(), slots.end(), [&](const TensorSlot& slot) {
      return slot.name == tensor.name;
    });
    if (!known) refuse(tensor.name, "nothing of this name", shape_text(tensor.shape));
  }
  for (const TensorSlot& slot : slots) {
    upload_as_float(device, pool, file.tensor(slot.name), slot.values());
  }
  adapter.from_file_order(device);
}

std::string adapter_weights_file(const std::string& dir) { return dir + kWeightsName; }

void save_adapter(const Device& device, Adapter& adapter, const std::string& dir,
                  const std::string& base_model_name) {
  write_folder(dir, [&](const std::string& place) {
    write_tensors(device, adapter, place + kWeightsName);
    AdapterConfig config = adapter.config();
    if (auto* lora = std::get_if<LoraConfig>(&config.kind)) *lora = lora->plain();
    write_config(config, adapter.task(), place, base_model_name);
  });
}

void save_adapter_values(const AdapterConfig& config, const std::vector<SavedValues>& values,
                         const std::string& dir, const std::string& base_model_name) {
  write_folder(dir, [&](const std::string& place) {
    std::vector<TensorSpec> specs;
    for (const SavedValues& one : values) specs.push_back({one.name, DType::kF32, one.shape});
    SafetensorsWriter writer(place + kWeightsName, specs);
    for (const SavedValues& one : values) {
      writer.write(one.values.data(), static_cast<int64_t>(one.values.size() * sizeof(float)));
    }
    writer.commit();
    write_config(config, config.task.empty() ? kLanguageTask : config.task, place, base_model_name);
  });
}

}  // namespace neiro
