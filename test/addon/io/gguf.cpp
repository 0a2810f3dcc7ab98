// GGUF files, sound and wrong: what a head says is told, and every way that it can lie has a named
// end; bytes turned at random end in an error or in tensors that lie inside the file.
#include <cstring>
#include <string>
#include <vector>

#include "check.h"
#include "io/gguf_file.h"
#include "io/gguf_format.h"
#include "temp_folder.h"

using namespace neiro;

namespace {

// Bytes of a head, put together piece by piece.
struct Bytes {
  std::string bytes;

  template <class T>
  Bytes& number(T value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof(value));
    return *this;
  }
  Bytes& text(const std::string& text) {
    number<uint64_t>(text.size());
    bytes += text;
    return *this;
  }
  Bytes& key(const std::string& name, gguf::ValueType type) {
    return text(name).number(static_cast<uint32_t>(type));
  }
  Bytes& tensor(const std::string& name, const std::vector<uint64_t>& sizes, uint32_t type,
                uint64_t offset) {
    text(name).number<uint32_t>(static_cast<uint32_t>(sizes.size()));
    for (const uint64_t size : sizes) number(size);
    return number(type).number(offset);
  }
  // The head filled up to the alignment, and `data` zeros behind it.
  std::string file(int64_t data) const {
    std::string whole = bytes;
    whole.resize((whole.size() + 31) / 32 * 32 + static_cast<size_t>(data));
    return whole;
  }
};

Bytes head(uint64_t tensors, uint64_t entries, uint32_t version = 3) {
  Bytes bytes;
  bytes.bytes = "GGUF";
  return bytes.number(version).number(tensors).number(entries);
}

Bytes sound() {
  Bytes bytes = head(2, 3);
  bytes.key("general.architecture", gguf::ValueType::kText).text("any");
  bytes.key("any.numbers", gguf::ValueType::kArray)
      .number(static_cast<uint32_t>(gguf::ValueType::kU32))
      .number<uint64_t>(3)
      .number<uint32_t>(1)
      .number<uint32_t>(2)
      .number<uint32_t>(3);
  bytes.key("any.epsilon", gguf::ValueType::kF32).number(0.5f);
  bytes.tensor("b.weight", {64, 2}, 2, 0);      // Q4_0: 4 blocks of 18 bytes
  return bytes.tensor("a.weight", {3}, 0, 96);  // F32
}

}  // namespace

TEST(gguf_head_tells_values_and_tensors) {
  TempFolder folder;
  const GgufFile file(folder.write("m.gguf", sound().file(108)));
  CHECK(*file.metadata().find("general.architecture")->string() == "any");
  CHECK(file.metadata().find("any.numbers")->array()->size() == 3);
  CHECK(file.metadata().find("any.epsilon")->number() == 0.5);
  CHECK(file.tensors().size() == 2 && file.tensors()[0].name == "a.weight");
  const Tensor& blocks = *file.find("b.weight");
  CHECK(blocks.type == DType::kQ4_0 && blocks.bytes == 72 && blocks.elements() == 128);
  CHECK((blocks.shape == std::vector<int64_t>{2, 64}));  // the slowest first
  CHECK(!file.find("c.weight"));
}

