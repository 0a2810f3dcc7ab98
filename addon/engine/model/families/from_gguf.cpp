// Keys to fields.
#include "model/families/from_gguf.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "core/error.h"

namespace neiro {
namespace {

constexpr int64_t kLarge = int64_t{1} << 26;

// 1e-05 rather than 9.999999747378752e-06: the shortest that is the same number in F32.
double shortest(double value) {
  char text[32];
  const float single = static_cast<float>(value);
  if (!std::isfinite(single)) return value;
  const auto written = std::to_chars(text, text + sizeof(text), single);
  double read = value;
  std::from_chars(text, written.ptr, read);
  return read;
}

}  // namespace

FromGguf::FromGguf(const GgufFile& file, const std::string& model_type,
                   const std::string& architecture)
    : file_(file),
      fields_(file.metadata()),
      architecture_(fields_.text("general.architecture", "")) {
  set("architectures", Json(Json::Array(1, Json(architecture))));
  set("model_type", model_type);
  layers_ = fields_.required(key("block_count").c_str(), 1, kMaxLayers);
  hidden_size_ = fields_.required(key("embedding_length").c_str(), 1, kLarge);
  positions_ = fields_.required(key("context_length").c_str(), 1, kMaxPositions);
  heads_ = of_all_layers("attention.head_count", 1, kMaxHeads, {});
  read_kv_heads();
  head_dim_ = integer("attention.key_length", 1, kLarge).value_or(hidden_size_ / heads_);
  const int64_t value_length = integer("attention.value_length", 1, kLarge).value_or(head_dim_);
  if (value_length != head_dim_) {
    unsupported_model(key("attention.value_length"), std::to_string(value_length));
  }
  if (integer("expert_count", 0, kLarge).value_or(0) > 0) {
    unsupported_model(key("expert_count"), "set");
  }
  const Tensor* embedding = file.find("token_embd.weight");
  if (embedding == nullptr || embedding->shape.size() != 2) {
    throw Error("TENSOR_MISSING", {{"tensor", "token_embd.weight"}, {"file", file.path()}});
  }
  set("vocab_size", embedding->shape[0]);
  set("hidden_size", hidden_size_);
  set("intermediate_size", of_all_layers("feed_forward_length", 1, kLarge, {}));
  set("num_hidden_layers", layers_);
  set("num_attention_heads", heads_);
  set("num_key_value_heads", kv_heads_);
  set("head_dim", head_dim_);
  set("max_position_embeddings", positions_);
  const std::optional<double> epsilon = positive("attention.layer_norm_rms_epsilon");
  if (!epsilon) bad_config(key("attention.layer_norm_rms_epsilon"), "nothing", "a number above 0");
  set("rms_norm_eps", *epsilon);
  set("tie_word_embeddings", !has("output.weight"));
  const std::pair<const char*, const char*> kIds[] = {
      {"bos_token_id", "tokenizer.ggml.bos_token_id"},
      {"eos_token_id", "tokenizer.ggml.eos_token_id"},
      {"pad_token_id", "tokenizer.ggml.padding_token_id"}};
  for (const auto& [name, from] : kIds) {
    if (const auto id = fields_.integer(from, 0, embedding->shape[0] - 1)) set(name, *id);
  }
  read_rope();
}

void FromGguf::read_kv_heads() {
  const char* name = "attention.head_count_kv";
  const Json* value = fields_.find(key(name).c_str());
  const Json::Array* list = value == nullptr ? nullptr : value->array();
  std::optional<int64_t> most;
  if (list != nullptr && static_cast<int64_t>(list->size()) == layers_) {
    for (const Json& item : *list) {
      const int64_t heads = item.integer().value_or(-1);
      attends_.push_back(heads != 0);
      if (heads == 0) continue;
      if (heads < 0 || heads > kMaxHeads || heads != most.value_or(heads)) {
        unsupported_model(key(name), value->text());
      }
      most = heads;
    }
  }
  if (std::find(attends_.begin(), attends_.end(), false) == attends_.end()) attends_.clear();
  if (attends_.empty()) most = of_all_layers(name, 1, kMaxHeads, heads_);
  if (!most) unsupported_model(key(name), "0");
  kv_heads_ = *most;
}

void FromGguf::set(const std::string& name, Json value) {
  for (Json::Member& member : config_) {
    if (member.first != name) continue;
    member.second = std::move(value);
    return;
  }
  config_.emplace_back(name, std::move(value));
}

std::optional<int64_t> FromGguf::integer(const char* name, int64_t low, int64_t high) const {
  return fields_.integer(key(name).c_str(), low, high);
}

std::optional<double> FromGguf::positive(const char* name) const {
  if (!fields_.find(key(name).c_str())) return std::nullopt;
  return shortest(fields_.positive(key(name).c_str(), 0));
}

// One number, or one for each layer that is the same in all.
int64_t FromGguf::of_all_layers(const char* name, int64_t low, int64_t high,
                                std::optional<int64_t> fallback) const {
  const std::string full = key(name);
  const Json* value = fields_.find(full.c_str());
  const Json::Array* list = value == nullptr ? nullptr : value->array();
  if (list == nullptr) {
    return fallback && value == nullptr ? *fallback : fields_.required(full.c_str(), low, high);
  }
  for (const Json& item : *list) {
    if (item.integer() != list->front().integer()) unsupported_model(full, value->text());
  }
  const int64_t number = list->empty() ? -1 : list->front().integer().value_or(-1);
  if (number < low || number > high) bad_config(full, value->text(), "whole numbers above 0");
  return number;
}

Json::Array FromGguf::numbers(const std::string& tensor) const {
  Json::Array list;
  const Tensor* found = file_.find(tensor);
  if (found == nullptr || found->type != DType::kF32 || found->elements() > head_dim_) return list;
  for (int64_t i = 0; i < found->elements(); ++i) list.push_back(shortest(found->at<float>(i)));
  return list;
}

// The tensor rope_freqs divides frequencies: longrope with the same factors near and far.
void FromGguf::read_rope() {
  set("rope_theta", positive("rope.freq_base").value_or(10000.0));
  const int64_t rotary = integer("rope.dimension_count", 1, kLarge).value_or(head_dim_);
  if (rotary != head_dim_) {
    set("partial_rotary_factor", static_cast<double>(rotary) / static_cast<double>(head_dim_));
  }
  const std::string type = fields_.text(key("rope.scaling.type").c_str(), "linear");
  const int64_t original =
      integer("rope.scaling.original_context_length", 1, kMaxPositions).value_or(positions_);
  const double linear = positive("rope.scale_linear").value_or(1.0);
  const double factor =
      fields_.find(key("rope.scaling.factor").c_str())
          ? shortest(fields_.zero_or_more(key("rope.scaling.factor").c_str(), 1.0))
          : linear;
  Json::Array near = numbers("rope_factors_short.weight");
  Json::Array far = numbers("rope_factors_long.weight");
  if (near.empty()) near = far = numbers("rope_freqs.weight");
  if (!near.empty()) {
    Json::Object rope;
    rope.emplace_back("rope_type", "longrope");
    rope.emplace_back("short_factor", std::move(near));
    rope.emplace_back("long_factor", std::move(far));
    // Without factors for far positions nothing is sharpened.
    if (has("rope_freqs.weight")) rope.emplace_back("attention_factor", 1.0);
    if (const auto sharper = positive("rope.scaling.attn_factor")) {
      rope.emplace_back("attention_factor", *sharper);
    }
    set("rope_scaling", Json(std::move(rope)));
    set("original_max_position_embeddings", original);
    return;
  }
  if (type == "none" || factor <= 0 || (type == "linear" && factor == 1.0)) return;
  Json::Object rope;
  rope.emplace_back("rope_type", type);
  rope.emplace_back("factor", factor);
  if (type == "yarn") {
    rope.emplace_back("original_max_position_embeddings", original);
    for (const auto& [name, from] : {std::pair{"beta_fast", "rope.scaling.yarn_beta_fast"},
                                     std::pair{"beta_slow", "rope.scaling.yarn_beta_slow"}}) {
      if (const auto number = positive(from)) rope.emplace_back(name, *number);
    }
  }
  set("rope_scaling", Json(std::move(rope)));
}

}  // namespace neiro
