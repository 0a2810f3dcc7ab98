// Three arrays per parameter, five where moments are bytes; all are checked before the first is
// copied.
#include "train/state_file.h"

#include <charconv>

#include "backend/transfer.h"
#include "core/error.h"
#include "io/safetensors.h"

namespace neiro {
namespace {

// One array of the file, and where it lies.
struct Array {
  TensorSpec spec;
  DevicePtr<std::byte> at;
  int64_t elements = 0;

  int64_t bytes() const { return stored_bytes(spec.type, elements); }
};

// All of them: those of floats first, because wider types come first in a file.
std::vector<Array> arrays_of(const Parameters& parameters) {
  std::vector<Array> floats, bytes;
  const auto add_floats = [&](const char* prefix, const Parameter& p, DevicePtr<float> at) {
    floats.push_back({{prefix + p.name, DType::kF32, p.shape}, at.as<std::byte>(), p.size});
  };
  const auto add_bytes = [&](const std::string& prefix, const Parameter& p, DevicePtr<uint8_t> at,
                             DevicePtr<float> absmax) {
    const int64_t blocks = moment_blocks(p.size);
    floats.push_back(
        {{prefix + "_absmax." + p.name, DType::kF32, {blocks}}, absmax.as<std::byte>(), blocks});
    bytes.push_back({{prefix + "." + p.name, DType::kU8, p.shape}, at.as<std::byte>(), p.size});
  };
  for (const Parameter& p : parameters.all()) add_floats("param.", p, p.value);
  for (const Parameter& p : parameters.all()) {
    if (p.in_bytes) {
      add_bytes("exp_avg", p, p.bytes.m, p.bytes.m_absmax);
    } else {
      add_floats("exp_avg.", p, p.m);
    }
  }
  for (const Parameter& p : parameters.all()) {
    if (p.in_bytes) {
      add_bytes("exp_avg_sq", p, p.bytes.v, p.bytes.v_absmax);
    } else {
      add_floats("exp_avg_sq.", p, p.v);
    }
  }
  floats.insert(floats.end(), bytes.begin(), bytes.end());
  return floats;
}

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
  const std::vector<Array> arrays = arrays_of(parameters);
  std::vector<TensorSpec> specs;
  for (const Array& array : arrays) specs.push_back(array.spec);
  SafetensorsWriter writer(
      path, specs,
      {{"format", kFormat}, {"step", std::to_string(info.step)}, {"written_by", info.written_by}});
  for (const Array& array : arrays) {
    download_pieces(device, array.at, array.bytes(),
                    [&](const std::byte* piece, int64_t n) { writer.write(piece, n); });
  }
  writer.commit();
}

StateInfo load_state(const Device& device, const Parameters& parameters, const std::string& path) {
  const SafetensorsFile file(path);
  const StateInfo info{read_step(file), find_metadata(file, "written_by", "")};
  const std::vector<Array> arrays = arrays_of(parameters);
  if (file.tensors().size() != arrays.size()) {
    refuse(path, "number of tensors", std::to_string(arrays.size()),
           std::to_string(file.tensors().size()));
  }
  for (const Array& array : arrays) {
    const TensorSpec& spec = array.spec;
    const std::string wanted = shape_text(spec.shape);
    const Tensor* tensor = file.find(spec.name);
    if (tensor == nullptr) refuse(path, spec.name, wanted, "missing");
    if (tensor->shape != spec.shape || tensor->type != spec.type || !tensor->aligned()) {
      refuse(path, spec.name, wanted + " " + std::string(dtype_name(spec.type)),
             shape_text(tensor->shape) + " " + std::string(dtype_name(tensor->type)));
    }
    if (spec.type == DType::kF32) check_finite(*tensor);
  }
  for (const Array& array : arrays) {
    const Tensor& tensor = file.tensor(array.spec.name);
    device.upload(array.at, reinterpret_cast<const std::byte*>(tensor.data), array.bytes());
  }
  return info;
}

}  // namespace neiro
