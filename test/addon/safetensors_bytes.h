// A safetensors file as bytes, header and data given apart, so that tests can lie in either.
#pragma once

#include <cstdint>
#include <string>

inline std::string safetensors_bytes(const std::string& header, const std::string& data,
                                     int64_t claimed_length = -1) {
  const uint64_t length =
      claimed_length < 0 ? header.size() : static_cast<uint64_t>(claimed_length);
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(length >> (8 * i) & 0xff);
  return bytes + header + data;
}

// One F32 tensor of two elements: the smallest honest file.
inline std::string one_tensor(const std::string& name) {
  std::string header =
      "{\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
  header.append((8 - header.size() % 8) % 8, ' ');
  return safetensors_bytes(header, std::string(8, '\0'));
}
