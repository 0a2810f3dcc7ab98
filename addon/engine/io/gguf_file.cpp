// Reading: a cursor that never passes the end of the file, the entries, the tensors.
#include "io/gguf_file.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <set>
#include <utility>

#include "core/error.h"
#include "io/gguf_format.h"
#include "io/json_reader.h"
#include "io/lfs_pointer.h"

namespace neiro {
namespace {

using gguf::ValueType;

// What a made-up head can take of time and memory stays within these.
constexpr uint64_t kMaxTensors = 1'000'000;
constexpr uint64_t kMaxEntries = 1 << 16;
constexpr uint64_t kMaxName = 1 << 10;     // bytes of a key or a tensor's name
constexpr uint64_t kKeptText = 1 << 10;    // longer ones are the tokenizer's
constexpr uint64_t kKeptValues = 1 << 12;  // of a list
constexpr int64_t kKeptBytes = 1 << 22;    // of all
constexpr int64_t kMaxAlignment = 1 << 20;

class Head {
 public:
  explicit Head(const MappedFile& file) : file_(file) {}

  int64_t at() const { return at_; }
  [[noreturn]] void fail(const std::string& reason) const {
    throw Error("BROKEN_GGUF",
                {{"file", file_.path()}, {"reason", reason + ", byte " + std::to_string(at_)}});
  }
  const unsigned char* take(uint64_t bytes) {
    if (bytes > static_cast<uint64_t>(file_.size() - at_)) {
      const uint64_t most = static_cast<uint64_t>(INT64_MAX - at_);
      const uint64_t expected = static_cast<uint64_t>(at_) + std::min(bytes, most);
      throw Error("FILE_TRUNCATED", {{"file", file_.path()},
                                     {"expected", std::to_string(expected)},
                                     {"actual", std::to_string(file_.size())}});
    }
    const unsigned char* place = file_.data() + at_;
    at_ += static_cast<int64_t>(bytes);
    return place;
  }
  // Little endian, as every machine that this runs on.
  template <class T>
  T number() {
    static_assert(std::endian::native == std::endian::little);
    T value;
    std::memcpy(&value, take(sizeof(T)), sizeof(T));
    return value;
  }
  std::string_view text() {
    const uint64_t bytes = number<uint64_t>();
    return {reinterpret_cast<const char*>(take(bytes)), static_cast<size_t>(bytes)};
  }
  // A key or a name: bounded, UTF-8.
  std::string name(const char* what) {
    const std::string_view name = text();
    if (name.empty() || name.size() > kMaxName) fail(std::string("a ") + what + " too long");
    for (size_t i = 0; i < name.size();) {
      const size_t bytes = utf8_sequence(name.substr(i));
      if (bytes == 0) fail(std::string("a ") + what + " that is not UTF-8");
      i += bytes;
    }
    return std::string(name);
  }

