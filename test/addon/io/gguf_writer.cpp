// GGUF files byte by byte, and what is refused.
#include "io/gguf_writer.h"

#include <cstring>
#include <string>

#include "check.h"
#include "temp_folder.h"

using namespace neiro;

namespace {

std::string code_of(const std::string& path, const std::vector<GgufEntry>& entries,
                    const std::vector<TensorSpec>& tensors, int64_t bytes) {
  try {
    GgufWriter writer(path, entries, tensors);
    const std::string data(static_cast<size_t>(bytes), 'x');
    writer.write(data.data(), bytes);
    writer.commit();
  } catch (const Error& error) {
    return error.code;
  }
  return "";
}

}  // namespace

TEST(gguf_writer_lays_header_and_data_out_as_the_format_says) {
  const TempFolder folder;
  const std::vector<GgufEntry> entries = {{"a", uint32_t{7}},
                                          {"b", std::string("音")},
                                          {"c", true},
                                          {"d", std::vector<std::string>{"x", ""}},
                                          {"e", std::vector<float>{0.5f}}};
  const std::vector<TensorSpec> tensors = {{"one", DType::kF32, {3}},
                                           {"two", DType::kQ8_0, {2, 32}}};
  GgufWriter writer(folder.path("model.gguf"), entries, tensors);
  const float one[] = {1, 2, 3};
  writer.write(one, 4);
  writer.write(one + 1, 8);
  const std::string two(68, 'q');
  writer.write(two.data(), 68);
  writer.commit();

  std::string expected = "GGUF";
  const auto number = [&](auto value) {
    expected.append(reinterpret_cast<const char*>(&value), sizeof(value));
  };
  const auto text = [&](const std::string& value) {
    number(uint64_t{value.size()});
    expected += value;
  };
  number(uint32_t{3});
  number(uint64_t{2});
  number(uint64_t{5});
  text("a");
  number(uint32_t{4});
  number(uint32_t{7});
  text("b");
  number(uint32_t{8});
  text("音");
  text("c");
  number(uint32_t{7});
  number(uint8_t{1});
  text("d");
  number(uint32_t{9});
  number(uint32_t{8});
  number(uint64_t{2});
  text("x");
  text("");
  text("e");
  number(uint32_t{9});
  number(uint32_t{6});
  number(uint64_t{1});
  number(0.5f);
  text("one");
  number(uint32_t{1});
  number(uint64_t{3});
  number(uint32_t{0});
  number(uint64_t{0});
  text("two");
  number(uint32_t{2});
  number(uint64_t{32});  // the fastest first
  number(uint64_t{2});
  number(uint32_t{8});
  number(uint64_t{32});
  expected.resize((expected.size() + 31) / 32 * 32);
  expected.append(reinterpret_cast<const char*>(one), sizeof(one));
  expected.resize((expected.size() + 31) / 32 * 32);
  expected += two;
  expected.resize((expected.size() + 31) / 32 * 32);
  CHECK(folder.read("model.gguf") == expected);
}

TEST(gguf_writer_refuses_what_no_reader_would_take) {
  const TempFolder folder;
  const std::string path = folder.path("model.gguf");
  CHECK(code_of(path, {}, {{"a", DType::kF32, {4}}}, 16) == "");
  CHECK(code_of(path, {}, {{"a", DType::kF32, {4}}}, 12) == "INTERNAL");       // less
  CHECK(code_of(path, {}, {{"a", DType::kF32, {4}}}, 20) == "INTERNAL");       // more
  CHECK(code_of(path, {}, {{"a", DType::kQ4_0, {2, 16}}}, 18) == "INTERNAL");  // half a block
  CHECK(code_of(path, {}, {{"a", DType::kF32, {4}}, {"a", DType::kF32, {4}}}, 16) == "INTERNAL");
  CHECK(code_of(path, {{"k", true}, {"k", false}}, {{"a", DType::kF32, {4}}}, 16) == "INTERNAL");
  CHECK(code_of(path, {}, {{"a", DType::kNF4, {64}}}, 16) == "INTERNAL");
}
