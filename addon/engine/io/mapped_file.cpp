// Mapping by POSIX or by Windows.
#include "io/mapped_file.h"

#include <algorithm>
#include <map>
#include <system_error>

#include "core/error.h"
#include "io/path.h"

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#ifndef NOMINMAX
#define NOMINMAX
#endif
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#endif

namespace neiro {
namespace {

[[noreturn]] void missing(const std::string& file) {
  throw Error("FILE_MISSING", {{"file", file}});
}

[[noreturn]] void unreadable(const std::string& file, const std::string& reason) {
  throw Error("FILE_UNREADABLE", {{"file", file}, {"reason", reason}});
}

[[noreturn]] void empty(const std::string& file) { throw Error("FILE_EMPTY", {{"file", file}}); }

std::string system_reason(int code) { return std::system_category().message(code); }

}  // namespace

#if defined(_WIN32)

MappedFile::MappedFile(const std::string& path) : path_(path) {
  const HANDLE file =
      CreateFileW(system_path(path).c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE,
                  nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (file == INVALID_HANDLE_VALUE) {
    const DWORD code = GetLastError();
    if (code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND) missing(path);
    unreadable(path, system_reason(static_cast<int>(code)));
  }
  LARGE_INTEGER size;
  HANDLE mapping = nullptr;
  const bool sized = GetFileSizeEx(file, &size);
  if (sized && size.QuadPart > 0) {
    mapping = CreateFileMappingW(file, nullptr, PAGE_READONLY, 0, 0, nullptr);
  }
  const DWORD code = GetLastError();
  CloseHandle(file);
  if (sized && size.QuadPart == 0) empty(path);
  if (!mapping) unreadable(path, system_reason(static_cast<int>(code)));
  data_ = static_cast<const unsigned char*>(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0));
  const DWORD view_code = GetLastError();
  CloseHandle(mapping);  // the view keeps it alive
  if (!data_) unreadable(path, system_reason(static_cast<int>(view_code)));
  size_ = size.QuadPart;
}

MappedFile::~MappedFile() { UnmapViewOfFile(data_); }

void MappedFile::advise_done(const void* begin, int64_t bytes) const {
  if (!holds(begin)) return;
  // Unlocking pages that are not locked takes them out of the working set, and fails otherwise.
  VirtualUnlock(const_cast<void*>(begin), static_cast<size_t>(bytes));
}

#else

MappedFile::MappedFile(const std::string& path) : path_(path) {
  // Not blocking: opening a named pipe would wait for its writer for ever.
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) {
    if (errno == ENOENT || errno == ENOTDIR) missing(path);
    unreadable(path, system_reason(errno));
  }
  struct stat status;
  const bool known = fstat(file, &status) == 0;
  const bool regular = known && S_ISREG(status.st_mode);
  void* data = MAP_FAILED;
  if (regular && status.st_size > 0) {
    data = mmap(nullptr, static_cast<size_t>(status.st_size), PROT_READ, MAP_SHARED, file, 0);
  }
  const int code = errno;
  close(file);  // the mapping keeps it alive
  if (known && !regular) unreadable(path, "it is a folder or a device");
  if (regular && status.st_size == 0) empty(path);
  if (data == MAP_FAILED) unreadable(path, system_reason(code));
  data_ = static_cast<const unsigned char*>(data);
  size_ = status.st_size;
}

MappedFile::~MappedFile() { munmap(const_cast<unsigned char*>(data_), static_cast<size_t>(size_)); }

void MappedFile::advise_done(const void* begin, int64_t bytes) const {
  if (!holds(begin)) return;
  // Inner whole pages only: the edges belong to neighbours as well.
  const int64_t page = sysconf(_SC_PAGESIZE);
  const int64_t first = static_cast<const unsigned char*>(begin) - data_;
  const int64_t from = (first + page - 1) / page * page;
  const int64_t to = first + bytes == size_ ? size_ : (first + bytes) / page * page;
  if (from < to) {
    madvise(const_cast<unsigned char*>(data_) + from, static_cast<size_t>(to - from),
            MADV_DONTNEED);
  }
}

#endif

}  // namespace neiro