 private:
  const MappedFile& file_;
  int64_t at_ = 0;
};

uint64_t bytes_of(ValueType type) {
  switch (type) {
    case ValueType::kU8:
    case ValueType::kI8:
    case ValueType::kBool:
      return 1;
    case ValueType::kU16:
    case ValueType::kI16:
      return 2;
    case ValueType::kU32:
    case ValueType::kI32:
    case ValueType::kF32:
      return 4;
    case ValueType::kU64:
    case ValueType::kI64:
    case ValueType::kF64:
      return 8;
    default:
      return 0;
  }
}

ValueType value_type(Head& head) {
  const uint32_t number = head.number<uint32_t>();
  if (number > static_cast<uint32_t>(ValueType::kF64)) {
    head.fail("a value of the unknown kind " + std::to_string(number));
  }
  return static_cast<ValueType>(number);
}

Json plain_value(Head& head, ValueType type) {
  switch (type) {
    case ValueType::kU8:
      return int64_t{head.number<uint8_t>()};
    case ValueType::kI8:
      return int64_t{head.number<int8_t>()};
    case ValueType::kU16:
      return int64_t{head.number<uint16_t>()};
    case ValueType::kI16:
      return int64_t{head.number<int16_t>()};
    case ValueType::kU32:
      return int64_t{head.number<uint32_t>()};
    case ValueType::kI32:
      return int64_t{head.number<int32_t>()};
    case ValueType::kF32:
      return static_cast<double>(head.number<float>());
    case ValueType::kBool: {
      const uint8_t truth = head.number<uint8_t>();
      if (truth > 1) head.fail("a truth that is neither 0 nor 1");
      return truth == 1;
    }
    case ValueType::kU64: {
      const uint64_t number = head.number<uint64_t>();
      if (number <= INT64_MAX) return static_cast<int64_t>(number);
      return static_cast<double>(number);
    }
    case ValueType::kI64:
      return head.number<int64_t>();
    case ValueType::kF64:
      return head.number<double>();
    default:
      head.fail("a list in a list");
  }
}

// The value where it is short enough to be kept; null where it was walked past.
Json value(Head& head, int64_t& room) {
  const ValueType type = value_type(head);
  const auto kept_text = [&](std::string_view text) {
    if (text.size() > kKeptText || room < static_cast<int64_t>(text.size())) return Json();
    room -= static_cast<int64_t>(text.size()) + 32;
    return Json(std::string(text));
  };
  if (type == ValueType::kText) return kept_text(head.text());
  if (type != ValueType::kArray) return plain_value(head, type);
  const ValueType item = value_type(head);
  const uint64_t count = head.number<uint64_t>();
  Json::Array list;
  if (item == ValueType::kText) {
    const bool kept = count <= kKeptValues;
    for (uint64_t i = 0; i < count; ++i) {  // each takes eight bytes or more of the file
      const std::string_view text = head.text();
      if (kept) list.push_back(kept_text(text));
    }
    if (!kept) return {};
    return Json(std::move(list));
  }
  const uint64_t width = bytes_of(item);
  if (width == 0) head.fail("a list in a list");
  if (count > kKeptValues || room < static_cast<int64_t>(count * 32)) {
    if (count > UINT64_MAX / width) head.fail("a list of too many values");
    head.take(count * width);
    return {};
  }
  room -= static_cast<int64_t>(count) * 32;
  for (uint64_t i = 0; i < count; ++i) list.push_back(plain_value(head, item));
  return Json(std::move(list));
}

Json read_entries(Head& head, uint64_t count) {
  if (count > kMaxEntries) head.fail("too many entries");
  Json::Object entries;
  std::set<std::string> keys;
  int64_t room = kKeptBytes;
  for (uint64_t i = 0; i < count; ++i) {
    std::string key = head.name("key");
    if (!keys.insert(key).second) head.fail("\"" + key + "\" stands twice");
    Json kept = value(head, room);
    if (!kept.is_null()) entries.emplace_back(std::move(key), std::move(kept));
  }
  return Json(std::move(entries));
}

// A tensor as the head claims it, its data still to be placed.
struct Claim {
  Tensor tensor;
  uint64_t offset = 0;
};

[[noreturn]] void bad_shape(const std::string& file, const Tensor& tensor) {
  throw Error("BAD_SHAPE",
              {{"file", file}, {"tensor", tensor.name}, {"shape", shape_text(tensor.shape)}});
}

Claim read_claim(Head& head, const std::string& file) {
  Claim claim;
  Tensor& tensor = claim.tensor;
  tensor.name = head.name("name");
  const uint32_t dimensions = head.number<uint32_t>();
  if (dimensions > gguf::kMaxDimensions) head.fail("a tensor of more than 4 dimensions");
  for (uint32_t i = 0; i < dimensions; ++i) {
    const uint64_t size = head.number<uint64_t>();
    tensor.shape.insert(tensor.shape.begin(), size > INT64_MAX ? -1 : static_cast<int64_t>(size));
  }
  const uint32_t type = head.number<uint32_t>();
  claim.offset = head.number<uint64_t>();
  const std::optional<DType> dtype = gguf::dtype_of(type);
  if (!dtype) {
    throw Error("GGUF_TYPE",
                {{"file", file}, {"tensor", tensor.name}, {"dtype", gguf::tensor_type_name(type)}});
  }
  tensor.type = *dtype;
  const std::optional<int64_t> elements = shape_elements(tensor.shape);
  const BlockSize block = block_size(*dtype);
  const int64_t row = tensor.shape.empty() ? 1 : tensor.shape.back();
  if (!elements || *elements > INT64_MAX / block.bytes || row % block.elements != 0) {
    bad_shape(file, tensor);
  }
  tensor.bytes = stored_bytes(*dtype, *elements);
  return claim;
}

int64_t alignment_of(Head& head, const Json& metadata) {
  const Json* said = metadata.find("general.alignment");
  if (said == nullptr) return gguf::kDefaultAlignment;
  const int64_t alignment = said->integer().value_or(0);
  if (alignment < 1 || alignment > kMaxAlignment || alignment % 8 != 0) {
    head.fail("an alignment of " + said->text());
  }
  return alignment;
}

// Every tensor aligned, inside the data and on no other's bytes.
void place(std::vector<Claim>& claims, const MappedFile& file, int64_t begin, int64_t alignment) {
  std::sort(claims.begin(), claims.end(),
            [](const Claim& a, const Claim& b) { return a.offset < b.offset; });
  uint64_t end = 0;
  const uint64_t room = begin > file.size() ? 0 : static_cast<uint64_t>(file.size() - begin);
  for (Claim& claim : claims) {
    Tensor& tensor = claim.tensor;
    const uint64_t bytes = static_cast<uint64_t>(tensor.bytes);
    const bool aligned = claim.offset % static_cast<uint64_t>(alignment) == 0;
    if (!aligned || (claim.offset < end && bytes > 0) || claim.offset > UINT64_MAX - bytes) {
      throw Error("BAD_OFFSETS", {{"file", file.path()},
                                  {"tensor", tensor.name},
                                  {"begin", std::to_string(claim.offset)},
                                  {"end", std::to_string(claim.offset + bytes)}});
    }
    end = std::max(end, claim.offset + bytes);
    if (end > room) {
      throw Error("FILE_TRUNCATED",
                  {{"file", file.path()},
                   {"expected", std::to_string(static_cast<uint64_t>(begin) + end)},
                   {"actual", std::to_string(file.size())}});
    }
    tensor.data = file.data() + begin + claim.offset;
    tensor.file = &file;
  }
}

void begin(Head& head, const MappedFile& file) {
  refuse_lfs_pointer(file.text(), file.path());
  if (file.size() < 4 || std::memcmp(file.data(), gguf::kMagic, 4) != 0) {
    head.fail("it does not begin with GGUF");
  }
  head.take(4);
  const uint32_t version = head.number<uint32_t>();
  if (version == gguf::kVersion || version == 2) return;
  // Byte by byte the other way round: written on and for another kind of machine.
  const bool turned = version != 0 && (version & 0xffffff) == 0;
  const std::string said =
      turned ? std::to_string(version >> 24) + ", big-endian" : std::to_string(version);
  throw Error("GGUF_VERSION", {{"file", file.path()}, {"version", said}});
}

}  // namespace

GgufFile::GgufFile(const std::string& path) : file_(path) {
  Head head(file_);
  begin(head, file_);
  const uint64_t count = head.number<uint64_t>();
  const uint64_t entries = head.number<uint64_t>();
  if (count > kMaxTensors) head.fail("too many tensors");
  metadata_ = read_entries(head, entries);
  std::vector<Claim> claims;
  for (uint64_t i = 0; i < count; ++i) claims.push_back(read_claim(head, path));
  const int64_t alignment = alignment_of(head, metadata_);
  place(claims, file_, (head.at() + alignment - 1) / alignment * alignment, alignment);
  for (Claim& claim : claims) tensors_.push_back(std::move(claim.tensor));
  std::sort(tensors_.begin(), tensors_.end(),
            [](const Tensor& a, const Tensor& b) { return a.name < b.name; });
  const auto twice =
      std::adjacent_find(tensors_.begin(), tensors_.end(),
                         [](const Tensor& a, const Tensor& b) { return a.name == b.name; });
  if (twice != tensors_.end()) {
    throw Error("DUPLICATE_TENSOR", {{"tensor", twice->name}, {"file", path}});
  }
}

bool GgufFile::is_gguf(const std::string& path) {
  const MappedFile file(path);
  return file.text().starts_with(std::string_view(gguf::kMagic, 4));
}

const Tensor* GgufFile::find(std::string_view name) const {
  const auto found = std::lower_bound(
      tensors_.begin(), tensors_.end(), name,
      [](const Tensor& tensor, std::string_view key) { return tensor.name < key; });
  return found != tensors_.end() && found->name == name ? &*found : nullptr;
}

}  // namespace neiro