TEST(gguf_lies_have_their_codes) {
  TempFolder folder;
  const auto code = [&](const char* expected, const std::string& bytes) {
    CHECK_ERROR(expected, GgufFile(folder.write("m.gguf", bytes)));
  };
  const auto one = [](const std::vector<uint64_t>& sizes, uint32_t type, uint64_t offset) {
    return head(1, 0).tensor("t", sizes, type, offset);
  };
  code("BROKEN_GGUF", "GGML" + std::string(40, '\0'));
  code("GGUF_VERSION", head(0, 0, 1).file(0));
  code("GGUF_VERSION", head(0, 0, 4).file(0));
  code("GGUF_VERSION", head(0, 0, 0x03000000).file(0));  // big-endian
  code("LFS_POINTER", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n");
  code("FILE_TRUNCATED", "GGUF\3");
  code("BROKEN_GGUF", head(UINT64_MAX, 0).file(0));
  code("BROKEN_GGUF", head(0, UINT64_MAX).file(0));
  code("FILE_TRUNCATED", head(3, 0).bytes);
  code("FILE_TRUNCATED", head(0, 1).number(UINT64_MAX).file(0));  // a key of that length
  code("BROKEN_GGUF", head(0, 1).text("").file(64));
  code("BROKEN_GGUF", head(0, 1).text(std::string(2000, 'k')).file(64));
  code("BROKEN_GGUF", head(0, 1).text("k\xff").file(64));
  code("BROKEN_GGUF", head(0, 1).text("k").number<uint32_t>(13).file(64));
  code("BROKEN_GGUF", head(0, 1).key("k", gguf::ValueType::kBool).number<uint8_t>(2).file(64));
  Bytes nested = head(0, 1).key("k", gguf::ValueType::kArray);
  code("BROKEN_GGUF", nested.number<uint32_t>(9).number<uint64_t>(1).file(64));
  Bytes endless = head(0, 1).key("k", gguf::ValueType::kArray);
  code("BROKEN_GGUF", endless.number<uint32_t>(10).number(UINT64_MAX).file(64));
  Bytes texts = head(0, 1).key("k", gguf::ValueType::kArray);
  code("FILE_TRUNCATED", texts.number<uint32_t>(8).number(UINT64_MAX).file(64));
  Bytes twice = head(0, 2).key("k", gguf::ValueType::kU8).number<uint8_t>(1);
  code("BROKEN_GGUF", twice.key("k", gguf::ValueType::kU8).number<uint8_t>(1).file(64));
  Bytes alignment = head(0, 1).key("general.alignment", gguf::ValueType::kU32);
  code("BROKEN_GGUF", alignment.number<uint32_t>(0).file(64));
  code("GGUF_TYPE", one({256}, 16, 0).file(512));  // IQ2_XXS
  code("GGUF_TYPE", one({256}, 4, 0).file(512));   // a number that is no more used
  code("BAD_SHAPE", one({33}, 2, 0).file(512));    // a row of no whole blocks
  code("BAD_SHAPE", one({UINT64_MAX}, 0, 0).file(512));
  code("BAD_SHAPE", one({uint64_t{1} << 32, uint64_t{1} << 32}, 0, 0).file(512));
  code("BROKEN_GGUF", one({1, 1, 1, 1, 1}, 0, 0).file(512));
  code("FILE_TRUNCATED", one({256}, 0, 0).file(512));
  code("FILE_TRUNCATED", one({4}, 0, 4096).file(512));
  code("BAD_OFFSETS", one({4}, 0, 8).file(512));  // not aligned
  code("FILE_TRUNCATED", one({4}, 0, UINT64_MAX - 31).file(512));
  code("BAD_OFFSETS", head(2, 0).tensor("a", {16}, 0, 0).tensor("b", {16}, 0, 32).file(512));
  code("DUPLICATE_TENSOR", head(2, 0).tensor("a", {4}, 0, 0).tensor("a", {4}, 0, 32).file(512));
}

TEST(gguf_cut_or_turned_anywhere_ends_in_an_error_or_inside_the_file) {
  TempFolder folder;
  const std::string whole = sound().file(108);
  for (size_t length = 0; length < whole.size(); ++length) {
    CHECK_ERROR(length == 0  ? "FILE_EMPTY"
                : length < 4 ? "BROKEN_GGUF"
                             : "FILE_TRUNCATED",
                GgufFile(folder.write("m.gguf", whole.substr(0, length))));
  }
  uint64_t state = 7;
  const auto draw = [&](uint64_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % n;
  };
  for (int turn = 0; turn < 3000; ++turn) {
    std::string bytes = whole;
    for (uint64_t i = 0; i <= draw(3); ++i)
      bytes[draw(bytes.size())] = static_cast<char>(draw(256));
    try {
      const GgufFile file(folder.write("m.gguf", bytes));
      for (const Tensor& tensor : file.tensors()) {
        const int64_t at = tensor.data - tensor.file->data();
        CHECK(at >= 0 && at + tensor.bytes <= tensor.file->size());
      }
    } catch (const Error&) {
    }
  }
}
