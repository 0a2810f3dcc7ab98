// Safetensors files that are wrong: every way that a header can lie has a named end.
#include <string>
#include <vector>

#include "check.h"
#include "core/random.h"
#include "golden.h"
#include "io/safetensors.h"
#include "safetensors_bytes.h"
#include "temp_folder.h"

using namespace neiro;

namespace {

// Header, bytes of data after it, code that reading must end with.
struct BadHeader {
  const char* code;
  const char* header;
  int data;
};

TEST(every_lie_of_a_header_has_its_code) {
  const BadHeader kCases[] = {
      {"BROKEN_HEADER", "[]", 0},
      {"BROKEN_HEADER", " {}", 0},
      {"BROKEN_HEADER", "", 0},
      {"BROKEN_HEADER", "{}", 4},  // bytes that belong to no tensor
      {"BROKEN_HEADER", "{", 0},
      {"BROKEN_HEADER", "{}x", 0},
      {"BROKEN_HEADER", "{\"w\":1}", 0},
      {"BROKEN_HEADER", "{\"w\":{}}", 0},
      {"BROKEN_HEADER", "{\"w\":{\"dtype\":\"U8\",\"shape\":[1]}}", 1},
      {"BROKEN_HEADER", "{\"w\":{\"dtype\":\"U8\",\"data_offsets\":[0,1]}}", 1},
      {"BROKEN_HEADER", "{\"w\":{\"shape\":[1],\"data_offsets\":[0,1]}}", 1},
      {"BROKEN_HEADER", "{\"w\":{\"dtype\":7,\"shape\":[1],\"data_offsets\":[0,1]}}", 1},
      {"BROKEN_HEADER", "{\"w\":{\"dtype\":\"U8\",\"shape\":1,\"data_offsets\":[0,1]}}", 1},
      {"BROKEN_HEADER", "{\"w\":{\"dtype\":\"U8\",\"shape\":[1.0],\"data_offsets\":[0,1]}}", 1},
      {"BROKEN_HEADER", "{\"w\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0]}}", 1},
      {"BROKEN_HEADER", "{\"w\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1,2]}}", 1},
      {"BROKEN_HEADER",
       "{\"w\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,18446744073709551615]}}", 1},
      {"BROKEN_HEADER",
       "{\"w\":{\"dtype\":\"U8\",\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1},
      {"BROKEN_HEADER", "{\"__metadata__\":{\"a\":1}}", 0},
      {"BROKEN_HEADER", "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0},
      {"BROKEN_HEADER", "{\"__metadata__\":{},\"__metadata__\":{}}", 0},
      {"BROKEN_HEADER",
       "{\"w\":{\"dtype\":\"U8\",\"shape\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"
       "\"data_offsets\":[0,1]}}",
       1},
      {"BROKEN_HEADER", "{\"w\xff\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1},
      {"UNKNOWN_DTYPE", "{\"w\":{\"dtype\":\"F4\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1},
      {"UNKNOWN_DTYPE", "{\"w\":{\"dtype\":\"\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1},
      {"BAD_SHAPE", "{\"w\":{\"dtype\":\"U8\",\"shape\":[-1],\"data_offsets\":[0,1]}}", 1},
      {"BAD_SHAPE",
       "{\"w\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}}", 4},
      {"BAD_SHAPE",
       "{\"w\":{\"dtype\":\"F32\",\"shape\":[4611686018427387905],\"data_offsets\":[0,4]}}", 4},
      {"TENSOR_SIZE_MISMATCH", "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
       4},
      {"TENSOR_SIZE_MISMATCH", "{\"w\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,4]}}",
       4},
      {"BAD_OFFSETS", "{\"w\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}", 2},
      {"BAD_OFFSETS", "{\"w\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,0]}}", 2},
      {"BAD_OFFSETS", "{\"w\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[-1,0]}}", 2},
      {"BAD_OFFSETS",
       "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
       "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}",
       3},
      {"BAD_OFFSETS",
       "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
       "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}",
       2},
      {"BAD_OFFSETS",
       "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
       "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[2,3]}}",
       3},
      {"DUPLICATE_TENSOR",
       "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
       "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}",
       2},
      {"FILE_TRUNCATED", "{\"w\":{\"dtype\":\"U8\",\"shape\":[9],\"data_offsets\":[0,9]}}", 8},
      {"FILE_TRUNCATED",
       "{\"w\":{\"dtype\":\"U8\",\"shape\":[9007199254740992],"
       "\"data_offsets\":[0,9007199254740992]}}",
       8},
      {"BROKEN_HEADER",
       "{\"w\":{\"dtype\":\"U8\",\"shape\":[9223372036854775807],"
       "\"data_offsets\":[0,9223372036854775807]}}",
       8}};
  const TempFolder folder;
  for (const BadHeader& bad : kCases) {
    const std::string bytes = safetensors_bytes(bad.header, std::string(bad.data, '\0'));
    const std::string path = folder.write("bad", bytes);
    try {
      const SafetensorsFile file(path);
      check::fail(__FILE__, __LINE__, std::string("accepted: ") + bad.header);
    } catch (const Error& error) {
      if (error.code != bad.code) {
        check::fail(__FILE__, __LINE__, error.code + " for " + bad.header);
      }
      CHECK(error.details.at("file") == path);
    }
  }
}

TEST(a_tensor_off_its_alignment_is_read) {
  // 59 bytes of header after 8 of length: the data begins at an odd place.
  const std::string header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
  CHECK((header.size() + 8) % 4 != 0);
  const TempFolder folder;
  const SafetensorsFile file(folder.write("odd", safetensors_bytes(header, "\x01\x02\x03\x04")));
  const Tensor& tensor = file.tensor("w");
  CHECK(!tensor.aligned());
  CHECK(tensor.at<uint32_t>(0) == 0x04030201u);
  check_finite(tensor);
}

TEST(files_that_end_early_or_claim_too_much) {
  const TempFolder folder;
  const auto open = [&](const std::string& bytes) { SafetensorsFile(folder.write("bad", bytes)); };
  CHECK_ERROR("FILE_EMPTY", open(""));
  CHECK_ERROR("FILE_TRUNCATED", open("1234567"));
  CHECK_ERROR("FILE_TRUNCATED", open(safetensors_bytes("{}", "", 3)));
  CHECK_ERROR("FILE_TRUNCATED", open(safetensors_bytes("{}", "", 100000000)));
  CHECK_ERROR("BROKEN_HEADER", open(safetensors_bytes("{}", "", 100000001)));
  CHECK_ERROR("BROKEN_HEADER", open(safetensors_bytes("{}", "", INT64_MAX)));
  CHECK_ERROR("BROKEN_HEADER", open(std::string(64, '\xff')));
  CHECK_ERROR("BROKEN_HEADER", open("<!DOCTYPE html><html><body>not found</body></html>"));
  CHECK_ERROR("BROKEN_HEADER", open("PK\x03\x04 a zip or a pickle, with a safetensors name"));
  CHECK_ERROR("FILE_MISSING", SafetensorsFile(folder.path("none")));
}

TEST(a_git_lfs_pointer_is_named_as_one) {
  const TempFolder folder;
  CHECK_ERROR("LFS_POINTER",
              SafetensorsFile(folder.write("m",
                                           "version https://git-lfs.example/spec/v1\n"
                                           "oid sha256:0123\nsize 144811456\n")));
}

TEST(a_real_file_cut_anywhere_is_refused) {
  const SafetensorsFile whole(golden("formats/bf16/model.safetensors"));
  const std::string bytes(reinterpret_cast<const char*>(whole.tensors()[0].file->data()),
                          whole.tensors()[0].file->size());
  const TempFolder folder;
  for (uint64_t i = 0; i < 60; ++i) {
    const size_t size = i < 20 ? i : philox({8, 8}, i)[0] % bytes.size();
    const std::string path = folder.write("cut", bytes.substr(0, size));
    CHECK_ERROR(size == 0 ? "FILE_EMPTY" : "FILE_TRUNCATED", SafetensorsFile{path});
  }
}

// A file that is still accepted must be safe to read in every byte that it offers.
TEST(damaged_files_never_crash) {
  const TempFolder folder;
  const SafetensorsFile honest(golden("llama-lora/adapter_init/adapter_model.safetensors"));
  const MappedFile& map = *honest.tensors()[0].file;
  const std::string bytes(map.text());
  size_t header = 0;
  for (int i = 7; i >= 0; --i) header = header << 8 | map.data()[i];
  int refused = 0, accepted = 0;
  unsigned sum = 0;
  for (uint64_t i = 0; i < 3000; ++i) {
    std::string damaged = bytes;
    for (int flips = 1 + static_cast<int>(i % 3); flips > 0; --flips) {
      const auto bits = philox({21, static_cast<uint64_t>(flips)}, i);
      const size_t at = bits[0] % (8 + header);
      // Half of the time another character that means something in a header.
      damaged[at] =
          bits[1] % 2 ? "0123456789-[]{},:\"abFU"[bits[2] % 22] : static_cast<char>(bits[2]);
    }
    const std::string path = folder.write("damaged", damaged);
    try {
      const SafetensorsFile file(path);
      ++accepted;
      for (const Tensor& tensor : file.tensors()) {
        CHECK(shape_elements(tensor.shape) == tensor.elements());
        for (int64_t b = 0; b < tensor.bytes; ++b) sum += tensor.data[b];
      }
    } catch (const Error& error) {
      ++refused;
      CHECK(error.details.count("file") == 1);
    }
  }
  CHECK(refused > 1000 && accepted > 10 && sum != 1);
}

}  // namespace
