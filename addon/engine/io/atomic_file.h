// A file that appears whole or not at all: written beside its place, flushed to disk, renamed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace neiro {

// PATH.tmp-PID-NUMBER, a name for what is written beside its place: used by nobody else.
std::string temporary_name(const std::string& path);

class AtomicFile {
 public:
  // `path` is UTF-8.
  // All calls throw Error DISK_FULL, READ_ONLY, FOLDER_MISSING or WRITE_FAILED {file, reason}.
  explicit AtomicFile(const std::string& path);
  // Not committed: the temporary file is removed, what stood at `path` is untouched.
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  const std::string& path() const { return path_; }
  void write(const void* data, int64_t bytes);
  // Flushes file and folder to disk, so that after it a power cut loses neither.
  void commit();

 private:
  void flush();
  void write_through(const unsigned char* data, int64_t bytes);

  std::string path_;
  std::string temporary_;
  std::vector<unsigned char> buffer_;
  intptr_t handle_ = -1;
};

void write_file_atomically(const std::string& path, std::string_view text);

}  // namespace neiro
