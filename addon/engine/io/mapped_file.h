// A whole file mapped for reading: weights are read where they lie and never copied. A file that
// another program shortens while it is mapped ends the process; nothing here can prevent that.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace neiro {

class MappedFile {
 public:
  // `path` is UTF-8. Throws Error FILE_MISSING, FILE_UNREADABLE {reason} or FILE_EMPTY {file}.
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  const std::string& path() const { return path_; }
  const unsigned char* data() const { return data_; }
  int64_t size() const { return size_; }
  std::string_view text() const {
    return {reinterpret_cast<const char*>(data_), static_cast<size_t>(size_)};
  }

  bool holds(const void* place) const { return place >= data_ && place < data_ + size_; }

  // These bytes were read for now: whole pages of them may leave memory (they come back from disk
  // when they are touched again). After copying or quantising a tensor, so that the peak stays low.
  // Nothing where they are no part of the file (a copy).
  void advise_done(const void* begin, int64_t bytes) const;

 private:
  std::string path_;
  const unsigned char* data_ = nullptr;
  int64_t size_ = 0;
};

}  // namespace neiro
