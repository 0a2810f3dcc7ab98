// Which folders those are, and their way out.
#include "model/families/text_part.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/families/fields.h"

namespace neiro {
namespace {

struct Whole {
  std::string_view model_type, text, architecture;
};
constexpr Whole kWholes[] = {{"qwen3_5", "qwen3_5_text", "Qwen3_5ForCausalLM"},
                             {"gemma4", "gemma4_text", "Gemma4ForCausalLM"}};

constexpr std::string_view kWithin = "model.language_model.", kModel = "model.";
constexpr std::string_view kLeftOut[] = {"model.visual.",       "mtp.",
                                         "model.vision_tower.", "model.embed_vision.",
                                         "model.audio_tower.",  "model.embed_audio."};
// What the config of the whole says of its text, too, and the text's own may leave to it.
constexpr std::string_view kOfBoth[] = {
    "tie_word_embeddings", "quantization_config", "dtype",       "torch_dtype",
    "bos_token_id",        "eos_token_id",        "pad_token_id"};

const Whole* whole_of(std::string_view model_type) {
  const auto* found = std::find_if(std::begin(kWholes), std::end(kWholes),
                                   [&](const Whole& one) { return one.model_type == model_type; });
  return found == std::end(kWholes) ? nullptr : found;
}

Json text_config(const Json& config, const Whole& whole) {
  const Json* own = config.find("text_config");
  if (own == nullptr || own->object() == nullptr) {
    bad_config("text_config", own == nullptr ? "null" : own->text(), "an object");
  }
  Json::Object text = {{"architectures", Json::Array{std::string(whole.architecture)}},
                       {"model_type", std::string(whole.text)}};
  for (const Json::Member& member : *own->object()) {
    if (member.first == "architectures") continue;
    if (member.first != "model_type") {
      text.push_back(member);
    } else if (member.second.string() == nullptr || *member.second.string() != whole.text) {
      bad_config("text_config.model_type", member.second.text(), std::string(whole.text));
    }
  }
  for (const std::string_view name : kOfBoth) {
    const Json* said = config.find(name);
    if (said != nullptr && own->find(name) == nullptr) text.emplace_back(std::string(name), *said);
  }
  return text;
}

bool is_left_out(const std::string& name) {
  return std::any_of(std::begin(kLeftOut), std::end(kLeftOut),
                     [&](std::string_view part) { return name.starts_with(part); });
}

}  // namespace

ModelFiles text_part(ModelFiles files) {
  const Json* type = files.config().find("model_type");
  const Whole* whole =
      type == nullptr || type->string() == nullptr ? nullptr : whole_of(*type->string());
  if (whole == nullptr) return files;
  Json config = text_config(files.config(), *whole);
  std::vector<Tensor> tensors;
  for (Tensor tensor : files.tensors()) {
    if (is_left_out(tensor.name)) continue;
    if (tensor.name.starts_with(kWithin)) {
      tensor.name.replace(0, kWithin.size(), kModel);
    }
    tensors.push_back(std::move(tensor));
  }
  std::string dir = files.dir();
  auto holder = std::make_shared<const ModelFiles>(std::move(files));
  return ModelFiles(std::move(dir), std::move(config), std::move(tensors), std::move(holder));
}

}  // namespace neiro
