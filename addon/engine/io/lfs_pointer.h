// A Git LFS pointer: the small text that stands for a large file that was not downloaded.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"

namespace neiro {

// Throws Error LFS_POINTER {file} when the text is one.
inline void refuse_lfs_pointer(std::string_view text, const std::string& file) {
  if (!text.starts_with("version https://git-lfs")) return;
  throw Error("LFS_POINTER", {{"file", file}});
}

}  // namespace neiro
