// Reasons by kind: std::errc compares equal across POSIX and Windows codes where both have one.
#include "io/write_error.h"

#include <cerrno>

namespace neiro {
namespace {

bool disk_full(std::error_code reason) {
  if (reason == std::errc::no_space_on_device) return true;
#if defined(EDQUOT)
  return reason == std::error_code(EDQUOT, std::generic_category());
#else
  return false;
#endif
}

bool read_only(std::error_code reason) {
  return reason == std::errc::permission_denied || reason == std::errc::operation_not_permitted ||
         reason == std::errc::read_only_file_system;
}

bool folder_missing(std::error_code reason) {
  return reason == std::errc::no_such_file_or_directory || reason == std::errc::not_a_directory;
}

}  // namespace

Error write_error(std::error_code reason, const std::string& file) {
  const std::string why = reason.message();
  if (disk_full(reason)) return Error("DISK_FULL", {{"place", file}, {"reason", why}});
  if (read_only(reason)) return Error("READ_ONLY", {{"place", file}, {"reason", why}});
  if (folder_missing(reason)) return Error("FOLDER_MISSING", {{"file", file}, {"reason", why}});
  return Error("WRITE_FAILED", {{"file", file}, {"reason", why}});
}

}  // namespace neiro
