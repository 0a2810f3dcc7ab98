// Safetensors files that are right: what PyTorch wrote can be read, what we wrote comes back.
#include "io/safetensors.h"

#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "check.h"
#include "core/random.h"
#include "golden.h"
#include "safetensors_bytes.h"
#include "temp_folder.h"

using namespace neiro;

namespace {

TEST(every_golden_file_is_read) {
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(golden(""))) {
    if (entry.path().extension() != ".safetensors") continue;
    const SafetensorsFile file(entry.path().string());
    ++files;
    for (const Tensor& tensor : file.tensors()) {
      CHECK(file.find(tensor.name) == &tensor);
      CHECK(shape_elements(tensor.shape) == tensor.elements());
      CHECK(reinterpret_cast<uintptr_t>(tensor.data) % element_bytes(tensor.type) == 0);
      CHECK(tensor.file->path() == file.path());
    }
  }
  CHECK(files > 20);
}

TEST(known_values_of_a_golden_file) {
  const SafetensorsFile file(golden("quantisation/bitsandbytes.safetensors"));
  const Tensor& code = file.tensor("normal.nf4.dq.code2");
  CHECK(code.type == DType::kF32 && code.shape == std::vector<int64_t>{256});
  CHECK(code.as<float>()[255] == 1.0f);
  CHECK(!file.find("normal.nf4.dq.code") && !file.find("") && !file.find("zzz"));
  CHECK_ERROR("TENSOR_MISSING", file.tensor("no.such.tensor"));
}

struct Made {
  std::vector<TensorSpec> specs;
  std::vector<std::string> bytes;
};

// Random tensors of all types, wide types first, some of them empty or scalar.
Made make_tensors(uint64_t seed) {
  uint64_t at = 0;
  const auto draw = [&](uint32_t limit) { return philox({seed, 5}, at++)[0] % limit; };
  Made made;
  for (int64_t width : {8, 4, 2, 1}) {
    for (int type = 0; type <= static_cast<int>(DType::kU64); ++type) {
      const DType t = static_cast<DType>(type);
      if (element_bytes(t) != width || draw(3) == 0) continue;
      std::vector<int64_t> shape(draw(4));
      for (int64_t& dimension : shape) dimension = draw(6);
      const int64_t bytes = *shape_elements(shape) * width;
      std::string name = std::to_string(draw(1000000)) + " \"音\\" + std::to_string(type);
      made.specs.push_back({std::move(name), t, shape});
      made.bytes.emplace_back();
      for (int64_t i = 0; i < bytes; ++i) made.bytes.back() += static_cast<char>(draw(256));
    }
  }
  return made;
}

void write_made(const std::string& path, const Made& made, const TensorMetadata& metadata) {
  SafetensorsWriter writer(path, made.specs, metadata);
  std::string all;
  for (const std::string& bytes : made.bytes) all += bytes;
  for (size_t begin = 0; begin < all.size(); begin += 37) {  // pieces that know no tensor
    writer.write(all.data() + begin,
                 static_cast<int64_t>(std::min<size_t>(37, all.size() - begin)));
  }
  writer.commit();
}

TEST(what_is_written_comes_back) {
  const TempFolder folder;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const Made made = make_tensors(seed);
    const TensorMetadata metadata = {{"format", "pt"}, {"note", "a \"b\"\n音"}};
    write_made(folder.path("m.safetensors"), made, metadata);
    const SafetensorsFile file(folder.path("m.safetensors"));
    CHECK(file.metadata() == metadata);
    CHECK(file.tensors().size() == made.specs.size());
    for (size_t i = 0; i < made.specs.size(); ++i) {
      const Tensor& tensor = file.tensor(made.specs[i].name);
      CHECK(tensor.type == made.specs[i].type && tensor.shape == made.specs[i].shape);
      CHECK(std::string(tensor.as<char>(), tensor.bytes) == made.bytes[i]);
    }
  }
}

TEST(a_file_without_metadata_or_tensors_is_a_file) {
  const TempFolder folder;
  SafetensorsWriter(folder.path("a"), {}, {}).commit();
  const SafetensorsFile file(folder.path("a"));
  CHECK(file.tensors().empty() && file.metadata().empty());
}

TEST(data_begins_aligned_whatever_the_names) {
  const TempFolder folder;
  for (int length = 1; length <= 9; ++length) {
    SafetensorsWriter writer(folder.path("a"), {{std::string(length, 'n'), DType::kF64, {1}}});
    const double value = 2.5;
    writer.write(&value, sizeof(value));
    writer.commit();
    CHECK(*SafetensorsFile(folder.path("a")).tensors()[0].as<double>() == 2.5);
  }
}

TEST(a_writer_holds_its_caller_to_the_announcement) {
  const TempFolder folder;
  const std::string path = folder.path("a");
  const std::vector<TensorSpec> two_floats = {{"w", DType::kF32, {2}}};
  CHECK_ERROR("INTERNAL", SafetensorsWriter(path, two_floats).commit());
  CHECK_ERROR("INTERNAL", SafetensorsWriter(path, two_floats).write("123456789", 9));
  CHECK_ERROR("INTERNAL", SafetensorsWriter(path, {{"w", DType::kF32, {-1}}}));
  CHECK_ERROR("INTERNAL", SafetensorsWriter(path, {{"w", DType::kF32, {INT64_MAX}}}));
  CHECK_ERROR("INTERNAL",
              SafetensorsWriter(path, {{"w", DType::kU8, {1}}, {"w", DType::kU8, {1}}}));
  CHECK_ERROR("INTERNAL",
              SafetensorsWriter(path, {{"a", DType::kU8, {1}}, {"b", DType::kF32, {1}}}));
  CHECK(folder.count() == 0);
}

// A header of this size from a stranger may cost time in proportion, not in its square.
TEST(a_hundred_thousand_tensors_are_read) {
  const TempFolder folder;
  const int count = 100000;
  std::vector<TensorSpec> specs;
  for (int i = 0; i < count; ++i) {
    specs.push_back({"model.layers." + std::to_string(i) + ".weight", DType::kU8, {1}});
  }
  SafetensorsWriter writer(folder.path("a"), specs);
  writer.write(std::string(count, 'x').data(), count);
  writer.commit();
  const SafetensorsFile file(folder.path("a"));
  CHECK(file.tensors().size() == static_cast<size_t>(count));
  for (const TensorSpec& spec : specs) CHECK(*file.tensor(spec.name).data == 'x');
}

TEST(unknown_keys_of_a_tensor_are_passed_over) {
  const TempFolder folder;
  const std::string header =
      "{\"w\":{\"extra\":[{\"a\":1}],\"shape\":[],\"data_offsets\":[0,1],\"dtype\":\"U8\"}}   ";
  const SafetensorsFile file(folder.write("a", safetensors_bytes(header, "x")));
  CHECK(file.tensor("w").elements() == 1 && file.tensor("w").shape.empty());
}

}  // namespace
