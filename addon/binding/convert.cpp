// Field by field, in the words of index.d.ts.
#include "convert.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/option.h"
#include "head_options.h"

namespace neiro::binding {
namespace {

constexpr double kLargestInteger = 9007199254740992.0;  // 2^53

std::string shown(const Napi::Value& value) {
  if (value.IsString()) return value.As<Napi::String>().Utf8Value();
  if (value.IsNumber() || value.IsBoolean() || value.IsNull() || value.IsUndefined()) {
    return value.ToString().Utf8Value();
  }
  return value.IsArray() ? "an array" : "an object";
}

bool whole(const Napi::Value& value) {
  if (!value.IsNumber()) return false;
  const double number = value.As<Napi::Number>().DoubleValue();
  return number == std::floor(number) && std::fabs(number) <= kLargestInteger;
}

std::vector<int32_t> to_tokens(const Napi::Value& value, const std::string& name) {
  const bool right =
      value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == napi_int32_array;
  if (!right) refuse_option(name, shown(value), "an Int32Array");
  const Napi::Int32Array array = value.As<Napi::Int32Array>();
  return {array.Data(), array.Data() + array.ElementLength()};
}

std::vector<float> to_floats(const Napi::Value& value, const std::string& name) {
  const bool right =
      value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == napi_float32_array;
  if (!right) refuse_option(name, shown(value), "a Float32Array");
  const Napi::Float32Array array = value.As<Napi::Float32Array>();
  return {array.Data(), array.Data() + array.ElementLength()};
}

template <class Kind>
struct Choice {
  const char* word;
  Kind kind;
};

template <class Kind, size_t N>
Kind choose(const Choice<Kind> (&choices)[N], const std::string& word, const char* name) {
  std::string expected;
  for (const Choice<Kind>& choice : choices) {
    if (word == choice.word) return choice.kind;
    expected += (expected.empty() ? "" : ", ") + std::string(choice.word);
  }
  refuse_option(name, word, "one of " + expected);
}

constexpr Choice<Moments> kOptimizers[] = {{"adamw", Moments::kFloats},
                                           {"adamw8bit", Moments::kBytes}};
constexpr Choice<BaseQuantization> kQuantizations[] = {{"none", BaseQuantization::kNone},
                                                       {"f32", BaseQuantization::kF32},
                                                       {"bf16", BaseQuantization::kBF16},
                                                       {"int8", BaseQuantization::kInt8},
                                                       {"nf4", BaseQuantization::kNF4}};
constexpr Choice<std::optional<Compute>> kComputes[] = {{"auto", std::nullopt},
                                                        {"f32", Compute::kF32},
                                                        {"bf16", Compute::kBf16},
                                                        {"int8", Compute::kInt8}};
constexpr Choice<DeviceChoice> kDevices[] = {
    {"auto", DeviceChoice::kAuto}, {"cpu", DeviceChoice::kCpu}, {"cuda", DeviceChoice::kCuda}};

LoraConfig lora_config(Napi::Value value) {
  const Options train(value, "train",
                      {"kind", "rank", "alpha", "rsLora", "dora", "dropout", "targetModules",
                       "targetPattern", "excludeModules", "layers", "rankPattern", "alphaPattern",
                       "wholeModules", "start", "bias", "trainTokens", "targetParameters"});
  LoraConfig config;
  config.rank = train.integer("rank");
  config.alpha = train.number("alpha");
  config.rs_lora = train.flag("rsLora");
  config.dora = train.flag("dora", false);
  config.dropout = train.number("dropout");
  constexpr Choice<LoraConfig::Start> kStarts[] = {{"noise", LoraConfig::Start::kNoise},
                                                   {"pissa", LoraConfig::Start::kPrincipal},
                                                   {"olora", LoraConfig::Start::kOrthogonal}};
  if (train.has("start")) config.start = choose(kStarts, train.text("start"), "start");
  constexpr Choice<LoraConfig::Bias> kBiases[] = {{"none", LoraConfig::Bias::kNone},
                                                  {"all", LoraConfig::Bias::kAll},
                                                  {"lora_only", LoraConfig::Bias::kOwn}};
  if (train.has("bias")) config.bias = choose(kBiases, train.text("bias"), "bias");
  if (train.has("trainTokens")) config.tokens = train.integers("trainTokens");
  if (train.has("targetParameters")) config.parameters = train.texts("targetParameters");
  if (train.has("rankPattern")) {
    for (const auto& [key, rank] : train.numbers("rankPattern")) {
      require_option(rank == std::floor(rank), "rankPattern", rank, "whole numbers");
      config.rank_pattern.emplace_back(key, static_cast<int64_t>(rank));
    }
  }
  if (train.has("alphaPattern")) config.alpha_pattern = train.numbers("alphaPattern");
  return config;
}

Ia3Config ia3_config(Napi::Value value) {
  const Options train(value, "train",
                      {"kind", "targetModules", "targetPattern", "excludeModules", "layers",
                       "wholeModules", "feedforwardModules"});
  return {train.texts("feedforwardModules")};
}

VeraConfig vera_config(Napi::Value value) {
  const Options train(value, "train",
                      {"kind", "rank", "dInitial", "dropout", "targetModules", "targetPattern",
                       "excludeModules", "layers", "wholeModules"});
  VeraConfig config;
  config.rank = train.integer("rank");
  config.dropout = train.number("dropout");
  if (train.has("dInitial")) config.first = train.number("dInitial");
  return config;
}

VirtualTokensConfig virtual_tokens_config(Napi::Value value, VirtualTokensConfig::Kind kind) {
  const bool encoded = kind == VirtualTokensConfig::Kind::kEncoded;
  const Options train = encoded ? Options(value, "train", {"kind", "virtualTokens", "encoderWidth"})
                                : Options(value, "train", {"kind", "virtualTokens"});
  VirtualTokensConfig config;
  config.kind = kind;
  config.tokens = train.integer("virtualTokens");
  if (encoded) config.encoder_width = train.integer("encoderWidth");
  return config;
}

void train_mode(Napi::Value value, OpenOptions& options) {
  enum class Kind { kLora, kIa3, kVera, kPrompt, kPrefix, kEncoded, kFull };
  constexpr Choice<Kind> kKinds[] = {{"lora", Kind::kLora},     {"ia3", Kind::kIa3},
                                     {"vera", Kind::kVera},     {"p-tuning", Kind::kEncoded},
                                     {"prompt", Kind::kPrompt}, {"prefix", Kind::kPrefix},
                                     {"full", Kind::kFull}};
  const Options train(value, "train");
  const Kind kind = choose(kKinds, train.text("kind"), "kind");
  options.train = kind == Kind::kFull ? TrainKind::kFull : TrainKind::kAdapter;
  switch (kind) {
    case Kind::kFull: {
      const Options full(value, "train", {"kind", "decayAll", "keepZeros"});
      options.decay_all = full.flag("decayAll", false);
      options.keep_zeros = full.flag("keepZeros", false);
      return;
    }
    case Kind::kLora:
      options.adapter.kind = lora_config(value);
      break;
    case Kind::kIa3:
      options.adapter.kind = ia3_config(value);
      break;
    case Kind::kVera:
      options.adapter.kind = vera_config(value);
      break;
    case Kind::kEncoded:
      options.adapter.kind = virtual_tokens_config(value, VirtualTokensConfig::Kind::kEncoded);
      return;
    case Kind::kPrompt:
      options.adapter.kind = virtual_tokens_config(value, VirtualTokensConfig::Kind::kPrompt);
      return;
    case Kind::kPrefix:
      options.adapter.kind = virtual_tokens_config(value, VirtualTokensConfig::Kind::kPrefix);
      return;
  }
  options.adapter.modules.names = train.texts("targetModules");
  if (train.has("targetPattern")) options.adapter.modules.expression = train.text("targetPattern");
  if (train.has("excludeModules")) options.adapter.modules.excluded = train.texts("excludeModules");
  if (train.has("layers")) options.adapter.modules.layers = train.integers("layers");
  if (train.has("wholeModules")) options.adapter.whole_modules = train.texts("wholeModules");
}

ScoreWish score_wish(Napi::Value value) {
  constexpr Choice<ScoreProblem> kProblems[] = {
      {"single_label_classification", ScoreProblem::kSingleLabel},
      {"multi_label_classification", ScoreProblem::kMultiLabel},
      {"regression", ScoreProblem::kRegression}};
  const Options given(value, "score", {"labels", "problem"});
  ScoreWish wish;
  wish.problem = choose(kProblems, given.text("problem"), "problem");
  wish.labels = given.integer("labels");
  const int64_t least = wish.problem == ScoreProblem::kSingleLabel ? 2 : 1;
  require_option(wish.labels >= least && wish.labels <= kMaxLabels, "labels", wish.labels,
                 "a whole number to 65536, at least 2 where one label of several is right");
  return wish;
}

uint64_t seed_of(const Options& given) {
  const int64_t seed = given.integer("seed");
  require_option(seed >= 0, "seed", seed, "a whole number from 0");
  return static_cast<uint64_t>(seed);
}

}  // namespace

Options::Options(Napi::Value value, const std::string& name,
                 std::initializer_list<const char*> keys) {
  if (!value.IsObject() || value.IsArray()) refuse_option(name, shown(value), "an object");
  object_ = value.As<Napi::Object>();
  if (keys.size() == 0) return;
  const Napi::Array names = object_.GetPropertyNames();
  for (uint32_t i = 0; i < names.Length(); ++i) {
    const std::string key = names.Get(i).ToString().Utf8Value();
    const bool known = std::any_of(keys.begin(), keys.end(),
                                   [&](const char* known_key) { return key == known_key; });
    std::string expected = "one of";
    for (const char* known_key : keys) expected += std::string(" ") + known_key;
    if (!known) refuse_option(name, key, expected);
  }
}

bool Options::has(const char* key) const { return !object_.Get(key).IsUndefined(); }

void Options::refuse(const char* key, const char* expected) const {
  refuse_option(key, shown(object_.Get(key)), expected);
}

std::string Options::text(const char* key) const {
  const Napi::Value value = object_.Get(key);
  if (!value.IsString()) refuse(key, "a text");
  return value.As<Napi::String>().Utf8Value();
}

bool Options::flag(const char* key) const {
  const Napi::Value value = object_.Get(key);
  if (!value.IsBoolean()) refuse(key, "true or false");
  return value.As<Napi::Boolean>().Value();
}

double Options::number(const char* key) const {
  const Napi::Value value = object_.Get(key);
  if (!value.IsNumber()) refuse(key, "a number");
  return value.As<Napi::Number>().DoubleValue();
}

int64_t Options::integer(const char* key) const {
  const Napi::Value value = object_.Get(key);
  if (!whole(value)) refuse(key, "a whole number");
  return value.As<Napi::Number>().Int64Value();
}

std::vector<int32_t> Options::tokens(const char* key) const {
  return to_tokens(object_.Get(key), key);
}

std::vector<float> Options::floats(const char* key) const {
  return to_floats(object_.Get(key), key);
}

std::vector<std::string> Options::texts(const char* key) const {
  const Napi::Value value = object_.Get(key);
  if (!value.IsArray()) refuse(key, "a list of names");
  const Napi::Array array = value.As<Napi::Array>();
  std::vector<std::string> texts;
  for (uint32_t i = 0; i < array.Length(); ++i) {
    const Napi::Value item = array.Get(i);
    if (!item.IsString()) refuse(key, "a list of names");
    texts.push_back(item.As<Napi::String>().Utf8Value());
  }
  return texts;
}

std::vector<double> Options::reals(const char* key) const {
  const Napi::Value value = object_.Get(key);
  if (!value.IsArray()) refuse(key, "a list of numbers");
  const Napi::Array array = value.As<Napi::Array>();
  std::vector<double> numbers;
  for (uint32_t i = 0; i < array.Length(); ++i) {
    const Napi::Value item = array.Get(i);
    if (!item.IsNumber()) refuse(key, "a list of numbers");
    numbers.push_back(item.As<Napi::Number>().DoubleValue());
  }
  return numbers;
}

std::vector<int64_t> Options::integers(const char* key) const {
  const Napi::Value value = object_.Get(key);
  if (!value.IsArray()) refuse(key, "a list of whole numbers");
  const Napi::Array array = value.As<Napi::Array>();
  std::vector<int64_t> numbers;
  for (uint32_t i = 0; i < array.Length(); ++i) {
    const Napi::Value item = array.Get(i);
    if (!whole(item) || item.As<Napi::Number>().Int64Value() < 0) {
      refuse(key, "a list of whole numbers from 0");
    }
    numbers.push_back(item.As<Napi::Number>().Int64Value());
  }
  return numbers;
}

std::vector<std::pair<std::string, double>> Options::numbers(const char* key) const {
  const Napi::Value value = object_.Get(key);
  if (!value.IsObject() || value.IsArray()) refuse(key, "an object of numbers");
  const Napi::Object object = value.As<Napi::Object>();
  const Napi::Array names = object.GetPropertyNames();
  std::vector<std::pair<std::string, double>> numbers;
  for (uint32_t i = 0; i < names.Length(); ++i) {
    const std::string name = names.Get(i).ToString().Utf8Value();
    const Napi::Value number = object.Get(name);
    if (!number.IsNumber()) refuse(key, "an object of numbers");
    numbers.emplace_back(name, number.As<Napi::Number>().DoubleValue());
  }
  return numbers;
}

std::string text_argument(const Napi::CallbackInfo& info, size_t index, const char* name) {
  require_option(info[index].IsString(), name, shown(info[index]), "a text");
  return info[index].As<Napi::String>().Utf8Value();
}

int64_t integer_argument(const Napi::CallbackInfo& info, size_t index, const char* name) {
  require_option(whole(info[index]), name, shown(info[index]), "a whole number");
  return info[index].As<Napi::Number>().Int64Value();
}

DeviceChoice device_argument(const Napi::CallbackInfo& info, size_t index, const char* name) {
  constexpr Choice<DeviceChoice> kOne[] = {{"cpu", DeviceChoice::kCpu},
                                           {"cuda", DeviceChoice::kCuda}};
  if (info[index].IsUndefined()) return DeviceChoice::kCpu;
  return choose(kOne, text_argument(info, index, name), name);
}

std::vector<float> floats_argument(const Napi::CallbackInfo& info, size_t index, const char* name) {
  return to_floats(info[index], name);
}

std::vector<int32_t> tokens_argument(const Napi::CallbackInfo& info, size_t index,
                                     const char* name) {
  return to_tokens(info[index], name);
}

OpenOptions open_options(Napi::Value value) {
  const Options given(value, "options",
                      {"modelDir",
                       "baseQuantization",
                       "seed",
                       "threads",
                       "maxTokensPerMicroBatch",
                       "maxContext",
                       "tokens",
                       "train",
                       "gradientCheckpointing",
                       "adapterDir",
                       "conversations",
                       "adapterDirs",
                       "compute",
                       "device",
                       "score",
                       "referenceDir",
                       "embeddingNoise",
                       "optimizer",
                       "heads",
                       "headsFile"});
  OpenOptions options;
  options.model_dir = given.text("modelDir");
  options.quantization = choose(kQuantizations, given.text("baseQuantization"), "baseQuantization");
  options.seed = seed_of(given);
  const int64_t threads = given.integer("threads");
  require_option(threads >= 0 && threads <= 1024, "threads", threads,
                 "a whole number from 0 to 1024");
  options.threads = static_cast<int>(threads);
  if (given.has("compute")) {
    options.compute = choose(kComputes, given.text("compute"), "compute");
  }
  if (given.has("device")) options.device = choose(kDevices, given.text("device"), "device");
  options.max_tokens = given.integer("maxTokensPerMicroBatch");
  options.max_context = given.integer("maxContext");
  if (given.has("tokens")) options.tokens = given.integer("tokens");
  if (given.has("train")) train_mode(given.get("train"), options);
  if (given.has("optimizer")) {
    options.moments = choose(kOptimizers, given.text("optimizer"), "optimizer");
  }
  options.gradient_checkpointing = given.flag("gradientCheckpointing", false);
  if (given.has("adapterDir")) options.adapter_dir = given.text("adapterDir");
  if (given.has("referenceDir")) options.reference_dir = given.text("referenceDir");
  if (given.has("conversations")) options.conversations = given.integer("conversations");
  if (given.has("adapterDirs")) options.more_adapters = given.texts("adapterDirs");
  if (given.has("embeddingNoise")) options.embedding_noise = given.number("embeddingNoise");
  if (given.has("score")) options.score = score_wish(given.get("score"));
  if (given.has("heads")) options.heads = head_options(given.get("heads"));
  if (given.has("headsFile")) options.heads_file = given.text("headsFile");
  return options;
}

CombineOptions combine_options(Napi::Value value) {
  constexpr Choice<Combination> kHow[] = {
      {"linear", Combination::kLinear}, {"cat", Combination::kCat}, {"svd", Combination::kSvd}};
  const Options given(value, "options", {"dirs", "weights", "how", "dir", "baseModelName"});
  CombineOptions options;
  options.dirs = given.texts("dirs");
  options.weights = given.reals("weights");
  options.how = choose(kHow, given.text("how"), "how");
  options.dir = given.text("dir");
  options.base_model_name = given.text("baseModelName");
  return options;
}

Batch batch(Napi::Value value) {
  const Options given(value, "batch");
  Batch batch;
  batch.tokens = given.tokens("tokens");
  if (given.has("targets")) {
    batch.targets = given.floats("targets");
    if (given.has("weights")) batch.weights = given.floats("weights");
  } else {
    batch.labels = given.tokens("labels");
  }
  batch.lengths = given.tokens("lengths");
  return batch;
}

Batch read_batch(Napi::Value value) {
  Batch batch = text(value);
  const Options given(value, "batch");
  if (given.has("labels")) batch.labels = given.tokens("labels");
  return batch;
}

Batch text(Napi::Value value) {
  const Options given(value, "batch");
  Batch batch;
  batch.tokens = given.tokens("tokens");
  batch.lengths = given.tokens("lengths");
  return batch;
}

std::vector<Batch> batches(Napi::Value value) {
  require_option(value.IsArray(), "microBatches", shown(value), "a list of batches");
  const Napi::Array array = value.As<Napi::Array>();
  std::vector<Batch> list;
  list.reserve(array.Length());
  for (uint32_t i = 0; i < array.Length(); ++i) list.push_back(batch(array.Get(i)));
  return list;
}

StepOptions step_options(Napi::Value value) {
  const Options given(value, "options",
                      {"learningRate", "step", "beta1", "beta2", "epsilon", "weightDecay",
                       "maxGradNorm", "loraPlusRatio"});
  StepOptions options;
  options.learning_rate = given.number("learningRate");
  options.step = given.integer("step");
  options.beta1 = given.number("beta1");
  options.beta2 = given.number("beta2");
  options.epsilon = given.number("epsilon");
  options.weight_decay = given.number("weightDecay");
  options.max_grad_norm = given.number("maxGradNorm");
  if (given.has("loraPlusRatio")) options.lora_plus_ratio = given.number("loraPlusRatio");
  return options;
}

Sampling sampling(Napi::Value value) {
  const Options given(
      value, "sampling",
      {"temperature", "topK", "topP", "minP", "repetitionPenalty", "presencePenalty",
       "frequencyPenalty", "noRepeat", "least", "typicalP", "seed"});
  Sampling sampling;
  sampling.temperature = static_cast<float>(given.number("temperature"));
  sampling.top_k = given.integer("topK");
  sampling.top_p = static_cast<float>(given.number("topP"));
  sampling.min_p = static_cast<float>(given.number("minP"));
  sampling.repetition_penalty = static_cast<float>(given.number("repetitionPenalty"));
  if (given.has("presencePenalty")) {
    sampling.presence_penalty = static_cast<float>(given.number("presencePenalty"));
  }
  if (given.has("frequencyPenalty")) {
    sampling.frequency_penalty = static_cast<float>(given.number("frequencyPenalty"));
  }
  if (given.has("noRepeat")) sampling.no_repeat = given.integer("noRepeat");
  if (given.has("least")) sampling.least = given.integer("least");
  if (given.has("typicalP")) sampling.typical_p = static_cast<float>(given.number("typicalP"));
  if (given.has("seed")) sampling.seed = seed_of(given);
  return sampling;
}

GenerateOptions generate_options(Napi::Value value) {
  const Options given(value, "options",
                      {"prompt", "maxNewTokens", "stopTokens", "sampling", "adapter"});
  GenerateOptions options;
  options.prompt = given.tokens("prompt");
  options.max_new_tokens = given.integer("maxNewTokens");
  require_option(options.max_new_tokens >= 0, "maxNewTokens", options.max_new_tokens, "0 or more");
  options.stop_tokens = given.tokens("stopTokens");
  options.sampling = sampling(given.get("sampling"));
  options.sampling.stops = options.stop_tokens;
  options.adapter = given.flag("adapter");
  return options;
}

ConversationOptions conversation_options(Napi::Value value) {
  const Options given(value, "options",
                      {"prompt", "maxNewTokens", "stopTokens", "sampling", "adapter", "likeliest"});
  ConversationOptions options;
  options.prompt = given.tokens("prompt");
  options.max_new_tokens = given.integer("maxNewTokens");
  options.stop_tokens = given.tokens("stopTokens");
  options.sampling = sampling(given.get("sampling"));
  options.sampling.stops = options.stop_tokens;
  if (!given.get("adapter").IsNull()) {
    const int64_t adapter = given.integer("adapter");
    require_option(adapter >= 0 && adapter < (1 << 20), "adapter", adapter, "a number from 0");
    options.adapter = static_cast<int>(adapter);
  }
  options.log_probabilities = given.has("likeliest");
  if (options.log_probabilities) options.likeliest = given.integer("likeliest");
  return options;
}

Napi::Value float_array(Napi::Env env, const float* values, int64_t count) {
  Napi::Float32Array array = Napi::Float32Array::New(env, static_cast<size_t>(count));
  if (count > 0) std::memcpy(array.Data(), values, static_cast<size_t>(count) * sizeof(float));
  return array;
}

Napi::Value byte_array(Napi::Env env, const std::vector<uint8_t>& values) {
  Napi::Uint8Array array = Napi::Uint8Array::New(env, values.size());
  if (!values.empty()) std::memcpy(array.Data(), values.data(), values.size());
  return array;
}

}  // namespace neiro::binding
