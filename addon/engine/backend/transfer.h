// Long arrays between host and device, a piece of host memory at a time. For opening, saving and
// exporting: it allocates, so not for steps.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "backend/device.h"

namespace neiro {

inline constexpr int64_t kTransferPiece = int64_t{1} << 20;  // elements

// to[n]: fill(piece, first, count) makes elements [first, first + count).
template <class T, class Fill>
void upload_pieces(const Device& device, DevicePtr<T> to, int64_t n, Fill fill) {
  std::vector<T> piece(static_cast<size_t>(std::min(n, kTransferPiece)));
  for (int64_t first = 0; first < n; first += kTransferPiece) {
    const int64_t count = std::min(kTransferPiece, n - first);
    fill(piece.data(), first, count);
    device.upload(to + first, piece.data(), count);
  }
}

// from[n]: use(piece, count) sees all elements in order.
template <class T, class Use>
void download_pieces(const Device& device, DevicePtr<T> from, int64_t n, Use use) {
  std::vector<std::remove_const_t<T>> piece(static_cast<size_t>(std::min(n, kTransferPiece)));
  for (int64_t first = 0; first < n; first += kTransferPiece) {
    const int64_t count = std::min(kTransferPiece, n - first);
    device.download(piece.data(), from + first, count);
    use(piece.data(), count);
  }
}

// All of from[n], where it is small enough to be held.
template <class T>
std::vector<std::remove_const_t<T>> downloaded(const Device& device, DevicePtr<T> from, int64_t n) {
  std::vector<std::remove_const_t<T>> values(static_cast<size_t>(n));
  device.download(values.data(), from, n);
  return values;
}

}  // namespace neiro
