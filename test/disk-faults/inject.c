// Loaded before libc's own calls (LD_PRELOAD): lets one call that changes the disk fail, or the power go at it.
// Counted are calls on files under NEIRO_FAULT_UNDER, in all processes together, in the file NEIRO_FAULT_COUNTER
// (8 bytes, shared). At number NEIRO_FAULT_AT happens NEIRO_FAULT_KIND: ENOSPC (from then on, as a full disk is), EIO,
// EPERM, EBUSY (once), or cut: a write is done by half, then all processes of the group are gone at once.
// NEIRO_FAULT_LOG is a file of lines that says what was written (w), synced (s) and renamed (r), so that whoever looks
// afterwards can take away what a disk that lost its power never held.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char under[PATH_MAX];
static size_t under_length;
static _Atomic long* counter;
static long at;
static const char* kind = "";
static int log_fd = -1;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void* real(const char* name) { return dlsym(RTLD_NEXT, name); }

static void begin(void) {
  const char* folder = getenv("NEIRO_FAULT_UNDER");
  const char* file = getenv("NEIRO_FAULT_COUNTER");
  const char* number = getenv("NEIRO_FAULT_AT");
  if (!folder || !file || !number || !realpath(folder, under)) return;
  int (*open_)(const char*, int, ...) = real("open");
  const int fd = open_(file, O_RDWR);
  if (fd < 0) return;
  void* shared = mmap(NULL, sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (shared == MAP_FAILED) return;
  at = atol(number);
  const char* log = getenv("NEIRO_FAULT_LOG");
  if (log) log_fd = open_(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (getenv("NEIRO_FAULT_KIND")) kind = getenv("NEIRO_FAULT_KIND");
  under_length = strlen(under);
  counter = shared;
}

static int is_under(const char* path) {
  pthread_once(&once, begin);
  if (!counter || !path) return 0;
  return strncmp(path, under, under_length) == 0 && (path[under_length] == '/' || !path[under_length]);
}

static int is_under_fd(int fd) {
  pthread_once(&once, begin);
  if (!counter) return 0;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return is_under(path);
}

static void note(char what, const char* path, const char* to) {
  if (log_fd < 0) return;
  char line[2 * PATH_MAX + 8];
  const int length = snprintf(line, sizeof line, "%c\t%s\t%s\n", what, path, to);
  if (length > 0) (void)!syscall(SYS_write, log_fd, line, (size_t)length);
}

static void note_fd(char what, int fd) {
  char link[64], path[PATH_MAX], size[32];
  struct stat info;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0 || fstat(fd, &info) || !S_ISREG(info.st_mode)) return;
  path[length] = 0;
  snprintf(size, sizeof size, "%lld", (long long)info.st_size);
  note(what, path, size);
}

static int cuts(void) { return strcmp(kind, "cut") == 0; }

static void cut(void) {
  kill(0, SIGKILL);
  _exit(137);
}

/** 0: go on; an errno to fail with; -1: the power goes at this call. */
static int fault(int takes_room) {
  const long number = atomic_fetch_add(counter, 1) + 1;
  if (at == 0 || number < at) return 0;
  if (strcmp(kind, "ENOSPC") == 0) return takes_room ? ENOSPC : 0;
  if (number > at) return 0;
  if (cuts()) return -1;
  if (strcmp(kind, "EIO") == 0) return EIO;
  if (strcmp(kind, "EPERM") == 0) return EPERM;
  if (strcmp(kind, "EBUSY") == 0) return EBUSY;
  return 0;
}

// What fails or goes dark before it was done; a write goes by half first.
#define BEFORE(is_ours, takes_room)       \
  if (is_ours) {                          \
    const int wrong = fault(takes_room);  \
    if (wrong < 0) cut();                 \
    if (wrong > 0) {                      \
      errno = wrong;                      \
      return -1;                          \
    }                                     \
  }

#define WRITE(is_ours, half)             \
  if (is_ours) {                         \
    const int wrong = fault(1);          \
    note_fd('w', fd);                    \
    if (wrong < 0) {                     \
      half;                              \
      cut();                             \
    }                                    \
    if (wrong > 0) {                     \
      errno = wrong;                     \
      return -1;                         \
    }                                    \
  }

static int changes(int flags) { return (flags & (O_CREAT | O_TRUNC)) != 0; }

#define OPEN(name)                                                 \
  int name(const char* path, int flags, ...) {                     \
    static int (*next)(const char*, int, ...);                     \
    if (!next) next = real(#name);                                 \
    va_list rest;                                                  \
    va_start(rest, flags);                                         \
    const mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                  \
    BEFORE(changes(flags) && is_under(path), 1)                    \
    return next(path, flags, mode);                                \
  }
OPEN(open)
OPEN(open64)

#define WRITE_CALL(name)                                        \
  ssize_t name(int fd, const void* data, size_t bytes) {        \
    static ssize_t (*next)(int, const void*, size_t);           \
    if (!next) next = real(#name);                              \
    WRITE(is_under_fd(fd), (void)!next(fd, data, bytes / 2))    \
    return next(fd, data, bytes);                               \
  }
WRITE_CALL(write)

#define PWRITE(name, offset_type)                                                 \
  ssize_t name(int fd, const void* data, size_t bytes, offset_type offset) {      \
    static ssize_t (*next)(int, const void*, size_t, offset_type);                \
    if (!next) next = real(#name);                                                \
    WRITE(is_under_fd(fd), (void)!next(fd, data, bytes / 2, offset))              \
    return next(fd, data, bytes, offset);                                         \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int fd, const struct iovec* parts, int count) {
  static ssize_t (*next)(int, const struct iovec*, int);
  if (!next) next = real("writev");
  WRITE(is_under_fd(fd), (void)!next(fd, parts, count / 2))
  return next(fd, parts, count);
}
#define PWRITEV(name, offset_type)                                                     \
  ssize_t name(int fd, const struct iovec* parts, int count, offset_type offset) {     \
    static ssize_t (*next)(int, const struct iovec*, int, offset_type);                \
    if (!next) next = real(#name);                                                     \
    WRITE(is_under_fd(fd), (void)!next(fd, parts, count / 2, offset))                  \
    return next(fd, parts, count, offset);                                             \
  }
PWRITEV(pwritev, off_t)
PWRITEV(pwritev64, off64_t)

#define ON_TWO_PATHS(name)                                        \
  int name(const char* from, const char* to) {                    \
    static int (*next)(const char*, const char*);                 \
    if (!next) next = real(#name);                                \
    const int ours = is_under(to) || is_under(from);              \
    BEFORE(ours, 1)                                               \
    const int said = next(from, to);                              \
    if (ours && said == 0) note('r', from, to);                   \
    return said;                                                  \
  }
ON_TWO_PATHS(rename)
ON_TWO_PATHS(link)

#define ON_PATH(name)                       \
  int name(const char* path) {              \
    static int (*next)(const char*);        \
    if (!next) next = real(#name);          \
    BEFORE(is_under(path), 0)               \
    return next(path);                      \
  }
ON_PATH(unlink)
ON_PATH(rmdir)

int mkdir(const char* path, mode_t mode) {
  static int (*next)(const char*, mode_t);
  if (!next) next = real("mkdir");
  BEFORE(is_under(path), 1)
  return next(path, mode);
}

#define ON_FD(name)                     \
  int name(int fd) {                    \
    static int (*next)(int);            \
    if (!next) next = real(#name);      \
    const int ours = is_under_fd(fd);   \
    BEFORE(ours, 0)                     \
    const int said = next(fd);          \
    if (ours && said == 0) note_fd('s', fd); \
    return said;                        \
  }
ON_FD(fsync)
ON_FD(fdatasync)

#define TRUNCATE(name, offset_type)                  \
  int name(int fd, offset_type length) {             \
    static int (*next)(int, offset_type);            \
    if (!next) next = real(#name);                   \
    BEFORE(is_under_fd(fd), 1)                       \
    return next(fd, length);                         \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)
