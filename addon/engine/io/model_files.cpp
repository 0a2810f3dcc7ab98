// The folder's two forms (one file, or an index and shards) become one table.
#include "io/model_files.h"

#include <algorithm>
#include <set>

#include "core/error.h"
#include "io/json_reader.h"
#include "io/lfs_pointer.h"
#include "io/path.h"

namespace neiro {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kMaxIndex = 100'000'000;  // bytes; a model of 100,000 tensors has about 10 MB

std::string inside(const std::string& dir, const std::string& name) {
  return utf8_path(system_path(dir) / system_path(name));
}

bool exists(const std::string& path) {
  std::error_code ignored;
  return fs::exists(system_path(path), ignored);
}

bool ends_with(const std::string& text, std::string_view ending) {
  return std::string_view(text).ends_with(ending);
}

// PyTorch's own files are programs to be run on reading (pickle): never opened.
std::string pickle_in(const std::string& dir) {
  std::error_code error;
  for (fs::directory_iterator entry(system_path(dir), error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string extension = entry->path().extension().string();
    if (extension == ".bin" || extension == ".pt" || extension == ".pth" || extension == ".ckpt") {
      return utf8_path(entry->path().filename());
    }
  }
  return {};
}

[[noreturn]] void no_weights(const std::string& dir) {
  if (const std::string name = pickle_in(dir); !name.empty()) {
    throw Error("PICKLE_REFUSED", {{"dir", dir}, {"name", name}});
  }
  throw Error("NO_WEIGHTS", {{"dir", dir}});
}

// A shard is a plain name beside its index: nothing that leads out of the folder.
void check_shard_name(const std::string& shard, const std::string& index) {
  const bool plain = shard.find_first_of(std::string_view("/\\:\0", 4)) == std::string::npos &&
                     shard.find("..") == std::string::npos && ends_with(shard, ".safetensors");
  if (plain) return;
  throw Error("BAD_SHARD_NAME", {{"file", index}, {"name", shard}});
}

Error broken_index(const std::string& file, int64_t offset, const std::string& reason) {
  return Error("BROKEN_INDEX",
               {{"file", file}, {"offset", std::to_string(offset)}, {"reason", reason}});
}

// What an index says.
struct WeightMap {
  std::set<std::string> shards, tensors;
};

WeightMap read_weight_map(const std::string& path) {
  const MappedFile file(path);
  refuse_lfs_pointer(file.text(), path);
  if (file.size() > kMaxIndex) throw broken_index(path, kMaxIndex, "it is too large");
  WeightMap map;
  bool found = false;
  JsonReader reader(file.text(), path, broken_index);
  reader.enter_object();
  for (std::string key; reader.next_member(key);) {
    if (key != "weight_map") {
      reader.skip();
      continue;
    }
    if (found) reader.fail("\"weight_map\" stands twice");
    found = true;
    reader.enter_object();
    for (std::string tensor; reader.next_member(tensor);) {
      std::string shard = reader.read_string();
      check_shard_name(shard, path);
      map.shards.insert(std::move(shard));
      if (!map.tensors.insert(tensor).second) {
        throw Error("DUPLICATE_TENSOR", {{"tensor", tensor}, {"file", path}});
      }
    }
  }
  reader.finish();
  if (map.shards.empty()) reader.fail("it names no tensors");
  return map;
}

}  // namespace

ModelFiles::ModelFiles(const std::string& dir)
    : dir_(dir), config_path_(inside(dir, "config.json")) {
  std::error_code ignored;
  if (!fs::is_directory(system_path(dir), ignored)) {
    throw Error("NO_MODEL_FOLDER", {{"dir", dir}});
  }
  if (!exists(config_path_)) {
    throw Error("NO_CONFIG", {{"dir", dir}});
  }
  config_ = Json::read(config_path_);
  if (!config_.object()) throw broken_config(config_path_, 0, "it is not an object");

  const std::string single = inside(dir, "model.safetensors");
  const std::string index = inside(dir, "model.safetensors.index.json");
  if (exists(single)) {
    files_.push_back(std::make_unique<SafetensorsFile>(single));
    tensors_ = files_.back()->tensors();
  } else if (exists(index)) {
    read_index(index);
  } else {
    no_weights(dir);
  }
}

ModelFiles::ModelFiles(std::string place, Json config, std::vector<Tensor> tensors,
                       std::shared_ptr<const void> holder)
    : dir_(place),
      config_path_(std::move(place)),
      config_(std::move(config)),
      holder_(std::move(holder)),
      tensors_(std::move(tensors)) {
  std::sort(tensors_.begin(), tensors_.end(),
            [](const Tensor& a, const Tensor& b) { return a.name < b.name; });
}

// The shards are believed, not the index: what it names and they lack is missed where it is needed
// (a tied head is not), what it leaves out is there, and what it looks for in another one too.
void ModelFiles::read_index(const std::string& path) {
  const WeightMap map = read_weight_map(path);
  for (const std::string& shard : map.shards) {
    const std::string shard_path = inside(dir_, shard);
    if (!exists(shard_path)) {
      throw Error("SHARD_MISSING", {{"dir", dir_}, {"name", shard}, {"file", path}});
    }
    files_.push_back(std::make_unique<SafetensorsFile>(shard_path));
    const std::vector<Tensor>& own = files_.back()->tensors();
    tensors_.insert(tensors_.end(), own.begin(), own.end());
  }
  std::stable_sort(tensors_.begin(), tensors_.end(),
                   [](const Tensor& a, const Tensor& b) { return a.name < b.name; });
  // One that two shards hold alike is one; which of two that differ is meant, nobody can know.
  const auto end =
      std::unique(tensors_.begin(), tensors_.end(), [&](const Tensor& a, const Tensor& b) {
        if (a.name != b.name) return false;
        if (same_values(a, b)) return true;
        throw Error("DUPLICATE_TENSOR", {{"tensor", a.name}, {"file", path}});
      });
  tensors_.erase(end, tensors_.end());
}

const Tensor* ModelFiles::find(std::string_view name) const {
  const auto found = std::lower_bound(
      tensors_.begin(), tensors_.end(), name,
      [](const Tensor& tensor, std::string_view key) { return tensor.name < key; });
  return found != tensors_.end() && found->name == name ? &*found : nullptr;
}

const Tensor& ModelFiles::tensor(std::string_view name) const {
  if (const Tensor* found = find(name)) return *found;
  throw Error("TENSOR_MISSING", {{"tensor", std::string(name)}, {"file", dir_}});
}

}  // namespace neiro
