// Three arrays per parameter; all are checked before the first is copied.
#include "train/state_file.h"

#include <charconv>

#include "backend/transfer.h"
#include "core/error.h"
#include "io/safetensors.h"

namespace neiro {
namespace {

struct Part {
  const char* prefix;
  DevicePtr<float> Parameter::*values;
};
constexpr Part kParts[] = {
    {"param.", &Parameter::value}, {"exp_avg.", &Parameter::m}, {"exp_avg_sq.", &Parameter::v}};

constexpr const char* kFormat = "neiro-state-1";

[[noreturn]] void refuse(const std::string& file, const std::string& tensor,
                         const std::string& expected, const std::string& actual) {
  throw Error("STATE_MISMATCH",
              {{"file", file}, {"tensor", tensor}, {"expected", expected}, {"actual", actual}});
}

std::string find_metadata(const SafetensorsFile& file, const char* name, const char* fallback) {
  for (const auto& [key, value] : file.metadata()) {
    if (key == name) return value;
  }
  return fallback;
}

int64_t read_step(const SafetensorsFile& file) {
  const std::string format = find_metadata(file, "format", "missing");
  if (format != kFormat) refuse(file.path(), "format", kFormat, format);
  const std::string text = find_metadata(file, "step", "missing");
  int64_t step = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), step);
  if (problem != std::errc() || end != text.data() + text.size() || step < 0) {
    refuse(file.path(), "step", "a number", text);
  }
  return step;
}

}  // namespace

void save_state(const Device& device, const Parameters& parameters, const StateInfo& info,
                const std::string& path) {
  std::vector<TensorSpec> specs;
  for (const Part& part : kParts) {
    for (const Parameter& p : parameters.all()) {
      specs.push_back({part.prefix + p.name, DType::kF32, p.shape});
    }
  }
  SafetensorsWriter writer(
      path, specs,
      {{"format", kFormat}, {"step", std::to_string(info.step)}, {"written_by", info.written_by}});
  for (const Part& part : kParts) {
    for (const Parameter& p : parameters.all()) {
      download_pieces(device, p.*part.values, p.size, [&](const float* values, int64_t n) {
        writer.write(values, n * static_cast<int64_t>(sizeof(float)));
      });
    }
  }
  writer.commit();
}

StateInfo load_state(const Device& device, const Parameters& parameters, const std::string& path) {
  const SafetensorsFile file(path);
  const StateInfo info{read_step(file), find_metadata(file, "written_by", "")};
  const size_t expected = parameters.all().size() * std::size(kParts);
  if (file.tensors().size() != expected) {
    refuse(path, "number of tensors", std::to_string(expected),
           std::to_string(file.tensors().size()));
  }
  for (const Part& part : kParts) {
    for (const Parameter& p : parameters.all()) {
      const std::string name = part.prefix + p.name;
      const Tensor* tensor = file.find(name);
      if (tensor == nullptr) refuse(path, name, shape_text(p.shape), "missing");
      if (tensor->shape != p.shape || tensor->type != DType::kF32 || !tensor->aligned()) {
        refuse(path, name, shape_text(p.shape) + " F32",
               shape_text(tensor->shape) + " " + std::string(dtype_name(tensor->type)));
      }
      check_finite(*tensor);
    }
  }
  for (const Part& part : kParts) {
    for (const Parameter& p : parameters.all()) {
      const Tensor& tensor = file.tensor(part.prefix + p.name);
      device.upload(p.*part.values, tensor.as<float>(), p.size);
    }
  }
  return info;
}

}  // namespace neiro
