// What every fuzzed reader shares: the bytes as a file, and what counts as a fault. Whatever a
// stranger sends is either read or refused by an Error with a name of its own; anything else that
// leaves a reader (another exception, INTERNAL, a sanitizer's report) ends the program, and
// libFuzzer keeps the bytes.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/error.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t most);

namespace fuzz {

[[noreturn]] inline void fault(const std::string& what) {
  std::fprintf(stderr, "FAULT: %s\n", what.c_str());
  std::abort();
}

// A folder in memory, of this process alone.
inline const std::string& folder() {
  // never destroyed: it is asked for at the very end
  static const std::string* const dir = [] {
    auto* made = new std::string("/dev/shm/neiro-fuzz-" + std::to_string(getpid()));
    std::filesystem::create_directories(*made);
    std::atexit([] { std::filesystem::remove_all(folder()); });
    return made;
  }();
  return *dir;
}

// The bytes as a file of the folder.
inline std::string as_file(const uint8_t* data, size_t size, const char* name) {
  const std::string path = folder() + "/" + name;
  const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
  if (file < 0 || ::write(file, data, size) != static_cast<ssize_t>(size)) fault("no " + path);
  ::close(file);
  return path;
}

inline std::string_view as_text(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Whether `read` took what it was given; false: it refused by a name.
template <class Read>
bool reads(Read read) {
  try {
    read();
    return true;
  } catch (const neiro::Error& error) {
    if (error.code == "INTERNAL") fault(error.what());
  } catch (const std::exception& error) {
    fault(std::string("no Error but ") + error.what());
  }
  return false;
}

// Reads every byte, so that the sanitizer sees what is outside.
inline void touch(const void* data, int64_t bytes) {
  static volatile unsigned char sink;
  const auto* at = static_cast<const unsigned char*>(data);
  unsigned char sum = 0;
  for (int64_t i = 0; i < bytes; ++i) sum = static_cast<unsigned char>(sum + at[i]);
  sink = sum;
}

// A mutator for safetensors: mutated bytes hardly ever have a first number that still is the length
// of their header, so in three of four cases it is put right.
inline size_t mutate_safetensors(uint8_t* data, size_t size, size_t most, unsigned seed) {
  size = LLVMFuzzerMutate(data, size, most);
  if (seed % 4 == 0 || size < 10) return size;
  const std::string_view text = as_text(data, size);
  // the first brace that ends a line of the format's own: what lies behind it is data
  size_t end = text.find("}}", 8);
  end = end == std::string_view::npos ? text.rfind('}') + 1 : end + 2;
  if (end < 10 || end > size) return size;
  const uint64_t header = end - 8;
  std::memcpy(data, &header, sizeof header);
  return size;
}

}  // namespace fuzz
