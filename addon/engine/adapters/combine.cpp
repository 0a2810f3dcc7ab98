// Module by module: the pairs of all, in double precision where they are cut.
#include "adapters/combine.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>

#include "adapters/adapter_files.h"
#include "adapters/singular.h"
#include "core/error.h"
#include "core/option.h"
#include "io/safetensors.h"

namespace neiro {
namespace {

constexpr const char* kPrefix = "base_model.model.";
constexpr const char* kA = ".lora_A.weight";
constexpr const char* kB = ".lora_B.weight";

struct Pair {
  int64_t rank = 0, in = 0, out = 0;
  std::vector<float> a;  // [rank, in]
  std::vector<float> b;  // [out, rank]
};

struct Source {
  AdapterConfig config;
  std::map<std::string, Pair> pairs;  // by the layer's path
  double weight = 0;

  const LoraConfig& lora() const { return std::get<LoraConfig>(config.kind); }
  double scale(const std::string& path) const { return weight * lora().at(path).scale(); }
};

[[noreturn]] void unsupported(const std::string& field, const std::string& value) {
  throw Error("UNSUPPORTED_ADAPTER", {{"field", field}, {"value", value}});
}

void require_plain(const AdapterConfig& config) {
  const auto* lora = std::get_if<LoraConfig>(&config.kind);
  if (lora == nullptr) unsupported("peft_type", describe(config));
  if (lora->dora) unsupported("use_dora", "true");
  if (lora->start != LoraConfig::Start::kNoise) unsupported("init_lora_weights", describe(*lora));
  if (lora->bias != LoraConfig::Bias::kNone) unsupported("bias", describe(*lora));
  if (!lora->tokens.empty()) unsupported("trainable_token_indices", describe(*lora));
  if (!config.whole_modules.empty()) {
    unsupported("modules_to_save", list_of(config.whole_modules));
  }
}

std::vector<float> values_of(const Tensor& tensor) {
  const int64_t n = tensor.shape[0] * tensor.shape[1];
  std::vector<float> values(static_cast<size_t>(n));
  read_values(tensor, 0, n, values.data());
  return values;
}

Source read_source(const std::string& dir, double weight) {
  Source source{read_adapter_config(dir), {}, weight};
  require_plain(source.config);
  const SafetensorsFile file(adapter_weights_file(dir));
  for (const Tensor& tensor : file.tensors()) {
    const std::string& name = tensor.name;
    if (name.ends_with(kB)) continue;
    if (!name.ends_with(kA) || !name.starts_with(kPrefix)) unsupported("tensor", name);
    const std::string path =
        name.substr(std::string(kPrefix).size(),
                    name.size() - std::string(kPrefix).size() - std::string(kA).size());
    const Tensor& b = file.tensor(kPrefix + path + kB);
    if (tensor.shape.size() != 2 || b.shape.size() != 2 || tensor.shape[0] != b.shape[1] ||
        tensor.shape[0] != source.lora().at(path).rank) {
      throw Error("ADAPTER_MISMATCH", {{"tensor", b.name},
                                       {"expected", std::to_string(source.lora().at(path).rank)},
                                       {"actual", shape_text(b.shape)}});
    }
    source.pairs[path] = {tensor.shape[0], tensor.shape[1], b.shape[0], values_of(tensor),
                          values_of(b)};
  }
  return source;
}

// Those at one layer, with what each counts there.
struct Part {
  const Pair* pair;
  double scale;
};

Pair sum_apart(const std::vector<Part>& parts) {
  const Pair& first = *parts[0].pair;
  Pair sum{first.rank, first.in, first.out, std::vector<float>(first.a.size()),
           std::vector<float>(first.b.size())};
  for (const auto& [pair, scale] : parts) {
    const float root = static_cast<float>(std::sqrt(scale));
    for (size_t i = 0; i < sum.a.size(); ++i) sum.a[i] += root * pair->a[i];
    for (size_t i = 0; i < sum.b.size(); ++i) sum.b[i] += root * pair->b[i];
  }
  return sum;
}

Pair side_by_side(const std::vector<Part>& parts) {
  Pair all{0, parts[0].pair->in, parts[0].pair->out, {}, {}};
  for (const Part& part : parts) all.rank += part.pair->rank;
  for (const auto& [pair, scale] : parts) {
    for (const float value : pair->a) all.a.push_back(static_cast<float>(scale) * value);
  }
  for (int64_t row = 0; row < all.out; ++row) {
    for (const auto& [pair, scale] : parts) {
      const auto from = pair->b.begin() + row * pair->rank;
      all.b.insert(all.b.end(), from, from + pair->rank);
    }
  }
  return all;
}

// The strongest directions of B A, as many as `rank`.
Pair cut(const Pair& whole, int64_t rank) {
  const LinearMap a = map_of(whole.a.data(), whole.rank, whole.in);
  const LinearMap b = map_of(whole.b.data(), whole.out, whole.rank);
  std::vector<double> between(static_cast<size_t>(whole.rank));
  const LinearMap product = {whole.out, whole.in,
                             [&](double* y, const double* x) {
                               a.forward(between.data(), x);
                               b.forward(y, between.data());
                             },
                             [&](double* x, const double* y) {
                               b.backward(between.data(), y);
                               a.backward(x, between.data());
                             }};
  const int64_t kept = std::min({rank, whole.in, whole.out});
  const SingularParts parts = largest_parts(product, kept);
  Pair pair{kept, whole.in, whole.out, std::vector<float>(static_cast<size_t>(kept * whole.in)),
            std::vector<float>(static_cast<size_t>(whole.out * kept))};
  for (int64_t i = 0; i < kept; ++i) {
    for (int64_t c = 0; c < whole.in; ++c) {
      pair.a[static_cast<size_t>(i * whole.in + c)] =
          static_cast<float>(parts.right[static_cast<size_t>(i * whole.in + c)]);
    }
    for (int64_t r = 0; r < whole.out; ++r) {
      const double value = parts.values[static_cast<size_t>(i)];
      pair.b[static_cast<size_t>(r * kept + i)] =
          static_cast<float>(value * parts.left[static_cast<size_t>(i * whole.out + r)]);
    }
  }
  return pair;
}

// The same with rows and columns of zeros up to `rank`: PEFT has one rank for all that no pattern
// names.
Pair widened(const Pair& pair, int64_t rank) {
  Pair wide{rank, pair.in, pair.out, pair.a, {}};
  wide.a.resize(static_cast<size_t>(rank * pair.in), 0.0f);
  wide.b.assign(static_cast<size_t>(pair.out * rank), 0.0f);
  for (int64_t row = 0; row < pair.out; ++row) {
    std::copy_n(pair.b.begin() + row * pair.rank, pair.rank, wide.b.begin() + row * rank);
  }
  return wide;
}

Pair combined(const std::vector<Part>& parts, Combination how) {
  if (how == Combination::kLinear) return sum_apart(parts);
  const Pair whole = side_by_side(parts);
  if (how == Combination::kCat) return whole;
  int64_t rank = 0;
  for (const Part& part : parts) rank = std::max(rank, part.pair->rank);
  return cut(whole, rank);
}

void check_parts(const std::string& path, const std::vector<Part>& parts, Combination how) {
  const Pair& first = *parts[0].pair;
  for (const auto& [pair, scale] : parts) {
    if (pair->in != first.in || pair->out != first.out) {
      throw Error("ADAPTER_MISMATCH", {{"tensor", path},
                                       {"expected", shape_text({first.out, first.in})},
                                       {"actual", shape_text({pair->out, pair->in})}});
    }
    if (how != Combination::kLinear) continue;
    require_option(pair->rank == first.rank, "how", "linear", "cat or svd for different ranks");
    require_option(scale >= 0, "weights", scale, "0 or more with linear");
  }
}

// Words, where the layers are those that have them; else whole paths.
std::vector<std::string> module_names_of(const std::vector<Source>& sources,
                                         const std::map<std::string, Pair>& pairs) {
  const bool plain = std::all_of(sources.begin(), sources.end(),
                                 [](const Source& one) { return one.config.modules.plain(); });
  std::vector<std::string> names;
  for (const auto& [path, pair] : pairs) {
    const std::string name = plain ? path.substr(path.rfind('.') + 1) : path;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

}  // namespace

void combine_adapters(const CombineOptions& options) {
  require_option(options.dirs.size() >= 2, "dirs", list_of(options.dirs), "at least two folders");
  require_option(options.weights.size() == options.dirs.size(), "weights",
                 static_cast<int64_t>(options.weights.size()), "one for each folder");
  std::vector<Source> sources;
  for (size_t i = 0; i < options.dirs.size(); ++i) {
    require_option(std::isfinite(options.weights[i]), "weights", options.weights[i], "numbers");
    sources.push_back(read_source(options.dirs[i], options.weights[i]));
    if (sources[i].config.task != sources[0].config.task) {
      throw Error("ADAPTER_MISMATCH", {{"tensor", "task_type"},
                                       {"expected", sources[0].config.task},
                                       {"actual", sources[i].config.task}});
    }
  }
  std::map<std::string, std::vector<Part>> parts;
  for (const Source& source : sources) {
    for (const auto& [path, pair] : source.pairs)
      parts[path].push_back({&pair, source.scale(path)});
  }
  std::map<std::string, Pair> pairs;
  LoraConfig config;
  for (const auto& [path, own] : parts) {
    check_parts(path, own, options.how);
    pairs[path] = combined(own, options.how);
    config.rank = std::max(config.rank, pairs[path].rank);
  }
  config.alpha = static_cast<double>(config.rank);  // the scales stand in the values
  AdapterConfig written{config, ModuleChoice(module_names_of(sources, pairs))};
  written.task = sources[0].config.task;
  check_adapter_config(written);
  std::vector<SavedValues> tensors;
  for (auto& [path, pair] : pairs) {
    Pair wide = widened(pair, config.rank);
    tensors.push_back({kPrefix + path + kA, {wide.rank, wide.in}, std::move(wide.a)});
    tensors.push_back({kPrefix + path + kB, {wide.out, wide.rank}, std::move(wide.b)});
  }
  save_adapter_values(written, tensors, options.dir, options.base_model_name);
}

}  // namespace neiro
