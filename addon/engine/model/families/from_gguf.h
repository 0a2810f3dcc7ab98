// What a GGUF file's metadata says of a model, told as config.json of Transformers would: a
// family's file adds what is its own. Absent keys mean what llama.cpp takes them for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/gguf_file.h"
#include "model/families/fields.h"

namespace neiro {

class FromGguf {
 public:
  // Sizes, heads, epsilon, rotation, tied head and the ids of special tokens.
  FromGguf(const GgufFile& file, const std::string& model_type, const std::string& architecture);

  const GgufFile& file() const { return file_; }
  // A member of the config, instead of one of that name.
  void set(const std::string& name, Json value);
  Json config() const { return Json(config_); }

  int64_t layers() const { return layers_; }
  int64_t hidden_size() const { return hidden_size_; }
  int64_t heads() const { return heads_; }
  int64_t kv_heads() const { return kv_heads_; }
  // [layers], or empty where all do.
  const std::vector<bool>& attends() const { return attends_; }
  int64_t head_dim() const { return head_dim_; }

  // Keys behind the architecture's name: "attention.sliding_window".
  std::optional<int64_t> integer(const char* key, int64_t low, int64_t high) const;
  std::optional<double> positive(const char* key) const;
  bool has(const std::string& tensor) const { return file_.find(tensor) != nullptr; }
  // Values of an F32 vector; empty where there is none.
  Json::Array numbers(const std::string& tensor) const;

 private:
  std::string key(const char* name) const { return architecture_ + "." + name; }
  int64_t of_all_layers(const char* name, int64_t low, int64_t high,
                        std::optional<int64_t> fallback) const;
  void read_kv_heads();
  void read_rope();

  const GgufFile& file_;
  Fields fields_;
  std::string architecture_;
  Json::Object config_;
  int64_t layers_ = 0, hidden_size_ = 0, heads_ = 0, kv_heads_ = 0, head_dim_ = 0;
  int64_t positions_ = 0;
  std::vector<bool> attends_;
};

// How the tensors of the file stand where it is not as in a folder.
struct GgufForm {
  bool interleaved_heads = false;  // rows of q and k (Transformers' own conversion undone)
  bool norms_above = false;        // norms are one too high
  bool mixed_layers = false;       // some do not attend: no heads of keys and values
};

}  // namespace neiro
