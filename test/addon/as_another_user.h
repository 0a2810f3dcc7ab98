// Runs something in a child process, as a user without rights or inside a tiny file system, and
// tells which error it ended with: permissions do not bind root, and a full disk is hard to come
// by.
#pragma once

#if !defined(_WIN32)

#include <sys/wait.h>
#include <unistd.h>

#include <exception>
#include <functional>
#include <string>

#include "core/error.h"

// The code of the neiro::Error that body ends with; "none" when it ends well. `before` runs first,
// in the child; when it returns false the answer is "skipped".
inline std::string code_in_child(const std::function<bool()>& before,
                                 const std::function<void()>& body) {
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    std::string code = "none";
    try {
      if (before()) {
        body();
      } else {
        code = "skipped";
      }
    } catch (const neiro::Error& error) {
      code = error.code;
    } catch (const std::exception& error) {
      code = error.what();
    }
    [[maybe_unused]] const auto written = write(ends[1], code.data(), code.size());
    _exit(0);  // no destructors of the parent's objects
  }
  close(ends[1]);
  std::string code;
  char buffer[256];
  for (ssize_t n; (n = read(ends[0], buffer, sizeof(buffer))) > 0;) code.append(buffer, n);
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return code;
}

inline std::string code_as_another_user(const std::function<void()>& body) {
  constexpr uid_t kNobody = 65534;
  return code_in_child([] { return geteuid() != 0 || setuid(kNobody) == 0; }, body);
}

#endif
