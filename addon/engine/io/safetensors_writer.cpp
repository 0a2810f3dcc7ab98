// Writing: the header from the announced tensors, then their bytes as they come.
#include <limits>
#include <set>

#include "core/error.h"
#include "io/json.h"
#include "io/safetensors.h"

namespace neiro {
namespace {

[[noreturn]] void misused(const std::string& message, const std::string& file) {
  throw Error("INTERNAL", {{"file", file}, {"reason", message}});
}

// The header's JSON; `size` becomes the bytes of all tensors.
std::string header_text(const std::string& file, const std::vector<TensorSpec>& tensors,
                        const TensorMetadata& metadata, int64_t& size) {
  std::string header = "{";
  if (!metadata.empty()) {
    Json::Object object;
    for (const auto& [key, value] : metadata) object.emplace_back(key, value);
    header += "\"__metadata__\":" + Json(std::move(object)).text();
  }
  size = 0;
  std::set<std::string_view> names;
  for (const TensorSpec& tensor : tensors) {
    const int64_t width = element_bytes(tensor.type);
    const std::optional<int64_t> elements = shape_elements(tensor.shape);
    if (!elements || *elements > (std::numeric_limits<int64_t>::max() - size) / width ||
        size % width != 0 || !names.insert(tensor.name).second) {
      misused("The tensor " + tensor.name + " cannot be written in this order.", file);
    }
    if (header.size() > 1) header += ',';
    append_json_string(header, tensor.name);
    header += ":{\"dtype\":\"" + std::string(dtype_name(tensor.type)) +
              "\",\"shape\":" + shape_text(tensor.shape) + ",\"data_offsets\":[" +
              std::to_string(size) + ',' + std::to_string(size + *elements * width) + "]}";
    size += *elements * width;
  }
  header += '}';
  header.append((8 - header.size() % 8) % 8, ' ');  // so that the data is aligned
  return header;
}

}  // namespace

SafetensorsWriter::SafetensorsWriter(const std::string& path,
                                     const std::vector<TensorSpec>& tensors,
                                     const TensorMetadata& metadata)
    : file_(path) {
  const std::string header = header_text(path, tensors, metadata, left_);
  unsigned char length[8];  // little endian
  for (int i = 0; i < 8; ++i) {
    length[i] = static_cast<unsigned char>(static_cast<uint64_t>(header.size()) >> (8 * i));
  }
  file_.write(length, sizeof(length));
  file_.write(header.data(), static_cast<int64_t>(header.size()));
}

void SafetensorsWriter::write(const void* data, int64_t bytes) {
  if (bytes > left_) misused("More was written than was announced.", file_.path());
  file_.write(data, bytes);
  left_ -= bytes;
}

void SafetensorsWriter::commit() {
  if (left_ != 0) misused("Less was written than was announced.", file_.path());
  file_.commit();
}

}  // namespace neiro
