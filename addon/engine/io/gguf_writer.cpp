// The header from what is announced, then the tensors' bytes as they come.
#include "io/gguf_writer.h"

#include <cstring>
#include <set>
#include <type_traits>

#include "core/error.h"
#include "io/gguf_format.h"

namespace neiro {
namespace {

using gguf::ValueType;

constexpr int64_t kAlignment = gguf::kDefaultAlignment;

int64_t aligned(int64_t bytes) { return (bytes + kAlignment - 1) / kAlignment * kAlignment; }

[[noreturn]] void misused(const std::string& message, const std::string& file) {
  throw Error("INTERNAL", {{"file", file}, {"reason", message}});
}

// Numbers little-endian, whatever the processor.
class Header {
 public:
  template <class T>
  void number(T value) {
    using Bits = std::conditional_t<
        sizeof(T) == 8, uint64_t,
        std::conditional_t<sizeof(T) == 4, uint32_t,
                           std::conditional_t<sizeof(T) == 2, uint16_t, uint8_t>>>;
    Bits bits;
    std::memcpy(&bits, &value, sizeof(bits));
    for (size_t i = 0; i < sizeof(bits); ++i) {
      bytes += static_cast<char>(static_cast<uint64_t>(bits) >> (8 * i) & 0xff);
    }
  }
  void text(std::string_view text) {
    number<uint64_t>(text.size());
    bytes += text;
  }
  void type(ValueType type) { number(static_cast<uint32_t>(type)); }

  std::string bytes;
};

template <class T>
constexpr ValueType type_of() {
  if constexpr (std::is_same_v<T, uint32_t>) return ValueType::kU32;
  if constexpr (std::is_same_v<T, uint64_t>) return ValueType::kU64;
  if constexpr (std::is_same_v<T, int32_t>) return ValueType::kI32;
  if constexpr (std::is_same_v<T, float>) return ValueType::kF32;
  if constexpr (std::is_same_v<T, bool>) return ValueType::kBool;
  return ValueType::kText;
}

struct ValueWriter {
  Header& header;

  template <class T>
  void operator()(const T& value) const {
    header.type(type_of<T>());
    one(value);
  }
  template <class T>
  void operator()(const std::vector<T>& values) const {
    header.type(ValueType::kArray);
    header.type(type_of<T>());
    header.number<uint64_t>(values.size());
    for (const T& value : values) one(value);
  }

 private:
  template <class T>
  void one(const T& value) const {
    if constexpr (std::is_same_v<T, std::string>) {
      header.text(value);
    } else {
      header.number(value);
    }
  }
};

// The bytes of a tensor; rows are whole blocks.
int64_t tensor_bytes(const TensorSpec& tensor, const std::string& file) {
  const BlockSize block = block_size(tensor.type);
  const std::optional<int64_t> elements = shape_elements(tensor.shape);
  const bool whole = block.elements > 0 && !tensor.shape.empty() &&
                     static_cast<int>(tensor.shape.size()) <= gguf::kMaxDimensions && elements &&
                     *elements > 0 && tensor.shape.back() % block.elements == 0;
  if (!whole) misused("The tensor " + tensor.name + " cannot be written in this form.", file);
  return stored_bytes(tensor.type, *elements);
}

}  // namespace

GgufWriter::GgufWriter(const std::string& path, const std::vector<GgufEntry>& entries,
                       const std::vector<TensorSpec>& tensors)
    : file_(path) {
  Header header;
  header.bytes.assign(gguf::kMagic, sizeof(gguf::kMagic));
  header.number(gguf::kVersion);
  header.number<uint64_t>(tensors.size());
  header.number<uint64_t>(entries.size());
  std::set<std::string_view> names;
  for (const GgufEntry& entry : entries) {
    if (!names.insert(entry.key).second) misused("The key " + entry.key + " comes twice.", path);
    header.text(entry.key);
    std::visit(ValueWriter{header}, entry.value);
  }
  names.clear();
  int64_t offset = 0;
  for (const TensorSpec& tensor : tensors) {
    const std::optional<uint32_t> type = gguf::tensor_type_of(tensor.type);
    if (!type || !names.insert(tensor.name).second) {
      misused("The tensor " + tensor.name + " cannot be written.", path);
    }
    left_.push_back(tensor_bytes(tensor, path));
    header.text(tensor.name);
    header.number(static_cast<uint32_t>(tensor.shape.size()));
    for (size_t i = tensor.shape.size(); i-- > 0;) {
      header.number(static_cast<uint64_t>(tensor.shape[i]));
    }
    header.number(*type);
    header.number(static_cast<uint64_t>(offset));
    offset += aligned(left_.back());
  }
  header.bytes.resize(static_cast<size_t>(aligned(static_cast<int64_t>(header.bytes.size()))));
  file_.write(header.bytes.data(), static_cast<int64_t>(header.bytes.size()));
}

void GgufWriter::write(const void* data, int64_t bytes) {
  if (tensor_ == left_.size() || bytes > left_[tensor_]) {
    misused("More was written than was announced.", file_.path());
  }
  file_.write(data, bytes);
  at_ += bytes;
  left_[tensor_] -= bytes;
  if (left_[tensor_] > 0) return;
  ++tensor_;
  pad();
}

// Up to where the next tensor begins; behind the last one, too.
void GgufWriter::pad() {
  constexpr char kZeros[kAlignment] = {};
  file_.write(kZeros, aligned(at_) - at_);
  at_ = aligned(at_);
}

void GgufWriter::commit() {
  if (tensor_ != left_.size()) misused("Less was written than was announced.", file_.path());
  file_.commit();
}

}  // namespace neiro
