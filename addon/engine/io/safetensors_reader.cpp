// Reading: every claim of the header is checked here, once, so that a Tensor can be trusted.
#include <algorithm>
#include <set>

#include "core/error.h"
#include "io/json_reader.h"
#include "io/lfs_pointer.h"
#include "io/safetensors.h"

namespace neiro {
namespace {

constexpr int64_t kLengthBytes = 8;
constexpr int64_t kMaxHeader = 100'000'000;  // the official library's limit
constexpr size_t kMaxRank = 16;
constexpr size_t kMaxTensors = 1'000'000;  // bounds the memory that a made-up header can take

[[noreturn]] void truncated(const std::string& file, int64_t expected, int64_t actual) {
  throw Error(
      "FILE_TRUNCATED",
      {{"file", file}, {"expected", std::to_string(expected)}, {"actual", std::to_string(actual)}});
}

[[noreturn]] void broken_header(const std::string& file, const std::string& reason) {
  throw Error("BROKEN_HEADER", {{"file", file}, {"reason", reason}});
}

Error broken_json(const std::string& file, int64_t offset, const std::string& reason) {
  return Error("BROKEN_HEADER",
               {{"file", file}, {"offset", std::to_string(offset)}, {"reason", reason}});
}

// A tensor as the header claims it.
struct Claim {
  std::string name;
  std::string dtype;
  std::vector<int64_t> shape;
  int64_t begin = 0, end = 0;  // bytes after the header
};

int64_t header_length(const MappedFile& file) {
  if (file.size() < kLengthBytes) truncated(file.path(), kLengthBytes, file.size());
  uint64_t length = 0;  // little endian
  for (int i = 7; i >= 0; --i) length = length << 8 | file.data()[i];
  if (length > kMaxHeader) {
    broken_header(file.path(), "it claims a length of " + std::to_string(length) + " bytes");
  }
  const int64_t header = static_cast<int64_t>(length);
  if (header > file.size() - kLengthBytes) {
    truncated(file.path(), kLengthBytes + header, file.size());
  }
  return header;
}

std::vector<int64_t> read_shape(JsonReader& reader) {
  std::vector<int64_t> shape;
  reader.enter_array();
  while (reader.next_item()) {
    if (shape.size() == kMaxRank) reader.fail("a shape of more than 16 dimensions");
    shape.push_back(reader.read_integer());
  }
  return shape;
}

Claim read_claim(JsonReader& reader, std::string name) {
  Claim claim;
  claim.name = std::move(name);
  bool dtype = false, shape = false, offsets = false;
  const auto once = [&](bool& seen, const std::string& key) {
    if (seen) reader.fail("\"" + key + "\" stands twice in one tensor");
    seen = true;
  };
  reader.enter_object();
  for (std::string key; reader.next_member(key);) {
    if (key == "dtype") {
      once(dtype, key);
      claim.dtype = reader.read_string();
    } else if (key == "shape") {
      once(shape, key);
      claim.shape = read_shape(reader);
    } else if (key == "data_offsets") {
      once(offsets, key);
      const std::vector<int64_t> pair = read_shape(reader);
      if (pair.size() != 2) reader.fail("data_offsets needs two numbers");
      claim.begin = pair[0];
      claim.end = pair[1];
    } else {
      reader.skip();
    }
  }
  if (!dtype || !shape || !offsets) {
    reader.fail("a tensor without dtype, shape or data_offsets");
  }
  return claim;
}

TensorMetadata read_metadata(JsonReader& reader) {
  TensorMetadata metadata;
  std::set<std::string> names;
  reader.enter_object();
  for (std::string key; reader.next_member(key);) {
    if (!names.insert(key).second) reader.fail("\"" + key + "\" stands twice in the metadata");
    metadata.emplace_back(std::move(key), reader.read_string());
  }
  return metadata;
}

std::vector<Claim> read_header(const MappedFile& file, int64_t length, TensorMetadata& metadata) {
  const std::string_view header = file.text().substr(kLengthBytes, static_cast<size_t>(length));
  if (!header.starts_with('{')) broken_header(file.path(), "it is not a JSON object");
  JsonReader reader(header, file.path(), broken_json, kLengthBytes);
  std::vector<Claim> claims;
  bool has_metadata = false;
  reader.enter_object();
  for (std::string name; reader.next_member(name);) {
    if (name != "__metadata__") {
      if (claims.size() == kMaxTensors) broken_header(file.path(), "it names too many tensors");
      claims.push_back(read_claim(reader, std::move(name)));
      continue;
    }
    if (has_metadata) reader.fail("\"__metadata__\" stands twice");
    has_metadata = true;
    metadata = read_metadata(reader);
  }
  reader.finish();
  return claims;
}

// Tensors must cover the data exactly: no gap to hide something in, no byte used twice.
void check_layout(const std::string& file, std::vector<Claim>& claims, int64_t data_start,
                  int64_t file_size) {
  std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  int64_t covered = 0;
  for (const Claim& claim : claims) {
    if (claim.begin == covered && claim.end >= claim.begin) {
      covered = claim.end;
      continue;
    }
    throw Error("BAD_OFFSETS", {{"file", file},
                                {"tensor", claim.name},
                                {"begin", std::to_string(claim.begin)},
                                {"end", std::to_string(claim.end)}});
  }
  const int64_t data_size = file_size - data_start;
  if (covered > data_size) {
    if (covered > INT64_MAX - data_start) broken_header(file, "it claims an impossible size");
    truncated(file, data_start + covered, file_size);
  }
  if (covered < data_size) {
    broken_header(file, std::to_string(data_size - covered) + " bytes belong to no tensor");
  }
}

Tensor trusted_tensor(const MappedFile& file, Claim& claim, int64_t data_start) {
  const std::optional<DType> type = element_type_of(claim.dtype);
  if (!type) {
    throw Error("UNKNOWN_DTYPE",
                {{"file", file.path()}, {"tensor", claim.name}, {"dtype", claim.dtype}});
  }
  const int64_t width = element_bytes(*type);
  const std::optional<int64_t> elements = shape_elements(claim.shape);
  if (!elements || *elements > INT64_MAX / width) {
    throw Error(
        "BAD_SHAPE",
        {{"file", file.path()}, {"tensor", claim.name}, {"shape", shape_text(claim.shape)}});
  }
  const int64_t bytes = claim.end - claim.begin;
  if (*elements * width != bytes) {
    throw Error("TENSOR_SIZE_MISMATCH", {{"file", file.path()},
                                         {"tensor", claim.name},
                                         {"shape", shape_text(claim.shape)},
                                         {"expected", std::to_string(*elements * width)},
                                         {"actual", std::to_string(bytes)}});
  }
  return {std::move(claim.name),
          *type,
          std::move(claim.shape),
          file.data() + data_start + claim.begin,
          bytes,
          &file};
}

}  // namespace

SafetensorsFile::SafetensorsFile(const std::string& path) : file_(path) {
  refuse_lfs_pointer(file_.text(), path);
  const int64_t length = header_length(file_), data_start = kLengthBytes + length;
  std::vector<Claim> claims = read_header(file_, length, metadata_);
  check_layout(path, claims, data_start, file_.size());
  tensors_.reserve(claims.size());
  for (Claim& claim : claims) tensors_.push_back(trusted_tensor(file_, claim, data_start));
  std::sort(tensors_.begin(), tensors_.end(),
            [](const Tensor& a, const Tensor& b) { return a.name < b.name; });
  const auto twice =
      std::adjacent_find(tensors_.begin(), tensors_.end(),
                         [](const Tensor& a, const Tensor& b) { return a.name == b.name; });
  if (twice != tensors_.end()) {
    throw Error("DUPLICATE_TENSOR", {{"file", path}, {"tensor", twice->name}});
  }
}

const Tensor* SafetensorsFile::find(std::string_view name) const {
  const auto found = std::lower_bound(
      tensors_.begin(), tensors_.end(), name,
      [](const Tensor& tensor, std::string_view key) { return tensor.name < key; });
  return found != tensors_.end() && found->name == name ? &*found : nullptr;
}

const Tensor& SafetensorsFile::tensor(std::string_view name) const {
  if (const Tensor* found = find(name)) return *found;
  throw Error("TENSOR_MISSING", {{"tensor", std::string(name)}, {"file", path()}});
}

}  // namespace neiro
