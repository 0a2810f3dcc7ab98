// Paths: UTF-8 everywhere in the engine, the system's own form only here.
#pragma once

#include <filesystem>
#include <string>

namespace neiro {

inline std::filesystem::path system_path(const std::string& utf8) {
  return std::filesystem::path(std::u8string(utf8.begin(), utf8.end()));
}

inline std::string utf8_path(const std::filesystem::path& path) {
  const std::u8string utf8 = path.u8string();
  return {utf8.begin(), utf8.end()};
}

}  // namespace neiro
