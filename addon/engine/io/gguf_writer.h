// GGUF files (gguf_format.h) written as a stream, so that no model is ever held whole. A file
// appears whole or not at all.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "io/atomic_file.h"
#include "io/tensor.h"

namespace neiro {

// One entry of a file's metadata. A list has at least the type of its elements where it is empty.
struct GgufEntry {
  using Value = std::variant<uint32_t, uint64_t, int32_t, float, bool, std::string,
                             std::vector<std::string>, std::vector<float>, std::vector<int32_t>>;
  std::string key;
  Value value;
};

// GgufWriter writer(path, entries, specs); for each tensor: writer.write(...); writer.commit();
class GgufWriter {
 public:
  // Shapes are row-major, as everywhere here; the file has them the other way round. Throws Error
  // INTERNAL for a key or a tensor that comes twice and for rows that are no whole blocks; write
  // errors: atomic_file.h.
  GgufWriter(const std::string& path, const std::vector<GgufEntry>& entries,
             const std::vector<TensorSpec>& tensors);

  // The next bytes of the data, in any pieces, but none across the end of a tensor: what lies
  // between two is filled in here.
  void write(const void* data, int64_t bytes);
  // Throws Error INTERNAL when not exactly all announced bytes were written.
  void commit();

 private:
  void pad();

  AtomicFile file_;
  std::vector<int64_t> left_;  // bytes of each tensor that are still to come
  size_t tensor_ = 0;
  int64_t at_ = 0;  // bytes of the data so far
};

}  // namespace neiro
