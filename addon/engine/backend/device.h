// Where operations run and where their numbers lie. Nothing outside of backend/ knows which device
// it is: memory is DevicePtr, work is the table of operations, and what the host must see or give
// crosses by download and upload. Opened in one place (open_device.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

#include "backend/device_ptr.h"
#include "backend/operations.h"

namespace neiro {

class Device {
 public:
  virtual ~Device() = default;
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  // "scalar", "avx2", "avx512", "neon"; what the machine line shows.
  virtual const char* name() const = 0;
  // What the bits of its results hang on: instructions, or the generation of a GPU, and in which
  // numbers it multiplies. The same for the same bits.
  virtual std::string arithmetic() const { return name(); }
  const Operations& ops() const { return *ops_; }
  // The same device and memory, with products that round no factor (compute.h): for the few that
  // must not, which are too small to be faster otherwise.
  virtual const Device& exact() const = 0;

  // True where host and device read the same memory: one pool is planned for both, and copies are
  // only copies.
  virtual bool shares_host_memory() const = 0;
  // Zeroed and 64-byte aligned. Throws Error OUT_OF_MEMORY {needed, available}. Called while
  // opening and exporting, never inside a step.
  virtual DevicePtr<std::byte> allocate(int64_t bytes) = 0;
  virtual void release(DevicePtr<std::byte> memory) noexcept = 0;
  // Mapped memory of the host as memory of the device, where it can read it in place; else null,
  // and the bytes must be uploaded. Whoever gets it never writes to it.
  virtual DevicePtr<std::byte> adopt(const void* mapped) const = 0;

  // Scratch of the operations for so many threads of the host, micro-batches and heads of up to
  // these sizes: planned like all memory, then lent to the device.
  virtual int64_t scratch_bytes(int threads, int64_t max_tokens, int max_head_dim) const = 0;
  virtual void use_scratch(DevicePtr<std::byte> scratch) = 0;

  // What `from` holds is taken before this returns; the copy is in order with the operations.
  template <class T>
  void upload(DevicePtr<T> to, const std::type_identity_t<T>* from, int64_t count) const {
    upload_bytes(to.template as<std::byte>(), from, bytes_of<T>(count));
  }
  // Waits for everything that was begun before: the host's one look at results.
  template <class T>
  void download(T* to, DevicePtr<const std::type_identity_t<T>> from, int64_t count) const {
    download_bytes(to, from.template as<const std::byte>(), bytes_of<T>(count));
  }
  // Between places of the device that do not overlap.
  template <class T>
  void copy(DevicePtr<T> to, DevicePtr<const std::type_identity_t<T>> from, int64_t count) const {
    copy_bytes(to.template as<std::byte>(), from.template as<const std::byte>(),
               bytes_of<T>(count));
  }
  template <class T>
  void zero(DevicePtr<T> to, int64_t count) const {
    zero_bytes(to.template as<std::byte>(), bytes_of<T>(count));
  }
  // Returns when everything that was begun is done.
  virtual void synchronise() const = 0;

 protected:
  explicit Device(const Operations& ops) : ops_(&ops) {}

  virtual void upload_bytes(DevicePtr<std::byte> to, const void* from, int64_t bytes) const = 0;
  virtual void download_bytes(void* to, DevicePtr<const std::byte> from, int64_t bytes) const = 0;
  virtual void copy_bytes(DevicePtr<std::byte> to, DevicePtr<const std::byte> from,
                          int64_t bytes) const = 0;
  virtual void zero_bytes(DevicePtr<std::byte> to, int64_t bytes) const = 0;

 private:
  template <class T>
  static int64_t bytes_of(int64_t count) {
    return count * static_cast<int64_t>(sizeof(T));
  }

  const Operations* ops_;
};

}  // namespace neiro
