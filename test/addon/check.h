// A small test frame for the engine: no dependency, so that a fresh machine needs only a compiler.
// TEST(name) { CHECK(...); } ; every test file's tests run from one main per layer (TEST_MAIN
// once). Prints one line per test, "ok NAME" or "not ok NAME: why"; --list names them, --only NAME
// runs one.
#pragma once

#include <cmath>
#include <cstdio>
#include <cstring>
#include <exception>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/error.h"

namespace check {

struct Case {
  std::string name;
  void (*body)();
};
inline std::vector<Case>& cases() {
  static std::vector<Case> all;
  return all;
}
struct Register {
  Register(const char* name, void (*body)()) { cases().push_back({name, body}); }
};

[[noreturn]] inline void fail(const char* file, int line, const std::string& what) {
  std::ostringstream text;
  text << file << ":" << line << " " << what;
  throw std::runtime_error(text.str());
}

inline int run(int argc, char** argv) {
  const char* only = nullptr;
  for (int i = 1; i < argc; ++i) {
    if (!std::strcmp(argv[i], "--list")) {
      for (const Case& c : cases()) std::printf("%s\n", c.name.c_str());
      return 0;
    }
    if (!std::strcmp(argv[i], "--only") && i + 1 < argc) only = argv[++i];
  }
  int failed = 0;
  for (const Case& c : cases()) {
    if (only && c.name != only) continue;
    try {
      c.body();
      std::printf("ok %s\n", c.name.c_str());
    } catch (const neiro::Error& error) {
      ++failed;
      std::printf("not ok %s: %s\n", c.name.c_str(), error.what());
    } catch (const std::exception& error) {
      ++failed;
      std::printf("not ok %s: %s\n", c.name.c_str(), error.what());
    }
    std::fflush(stdout);
  }
  return failed ? 1 : 0;
}

}  // namespace check

#define TEST(name)                                            \
  static void test_##name();                                  \
  static check::Register register_##name(#name, test_##name); \
  static void test_##name()

#define CHECK(condition)                                                    \
  do {                                                                      \
    if (!(condition)) check::fail(__FILE__, __LINE__, "CHECK " #condition); \
  } while (0)

#define CHECK_NEAR(a, b, tolerance)                                           \
  do {                                                                        \
    const double a_ = (a), b_ = (b), t_ = (tolerance);                        \
    if (!(std::fabs(a_ - b_) <= t_)) {                                        \
      std::ostringstream text_;                                               \
      text_ << #a " = " << a_ << ", " #b " = " << b_ << ", tolerance " << t_; \
      check::fail(__FILE__, __LINE__, text_.str());                           \
    }                                                                         \
  } while (0)

// The expression must throw neiro::Error with this code.
#define CHECK_ERROR(expected_code, expression)                                                     \
  do {                                                                                             \
    std::string got_ = "no error";                                                                 \
    try {                                                                                          \
      expression;                                                                                  \
    } catch (const neiro::Error& error_) {                                                         \
      got_ = error_.code;                                                                          \
    }                                                                                              \
    if (got_ != (expected_code))                                                                   \
      check::fail(__FILE__, __LINE__, "expected " + std::string(expected_code) + ", got " + got_); \
  } while (0)

#define TEST_MAIN \
  int main(int argc, char** argv) { return check::run(argc, argv); }
