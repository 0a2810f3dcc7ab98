// From the system's reason why a file could not be written to the sentence that a user can act on.
#pragma once

#include <string>
#include <system_error>

#include "core/error.h"

namespace neiro {

// DISK_FULL, READ_ONLY, FOLDER_MISSING, else WRITE_FAILED; {file, place = file, reason}: `place` is
// the word of the same errors elsewhere.
Error write_error(std::error_code reason, const std::string& file);

}  // namespace neiro
