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
  const std::map<std::string, std::string> details = {
      {"file", file}, {"place", file}, {"reason", reason.message()}};
  if (disk_full(reason)) {
    return {"DISK_FULL", "There is no room left to write " + file + "; nothing was changed.",
            "Free some space or choose another drive, then try again.", details};
  }
  if (read_only(reason)) {
    return {"READ_ONLY", "Nothing may be written at " + file + "; nothing was changed.",
            "Choose a folder that you may write to.", details};
  }
  if (folder_missing(reason)) {
    return {"FOLDER_MISSING", "The folder of " + file + " does not exist.",
            "Make the folder, or choose another one.", details};
  }
  return {"WRITE_FAILED", file + " could not be written: " + reason.message() + ".",
          "Check the drive, then try again; what was there before is unchanged.", details};
}

}  // namespace neiro
