// Temporary file, flush, rename, flush of the folder.
#include "io/atomic_file.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <system_error>

#include "core/error.h"
#include "io/path.h"
#include "io/write_error.h"

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#ifndef NOMINMAX
#define NOMINMAX
#endif
#include <windows.h>
#else
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#endif

namespace neiro {
namespace {

constexpr size_t kBufferBytes = size_t{1} << 20;
constexpr int64_t kMostAtOnce = int64_t{1} << 30;  // systems cap one write at about 2 GiB

// The system's calls, each true when it went well; last_error() says why not.
#if defined(_WIN32)

std::error_code last_error() { return {static_cast<int>(GetLastError()), std::system_category()}; }
int process_id() { return static_cast<int>(GetCurrentProcessId()); }
intptr_t create_new(const std::string& path) {
  return reinterpret_cast<intptr_t>(CreateFileW(system_path(path).c_str(), GENERIC_WRITE, 0,
                                                nullptr, CREATE_NEW, FILE_ATTRIBUTE_NORMAL,
                                                nullptr));
}
int64_t write_some(intptr_t handle, const unsigned char* data, int64_t bytes) {
  DWORD written = 0;
  const bool well = WriteFile(reinterpret_cast<HANDLE>(handle), data, static_cast<DWORD>(bytes),
                              &written, nullptr);
  return well ? static_cast<int64_t>(written) : -1;
}
bool sync(intptr_t handle) { return FlushFileBuffers(reinterpret_cast<HANDLE>(handle)); }
bool close_handle(intptr_t handle) { return CloseHandle(reinterpret_cast<HANDLE>(handle)); }
bool replace(const std::string& from, const std::string& to) {
  if (MoveFileExW(system_path(from).c_str(), system_path(to).c_str(),
                  MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) {
    return true;
  }
  // A folder in the way is "access denied" to Windows, which would be told as a right that is
  // missing.
  const DWORD attributes = GetFileAttributesW(system_path(to).c_str());
  if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY)) {
    SetLastError(ERROR_ALREADY_EXISTS);
  }
  return false;
}
bool sync_folder_of(const std::string&) { return true; }  // the rename wrote through

#else

std::error_code last_error() { return {errno, std::generic_category()}; }
int process_id() { return static_cast<int>(getpid()); }
intptr_t create_new(const std::string& path) {
  return open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}
int64_t write_some(intptr_t handle, const unsigned char* data, int64_t bytes) {
  const ssize_t written = ::write(static_cast<int>(handle), data, static_cast<size_t>(bytes));
  return written < 0 && errno == EINTR ? 0 : written;
}
bool sync(intptr_t handle) {
#if defined(__APPLE__)
  if (fcntl(static_cast<int>(handle), F_FULLFSYNC) == 0) return true;  // past the drive's cache
#endif
  return fsync(static_cast<int>(handle)) == 0;
}
bool close_handle(intptr_t handle) { return close(static_cast<int>(handle)) == 0; }
bool replace(const std::string& from, const std::string& to) {
  return rename(from.c_str(), to.c_str()) == 0;
}
bool sync_folder_of(const std::string& path) {
  const std::string parent = system_path(path).parent_path().string();
  const int folder = open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_CLOEXEC);
  if (folder < 0) return true;  // a folder that may be written but not listed
  // Some file systems cannot flush a folder and say so; only a failing disk counts.
  const bool well = fsync(folder) == 0 || errno != EIO;
  close(folder);
  return well;
}

#endif

}  // namespace

std::string temporary_name(const std::string& path) {
  static std::atomic<uint32_t> number{0};  // two writers of one process never share a name
  return path + ".tmp-" + std::to_string(process_id()) + "-" + std::to_string(number++);
}

AtomicFile::AtomicFile(const std::string& path) : path_(path), temporary_(temporary_name(path)) {
  buffer_.reserve(kBufferBytes);
  handle_ = create_new(temporary_);
  if (handle_ == -1) throw write_error(last_error(), path_);
}

AtomicFile::~AtomicFile() {
  if (handle_ != -1) close_handle(handle_);
  if (temporary_.empty()) return;
  std::error_code ignored;
  std::filesystem::remove(system_path(temporary_), ignored);
}

void AtomicFile::write(const void* data, int64_t bytes) {
  const unsigned char* source = static_cast<const unsigned char*>(data);
  if (bytes <= static_cast<int64_t>(kBufferBytes - buffer_.size())) {
    buffer_.insert(buffer_.end(), source, source + bytes);
    return;
  }
  flush();
  if (bytes < static_cast<int64_t>(kBufferBytes)) {
    buffer_.assign(source, source + bytes);
  } else {
    write_through(source, bytes);
  }
}

void AtomicFile::flush() {
  write_through(buffer_.data(), static_cast<int64_t>(buffer_.size()));
  buffer_.clear();
}

void AtomicFile::write_through(const unsigned char* data, int64_t bytes) {
  while (bytes > 0) {
    const int64_t written = write_some(handle_, data, std::min(bytes, kMostAtOnce));
    if (written < 0) throw write_error(last_error(), path_);
    data += written;
    bytes -= written;
  }
}

void AtomicFile::commit() {
  flush();
  if (!sync(handle_)) throw write_error(last_error(), path_);
  const bool closed = close_handle(handle_);
  handle_ = -1;
  if (!closed || !replace(temporary_, path_)) throw write_error(last_error(), path_);
  temporary_.clear();
  if (!sync_folder_of(path_)) throw write_error(last_error(), path_);
}

void write_file_atomically(const std::string& path, std::string_view text) {
  AtomicFile file(path);
  file.write(text.data(), static_cast<int64_t>(text.size()));
  file.commit();
}

}  // namespace neiro
