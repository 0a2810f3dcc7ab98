// Files that appear whole or not at all, also when the disk is full or the folder closed.
#include "io/atomic_file.h"

#include <cstdio>
#include <string>

#include "as_another_user.h"
#include "check.h"
#include "io/write_error.h"
#include "temp_folder.h"

#if !defined(_WIN32)
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#endif
#if defined(__linux__)
#include <sched.h>
#include <sys/mount.h>
#endif

using namespace neiro;

namespace {

std::string pattern(int64_t size) {
  std::string bytes(static_cast<size_t>(size), '\0');
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31 % 253);
  return bytes;
}

TEST(a_committed_file_holds_what_was_written_in_any_pieces) {
  for (int64_t size : {0, 1, 1000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3500000}) {
    for (int64_t piece : {int64_t{999}, int64_t{700000}, int64_t{1} << 20, int64_t{4000000}}) {
      const TempFolder folder;
      const std::string bytes = pattern(size);
      AtomicFile file(folder.path("out"));
      for (int64_t at = 0; at < size; at += piece) {
        file.write(bytes.data() + at, std::min(piece, size - at));
      }
      file.commit();
      CHECK(folder.read("out") == bytes);
      CHECK(folder.count() == 1);
    }
  }
}

TEST(nothing_is_seen_before_commit_and_nothing_is_left_without) {
  const TempFolder folder;
  folder.write("out", "old");
  {
    AtomicFile file(folder.path("out"));
    file.write("new", 3);
    CHECK(folder.read("out") == "old");
    CHECK(folder.count() == 2);
  }
  CHECK(folder.read("out") == "old");
  CHECK(folder.count() == 1);
  write_file_atomically(folder.path("out"), "new");
  CHECK(folder.read("out") == "new");
  CHECK(folder.count() == 1);
}

TEST(two_writers_of_one_path_do_not_mix) {
  const TempFolder folder;
  AtomicFile first(folder.path("out")), second(folder.path("out"));
  first.write("first", 5);
  second.write("second", 6);
  first.commit();
  CHECK(folder.read("out") == "first");
  second.commit();
  CHECK(folder.read("out") == "second");
  CHECK(folder.count() == 1);
}

TEST(a_missing_folder_says_so) {
  const TempFolder folder;
  CHECK_ERROR("FOLDER_MISSING", AtomicFile(folder.path("none/out")));
  folder.write("plain", "x");
  CHECK_ERROR("FOLDER_MISSING", AtomicFile(folder.path("plain/out")));
}

TEST(a_folder_in_the_way_says_so_and_stays) {
  const TempFolder folder;
  std::filesystem::create_directories(folder.path("out/inside"));
  CHECK_ERROR("WRITE_FAILED", write_file_atomically(folder.path("out"), "x"));
  CHECK(folder.count() == 1);
  CHECK(std::filesystem::exists(folder.path("out/inside")));
}

#if !defined(_WIN32)

TEST(a_closed_folder_is_read_only) {
  const TempFolder folder;
  CHECK(chmod(folder.path().c_str(), 0555) == 0);
  CHECK(code_as_another_user([&] { write_file_atomically(folder.path("out"), "x"); }) ==
        "READ_ONLY");
  CHECK(folder.count() == 0);
}

// A limit on file size makes the system refuse in the middle of a file, on any machine.
TEST(a_write_that_fails_midway_leaves_the_old_file_alone) {
  const TempFolder folder;
  folder.write("out", "old");
  const auto limit = [] {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit size = {100000, 100000};
    return setrlimit(RLIMIT_FSIZE, &size) == 0;
  };
  CHECK(code_in_child(limit, [&] {
          write_file_atomically(folder.path("out"), pattern(5000000));
        }) == "WRITE_FAILED");
  CHECK(folder.read("out") == "old");
  CHECK(folder.count() == 1);
}

#endif
#if defined(__linux__)

// A file system of 64 KiB, seen by the child alone. It reports by its error and, where the old file
// was harmed or something left behind, by another code.
TEST(a_full_disk_is_named_and_leaves_nothing) {
  const TempFolder folder;
  const auto tiny = [&] {
    if (unshare(geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER) != 0) return false;
    mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
    return mount("tiny", folder.path().c_str(), "tmpfs", 0, "size=64k") == 0;
  };
  const std::string code = code_in_child(tiny, [&] {
    folder.write("out", "old");
    std::string first;
    try {
      write_file_atomically(folder.path("out"), pattern(5000000));
    } catch (const Error& error) {
      first = error.code;
    }
    if (folder.read("out") != "old") throw std::runtime_error("the old file was harmed");
    if (folder.count() != 1) throw std::runtime_error("something was left behind");
    throw Error(first);
  });
  if (code == "skipped") {
    std::printf("skipped: a small file system may not be mounted here\n");
    return;
  }
  CHECK(code == "DISK_FULL");
}

#endif

TEST(reasons_of_the_system_become_codes) {
  const auto code = [](std::errc reason) {
    return write_error(std::make_error_code(reason), "f").code;
  };
  CHECK(code(std::errc::no_space_on_device) == "DISK_FULL");
  CHECK(code(std::errc::permission_denied) == "READ_ONLY");
  CHECK(code(std::errc::operation_not_permitted) == "READ_ONLY");
  CHECK(code(std::errc::read_only_file_system) == "READ_ONLY");
  CHECK(code(std::errc::no_such_file_or_directory) == "FOLDER_MISSING");
  CHECK(code(std::errc::not_a_directory) == "FOLDER_MISSING");
  CHECK(code(std::errc::io_error) == "WRITE_FAILED");
  CHECK(write_error(std::make_error_code(std::errc::io_error), "f").details.at("file") == "f");
}

}  // namespace
