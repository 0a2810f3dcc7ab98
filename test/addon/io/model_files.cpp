// Model folders: both honest forms, and every way in which a folder is not one.
#include "io/model_files.h"

#include <filesystem>
#include <set>
#include <string>

#include "check.h"
#include "golden.h"
#include "safetensors_bytes.h"
#include "temp_folder.h"

using namespace neiro;

namespace {

std::string index_of(const std::string& weight_map) {
  return "{\"metadata\": {\"total_size\": 16}, \"weight_map\": " + weight_map + "}";
}

// A folder with two shards of one tensor each.
struct Sharded {
  TempFolder folder;
  Sharded() {
    folder.write("config.json", "{\"model_type\": \"llama\"}");
    folder.write("s1.safetensors", one_tensor("a"));
    folder.write("s2.safetensors", one_tensor("b"));
    index("{\"a\": \"s1.safetensors\", \"b\": \"s2.safetensors\"}");
  }
  void index(const std::string& weight_map) const { text(index_of(weight_map)); }
  void text(const std::string& text) const { folder.write("model.safetensors.index.json", text); }
};

// The same model as F32 in shards and as BF16 in one file.
TEST(one_file_and_shards_give_the_same_table) {
  const ModelFiles shards(golden("formats/f32-sharded"));
  const ModelFiles single(golden("formats/bf16"));
  CHECK(shards.tensors().size() > 10);
  CHECK(shards.tensors().size() == single.tensors().size());
  std::set<std::string> files;
  for (const Tensor& narrow : single.tensors()) {
    const Tensor& wide = shards.tensor(narrow.name);
    files.insert(wide.file->path());
    CHECK(wide.shape == narrow.shape);
    CHECK(wide.type == DType::kF32 && narrow.type == DType::kBF16);
    for (int64_t i = 0; i < wide.elements(); ++i) {
      // BF16 is the upper half of F32, rounded: one apart at most.
      const int difference =
          static_cast<int>(wide.as<uint32_t>()[i] >> 16) - narrow.as<uint16_t>()[i];
      CHECK(difference == 0 || difference == -1);
    }
  }
  CHECK(files.size() == 11);
  CHECK(single.config().find("model_type")->string());
  CHECK(!single.find("none"));
  CHECK_ERROR("TENSOR_MISSING", single.tensor("none"));
}

TEST(every_golden_model_is_read) {
  int models = 0;
  for (const auto& entry : std::filesystem::directory_iterator(golden("models"))) {
    if (!std::filesystem::exists(entry.path() / "config.json")) continue;
    const ModelFiles model(entry.path().string());
    for (const Tensor& tensor : model.tensors()) check_finite(tensor);
    ++models;
  }
  CHECK(models > 5);
}

TEST(an_index_is_followed) {
  const Sharded model;
  const ModelFiles files(model.folder.path());
  CHECK(files.tensors().size() == 2);
  CHECK(files.tensor("b").file->path() == model.folder.path("s2.safetensors"));
}

// A shard that nothing is taken from by the index is no part of the model.
TEST(a_shard_that_the_index_does_not_name_is_no_part_of_the_model) {
  const Sharded model;
  model.index("{\"a\": \"s1.safetensors\"}");
  CHECK(!ModelFiles(model.folder.path()).find("b"));
}

TEST(the_shards_are_believed_beside_their_index) {
  const Sharded model;
  const std::string dir = model.folder.path();
  // what they hold without being named, and what is named and not there
  model.index("{\"a\": \"s1.safetensors\", \"c\": \"s2.safetensors\"}");
  CHECK(ModelFiles(dir).find("b") && !ModelFiles(dir).find("c"));
  // what is looked for in the wrong one
  model.index("{\"a\": \"s2.safetensors\", \"b\": \"s1.safetensors\"}");
  CHECK(ModelFiles(dir).tensor("a").file->path() == model.folder.path("s1.safetensors"));
}

TEST(an_index_that_lies_is_refused) {
  const Sharded model;
  const std::string dir = model.folder.path();
  const std::pair<const char*, const char*> kMaps[] = {
      {"SHARD_MISSING", "{\"a\": \"s3.safetensors\"}"},
      {"BAD_SHARD_NAME", "{\"a\": \"../s1.safetensors\"}"},
      {"BAD_SHARD_NAME", "{\"a\": \"sub/s1.safetensors\"}"},
      {"BAD_SHARD_NAME", "{\"a\": \"sub\\\\s1.safetensors\"}"},
      {"BAD_SHARD_NAME", "{\"a\": \"/etc/s1.safetensors\"}"},
      {"BAD_SHARD_NAME", "{\"a\": \"C:s1.safetensors\"}"},
      {"BAD_SHARD_NAME", "{\"a\": \"s1.safetensors\\u0000.safetensors\"}"},
      {"BAD_SHARD_NAME", "{\"a\": \"pytorch_model.bin\"}"},
      {"BAD_SHARD_NAME", "{\"a\": \"\"}"},
      {"BROKEN_INDEX", "{\"a\": 1}"},
      {"BROKEN_INDEX", "[]"},
      {"BROKEN_INDEX", "{}"},
      {"DUPLICATE_TENSOR", "{\"a\": \"s1.safetensors\", \"a\": \"s1.safetensors\"}"}};
  for (const auto& [code, weight_map] : kMaps) {
    model.index(weight_map);
    CHECK_ERROR(code, ModelFiles{dir});
  }
  model.text("{}");
  CHECK_ERROR("BROKEN_INDEX", ModelFiles{dir});
  model.text("{\"weight_map\": {\"a\": \"s1.safetensors\"}, \"weight_map\": {}}");
  CHECK_ERROR("BROKEN_INDEX", ModelFiles{dir});
  model.text("[1");
  CHECK_ERROR("BROKEN_INDEX", ModelFiles{dir});
  model.text("version https://git-lfs.example/spec/v1\noid sha256:0\nsize 1\n");
  CHECK_ERROR("LFS_POINTER", ModelFiles{dir});
}

TEST(one_name_in_two_shards_is_refused) {
  const Sharded model;
  model.folder.write("s2.safetensors", one_tensor("a"));
  model.index("{\"a\": \"s1.safetensors\", \"a\": \"s2.safetensors\"}");
  CHECK_ERROR("DUPLICATE_TENSOR", ModelFiles(model.folder.path()));
}

// A tied pair or a layer at a border may be saved twice; which of two that differ is meant, nobody
// knows.
TEST(one_tensor_in_two_shards_is_one_where_both_are_alike) {
  const Sharded model;
  const std::string dir = model.folder.path();
  model.folder.write("s2.safetensors", one_tensor("a"));
  model.index("{\"a\": \"s1.safetensors\", \"x\": \"s2.safetensors\"}");
  CHECK(ModelFiles(dir).tensors().size() == 1);
  std::string other = one_tensor("a");
  other.back() = '\x40';
  model.folder.write("s2.safetensors", other);
  CHECK_ERROR("DUPLICATE_TENSOR", ModelFiles{dir});
}

TEST(a_broken_shard_is_found_on_opening) {
  const Sharded model;
  model.folder.write("s2.safetensors", one_tensor("b").substr(0, 60));
  CHECK_ERROR("FILE_TRUNCATED", ModelFiles(model.folder.path()));
}

TEST(a_folder_that_is_no_model_says_what_is_missing) {
  const TempFolder folder;
  CHECK_ERROR("NO_MODEL_FOLDER", ModelFiles(folder.path("none")));
  CHECK_ERROR("NO_MODEL_FOLDER", ModelFiles(folder.write("file", "x")));
  CHECK_ERROR("NO_CONFIG", ModelFiles(folder.path()));
  folder.write("config.json", "[]");
  CHECK_ERROR("BROKEN_CONFIG", ModelFiles(folder.path()));
  folder.write("config.json", "{");
  CHECK_ERROR("BROKEN_CONFIG", ModelFiles(folder.path()));
  folder.write("config.json", "{}");
  CHECK_ERROR("NO_WEIGHTS", ModelFiles(folder.path()));
  folder.write("pytorch_model.bin", "PK\x03\x04");
  CHECK_ERROR("PICKLE_REFUSED", ModelFiles(folder.path()));
  folder.write("model.safetensors", one_tensor("a"));
  CHECK(ModelFiles(folder.path()).tensors().size() == 1);  // the pickle beside it is left alone
}

}  // namespace
