// The one table of families, and how a config finds its own.
#include "model/families/families.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string_view>

#include "core/error.h"
#include "core/option.h"
#include "io/gguf_file.h"
#include "io/path.h"
#include "model/families/expert_parts.h"
#include "model/families/family.h"
#include "model/families/text_part.h"
#include "model/gguf_names.h"

namespace neiro {

extern const Family kBert, kDebertaV2, kDistilBert, kElectra, kExaone4, kGemma, kGemma2, kGemma3,
    kGemma4, kGlm4, kGptOss, kGranite, kLfm2, kLlama, kMinistral3, kMistral, kModernBert, kOlmo2,
    kOlmo3, kPhi3, kQwen2, kQwen3, kQwen35, kQwen3Moe, kRoberta, kSmolLm3, kXlmRoberta;

namespace {

constexpr const Family* kFamilies[] = {
    &kBert,       &kDebertaV2, &kDistilBert, &kElectra, &kExaone4, &kGemma,     &kGemma2,
    &kGemma3,     &kGemma4,    &kGlm4,       &kGptOss,  &kGranite, &kLfm2,      &kLlama,
    &kMinistral3, &kMistral,   &kModernBert, &kOlmo2,   &kOlmo3,   &kPhi3,      &kQwen2,
    &kQwen3,      &kQwen35,    &kQwen3Moe,   &kRoberta, &kSmolLm3, &kXlmRoberta};

[[noreturn]] void unknown_architecture(const std::string& name) {
  throw Error("UNKNOWN_ARCHITECTURE",
              {{"architecture", name}, {"known", list_of(known_families())}});
}

constexpr std::string_view kLanguage = "ForCausalLM";
constexpr std::string_view kScore = "ForSequenceClassification";

// Heads of encoders that a new one may take the place of.
constexpr std::string_view kBaseHeads[] = {"ForMaskedLM", "ForPreTraining"};

bool is_encoder(const Family& family) {
  return std::string_view(family.architecture).ends_with(kScore);
}

// "LlamaForSequenceClassification" beside "LlamaForCausalLM": the family's other class.
std::string score_class(const Family& family) {
  std::string name = family.architecture;
  if (is_encoder(family)) return name;
  return name.replace(name.size() - kLanguage.size(), kLanguage.size(), kScore);
}

// Whether a class of Transformers is one of the family's that are known here.
bool has_class(const Family& family, const std::string& name) {
  if (name == family.architecture || name == score_class(family)) return true;
  if (!is_encoder(family)) return false;
  const std::string_view own(family.architecture);
  const std::string_view word = own.substr(0, own.size() - kScore.size());
  return std::any_of(std::begin(kBaseHeads), std::end(kBaseHeads), [&](std::string_view head) {
    return name == std::string(word) + std::string(head);
  });
}

std::vector<std::string> read_architectures(const Fields& fields) {
  const Json* list = fields.find("architectures");
  if (list == nullptr) return {};
  if (list->array() == nullptr) bad_config("architectures", list->text(), "a list of names");
  std::vector<std::string> names;
  for (const Json& name : *list->array()) {
    if (name.string() == nullptr) bad_config("architectures", list->text(), "a list of names");
    names.push_back(*name.string());
  }
  return names;
}

// The family that one of the classes belongs to; null where none is known.
const Family* family_of(const std::vector<std::string>& architectures) {
  for (const Family* family : kFamilies) {
    const bool named =
        std::any_of(architectures.begin(), architectures.end(),
                    [&](const std::string& name) { return has_class(*family, name); });
    if (named) return family;
  }
  return nullptr;
}

bool scores(const std::string& architecture) { return architecture.ends_with(kScore); }

// Made to continue text, to fill gaps in it or to score it, or the model without any head.
bool has_known_task(const std::string& architecture) {
  return architecture.ends_with(kLanguage) || architecture.ends_with("Model") ||
         scores(architecture) ||
         std::any_of(std::begin(kBaseHeads), std::end(kBaseHeads),
                     [&](std::string_view head) { return architecture.ends_with(head); });
}

// Sets the score head's place among names and switches.
void put_score_head(const Fields& fields, ModelConfig& config) {
  config.score.pad_token =
      static_cast<int32_t>(fields.integer("pad_token_id", 0, config.vocab_size - 1).value_or(-1));
  config.score.spread = fields.positive("initializer_range", 0.02);
  config.names.head = config.names.score;
  config.tied_head = false;
  config.logit_soft_cap = 0;  // these two are of logits over a vocabulary
  config.logit_scale = 1;
}

// What Transformers' configs say of a score head. Without num_labels and id2label there are two.
void read_score(const Fields& fields, ModelConfig& config) {
  int64_t labels = fields.integer("num_labels", 1, kMaxLabels).value_or(2);
  if (const Json* names = fields.find("id2label")) {
    const Json::Object* object = names->object();
    if (object == nullptr || object->empty() || object->size() > kMaxLabels) {
      bad_config("id2label", names->text(), "an object of 1 to 65536 labels");
    }
    labels = static_cast<int64_t>(object->size());
  }
  config.score.labels = labels;
  const std::string problem =
      fields.text("problem_type", labels == 1 ? "regression" : "single_label_classification");
  if (problem == "regression") {
    config.score.problem = ScoreProblem::kRegression;
  } else if (problem == "multi_label_classification") {
    config.score.problem = ScoreProblem::kMultiLabel;
  } else if (problem != "single_label_classification") {
    unsupported_model("problem_type", problem);
  }
  if (config.score.problem == ScoreProblem::kSingleLabel && labels < 2) {
    bad_config("id2label", std::to_string(labels), "two labels or more");
  }
  put_score_head(fields, config);
}

// By model_type, as Transformers does: the class beside it may be missing, without its head, or
// spelled as in other years. A class of another family or for another task is a contradiction.
const Family& find_family(const Fields& fields) {
  const std::string model_type = fields.text("model_type", "");
  const std::vector<std::string> architectures = read_architectures(fields);
  for (const std::string& name : architectures) {
    if (!has_known_task(name)) unknown_architecture(name);
  }
  const Family* named = family_of(architectures);
  for (const Family* family : kFamilies) {
    if (model_type.empty() ? family != named : model_type != family->model_type) continue;
    if (named != nullptr && named != family) unknown_architecture(architectures.front());
    return *family;
  }
  if (!architectures.empty()) unknown_architecture(architectures.front());
  unknown_architecture(model_type.empty() ? "unnamed" : model_type);
}

// Whether it is a scorer's config: the classes are known ones here.
bool of_score(const Fields& fields) {
  const std::vector<std::string> architectures = read_architectures(fields);
  return !architectures.empty() && scores(architectures.front());
}

}  // namespace

namespace {

const Family& family_of_gguf(const std::string& architecture) {
  for (const Family* family : kFamilies) {
    if (family->gguf != nullptr && architecture == family->gguf) return *family;
  }
  unknown_architecture(architecture.empty() ? "unnamed" : architecture);
}

// What the config was made of, and nothing else asks for.
bool told_by_config(const std::string& name) {
  return name.starts_with("rope_freqs.") || name.starts_with("rope_factors_");
}

// By a folder's names, and with what is said differently in it.
std::vector<Tensor> as_in_folder(const GgufFile& file, const ModelConfig& config,
                                 const GgufForm& form) {
  const TensorNames& names = config.names;
  std::vector<Tensor> tensors;
  for (Tensor tensor : file.tensors()) {
    if (told_by_config(tensor.name)) continue;
    const std::string name = name_of_gguf(names, tensor.name);
    const bool q = name.find("." + names.q + ".") != std::string::npos;
    const bool k = name.find("." + names.k + ".") != std::string::npos;
    if (form.interleaved_heads && (q || k)) tensor.interleaved = config.head_dim;
    if (form.norms_above && tensor.shape.size() == 1 && tensor.name.ends_with("norm.weight")) {
      tensor.above = 1;
    }
    if (!name.empty()) tensor.name = name;
    // [values, 1, tokens] in a folder
    if (!names.conv.empty() && name.ends_with(names.conv + ".weight") && tensor.shape.size() == 2) {
      tensor.shape.insert(tensor.shape.begin() + 1, 1);
    }
    tensors.push_back(std::move(tensor));
  }
  return tensors;
}

ModelFiles open_gguf(const std::string& path) {
  const auto file = std::make_shared<const GgufFile>(path);
  const Fields fields(file->metadata());
  if (fields.integer("split.count", 0, INT16_MAX).value_or(0) > 1) {
    throw Error("GGUF_SPLIT", {{"file", path}});
  }
  const Family& family = family_of_gguf(fields.text("general.architecture", ""));
  FromGguf from(*file, family.model_type, family.architecture);
  if (!from.attends().empty() && !family.form.mixed_layers) {
    unsupported_model("attention.head_count_kv", "0");
  }
  if (family.read_gguf != nullptr) family.read_gguf(from);
  Json config = from.config();
  const ModelConfig read = parse_config(config);
  return ModelFiles(path, std::move(config), as_in_folder(*file, read, family.form), file);
}

}  // namespace

ModelFiles open_model_files(const std::string& path) {
  std::error_code ignored;
  const bool file = std::filesystem::is_regular_file(system_path(path), ignored);
  return file && GgufFile::is_gguf(path) ? open_gguf(path)
                                         : expert_parts(text_part(ModelFiles(path)));
}

const std::vector<std::string>& known_families() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for (const Family* family : kFamilies) list.emplace_back(family->model_type);
    return list;
  }();
  return names;
}

ModelConfig parse_config(const Json& json, const ScoreWish& wish) {
  const Fields fields(json);
  const Family& family = find_family(fields);
  if (fields.find("quantization_config")) unsupported_model("quantization_config", "set");
  ModelConfig config = family.read(fields);
  config.family = family.model_type;
  if (wish.labels > 0) {
    config.score.labels = wish.labels;
    config.score.problem = wish.problem;
    config.score.of_file = false;
    put_score_head(fields, config);
  } else if (of_score(fields)) {
    read_score(fields, config);
  }
  return config;
}

}  // namespace neiro
