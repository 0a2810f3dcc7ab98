// Where something lies in the memory of a device: an address that the host can keep, compare and
// move along, but not look behind. There is no *, no [] and no way to a bare pointer outside of
// backend/ (test/structure.test.ts holds that), so reading or writing a device's memory from the
// host does not compile: it takes an operation, an upload or a download.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace neiro {

template <class T>
class DevicePtr;

// For backend/ alone.
template <class T>
T* device_address(DevicePtr<T> pointer);
template <class T>
DevicePtr<T> device_pointer(T* address);

template <class T>
class DevicePtr {
 public:
  constexpr DevicePtr() = default;
  constexpr DevicePtr(std::nullptr_t) {}  // NOLINT: implicit, as with bare pointers
  // DevicePtr<float> to DevicePtr<const float>.
  template <class U>
    requires std::is_convertible_v<U*, T*>
  constexpr DevicePtr(DevicePtr<U> other) : address_(other.address_) {}  // NOLINT: implicit

  explicit operator bool() const { return address_ != nullptr; }
  friend bool operator==(DevicePtr a, DevicePtr b) { return a.address_ == b.address_; }

  DevicePtr operator+(int64_t elements) const { return DevicePtr(address_ + elements); }
  // The same place, seen as elements of another type.
  template <class U>
  DevicePtr<U> as() const {
    return DevicePtr<U>(reinterpret_cast<U*>(address_));
  }

 private:
  template <class U>
  friend class DevicePtr;
  friend T* device_address<T>(DevicePtr<T>);
  friend DevicePtr<T> device_pointer<T>(T*);

  explicit constexpr DevicePtr(T* address) : address_(address) {}

  T* address_ = nullptr;
};

template <class T>
T* device_address(DevicePtr<T> pointer) {
  return pointer.address_;
}
template <class T>
DevicePtr<T> device_pointer(T* address) {
  return DevicePtr<T>(address);
}

}  // namespace neiro
