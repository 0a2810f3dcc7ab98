// Mapping: the bytes of the file, and a named error for everything that is no such file.
#include "io/mapped_file.h"

#include <string>

#include "as_another_user.h"
#include "check.h"
#include "temp_folder.h"

#if !defined(_WIN32)
#include <sys/stat.h>
#endif

using namespace neiro;

namespace {

TEST(a_map_holds_the_bytes_of_the_file) {
  const TempFolder folder;
  std::string bytes;
  for (int i = 0; i < 300000; ++i) bytes += static_cast<char>(i * 7 % 251);
  const MappedFile file(folder.write("data", bytes));
  CHECK(file.text() == bytes);
  CHECK(file.path() == folder.path("data"));
}

TEST(done_pages_come_back_when_they_are_read_again) {
  const TempFolder folder;
  std::string bytes(200001, 'x');
  bytes[100000] = 'y';
  const MappedFile file(folder.write("data", bytes));
  for (int64_t begin : {0, 1, 4095, 4096, 100000}) {
    for (int64_t size : {0, 1, 4096, 12345, 100001}) file.advise_done(file.data() + begin, size);
  }
  CHECK(file.text() == bytes);
}

TEST(what_is_no_readable_file_says_so) {
  const TempFolder folder;
  CHECK_ERROR("FILE_MISSING", MappedFile(folder.path("none")));
  CHECK_ERROR("FILE_MISSING", MappedFile(folder.write("plain", "x") + "/inside"));
  CHECK_ERROR("FILE_EMPTY", MappedFile(folder.write("empty", "")));
  CHECK_ERROR("FILE_UNREADABLE", MappedFile(folder.path()));
#if !defined(_WIN32)
  CHECK(mkfifo(folder.path("pipe").c_str(), 0600) == 0);
  CHECK_ERROR("FILE_UNREADABLE", MappedFile(folder.path("pipe")));  // and does not wait for ever
#endif
}

#if !defined(_WIN32)
TEST(a_forbidden_file_says_so) {
  const TempFolder folder;
  const std::string path = folder.write("secret", "x");
  CHECK(chmod(path.c_str(), 0) == 0);
  CHECK(code_as_another_user([&] { MappedFile file(path); }) == "FILE_UNREADABLE");
}
#endif

TEST(a_name_outside_ascii_is_found) {
  const TempFolder folder;
  const MappedFile file(folder.write("音色 モデル.bin", "ok"));
  CHECK(file.text() == "ok");
}

}  // namespace
