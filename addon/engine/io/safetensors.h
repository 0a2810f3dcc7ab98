// Safetensors files: read by mapping, after every claim of the header is checked against the file;
// written as a stream, so that no model is ever held whole. Strict as the official library is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/atomic_file.h"
#include "io/mapped_file.h"
#include "io/tensor.h"

namespace neiro {

using TensorMetadata = std::vector<std::pair<std::string, std::string>>;

class SafetensorsFile {
 public:
  // Errors, each with {file} and its figures: what MappedFile throws; LFS_POINTER; FILE_TRUNCATED
  // {expected, actual}; BROKEN_HEADER {reason}; and with {tensor}:
  // UNKNOWN_DTYPE {dtype}, BAD_SHAPE {shape}, TENSOR_SIZE_MISMATCH {expected, actual},
  // BAD_OFFSETS {begin, end}, DUPLICATE_TENSOR.
  explicit SafetensorsFile(const std::string& path);
  SafetensorsFile(const SafetensorsFile&) = delete;
  SafetensorsFile& operator=(const SafetensorsFile&) = delete;

  const std::string& path() const { return file_.path(); }
  const std::vector<Tensor>& tensors() const { return tensors_; }  // sorted by name
  const TensorMetadata& metadata() const { return metadata_; }
  // Null where there is no such tensor.
  const Tensor* find(std::string_view name) const;
  // Throws Error TENSOR_MISSING {tensor, file}.
  const Tensor& tensor(std::string_view name) const;

 private:
  MappedFile file_;
  std::vector<Tensor> tensors_;
  TensorMetadata metadata_;
};

// Writes FILE beside its place and renames it there on commit(); whatever goes wrong before, the
// old file stays and nothing new is left.
//   SafetensorsWriter writer(path, specs); writer.write(...) ... ; writer.commit();
class SafetensorsWriter {
 public:
  // Tensors lie in the file in this order, so wider element types come first (data must end up
  // aligned: INTERNAL otherwise, also for a repeated name). Write errors: see atomic_file.h.
  SafetensorsWriter(const std::string& path, const std::vector<TensorSpec>& tensors,
                    const TensorMetadata& metadata = {{"format", "pt"}});

  // The next bytes of the data, in any pieces, across tensors.
  void write(const void* data, int64_t bytes);
  // Throws Error INTERNAL when not exactly all announced bytes were written.
  void commit();

 private:
  AtomicFile file_;
  int64_t left_ = 0;
};

}  // namespace neiro
