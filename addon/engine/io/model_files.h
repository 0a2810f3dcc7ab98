// A Hugging Face model folder as files: config.json, and one table of tensors over
// model.safetensors or the shards of model.safetensors.index.json; or what stands for one. What
// they mean is the model's.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/json.h"
#include "io/safetensors.h"

namespace neiro {

class ModelFiles {
 public:
  // Reads and checks headers only. Errors: NO_MODEL_FOLDER, NO_CONFIG, NO_WEIGHTS, PICKLE_REFUSED
  // {dir}; BROKEN_INDEX {file, reason}, BAD_SHARD_NAME {file, name}, SHARD_MISSING {dir, name},
  // DUPLICATE_TENSOR; and whatever Json::read and SafetensorsFile throw.
  explicit ModelFiles(const std::string& dir);
  // Another form of a model, read as if it were such a folder: its config, its tensors by a
  // folder's names, and what they lie in.
  ModelFiles(std::string place, Json config, std::vector<Tensor> tensors,
             std::shared_ptr<const void> holder);

  const std::string& dir() const { return dir_; }
  // Whether there is a config.json; else the config was told by another file.
  bool in_folder() const { return holder_ == nullptr; }
  const std::string& config_path() const { return config_path_; }
  const Json& config() const { return config_; }                   // an object
  const std::vector<Tensor>& tensors() const { return tensors_; }  // sorted by name

  const Tensor* find(std::string_view name) const;  // null where there is none
  // Throws Error TENSOR_MISSING {tensor, file = dir}.
  const Tensor& tensor(std::string_view name) const;

 private:
  void read_index(const std::string& path);

  std::string dir_;
  std::string config_path_;
  Json config_;
  std::vector<std::unique_ptr<SafetensorsFile>> files_;
  std::shared_ptr<const void> holder_;
  std::vector<Tensor> tensors_;
};

}  // namespace neiro
