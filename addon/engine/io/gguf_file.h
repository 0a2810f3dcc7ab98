// GGUF files, read by mapping: every claim of the head is checked against the file before a tensor
// is believed. What the keys and names mean is the model's (model/families).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "io/json.h"
#include "io/mapped_file.h"
#include "io/tensor.h"

namespace neiro {

class GgufFile {
 public:
  // Errors, each with {file} and its figures: what MappedFile throws; LFS_POINTER; FILE_TRUNCATED
  // {expected, actual}; BROKEN_GGUF {reason}; GGUF_VERSION {version}; and with {tensor}:
  // GGUF_TYPE {dtype}, BAD_SHAPE {shape}, BAD_OFFSETS {begin, end}, DUPLICATE_TENSOR.
  explicit GgufFile(const std::string& path);
  GgufFile(const GgufFile&) = delete;
  GgufFile& operator=(const GgufFile&) = delete;

  // Whether the file begins as one.
  static bool is_gguf(const std::string& path);

  const std::string& path() const { return file_.path(); }
  // Numbers, truths, short texts and short lists by key; whatever is longer (vocabularies) was only
  // walked past. An object.
  const Json& metadata() const { return metadata_; }
  // Sorted by name; shapes as PyTorch's, the slowest dimension first.
  const std::vector<Tensor>& tensors() const { return tensors_; }
  const Tensor* find(std::string_view name) const;  // null where there is none

 private:
  MappedFile file_;
  Json metadata_;
  std::vector<Tensor> tensors_;
};

}  // namespace neiro
