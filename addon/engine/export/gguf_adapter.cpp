// A and B by their layers, under the names of the base's tensors.
#include "export/gguf_adapter.h"

#include <cstdint>

#include "adapters/low_rank.h"
#include "backend/transfer.h"
#include "core/error.h"
#include "export/gguf_form.h"
#include "export/gguf_model.h"
#include "model/families/to_gguf.h"
#include "model/gguf_names.h"

namespace neiro {
namespace {

std::vector<float> values_of(const Device& device, const Matrix& matrix) {
  return downloaded(device, DevicePtr<const float>(matrix.floats()), matrix.elements());
}

int64_t bytes_of(const std::vector<float>& values) {
  return static_cast<int64_t>(values.size() * sizeof(float));
}

bool rotates(const std::string& name) {
  return name.ends_with("attn_q.weight") || name.ends_with("attn_k.weight");
}

// What llama.cpp divides by a pair's rank to get its scale.
float alpha_of(const LowRank& pair) { return pair.scale() * static_cast<float>(pair.rank()); }

}  // namespace

void save_gguf_adapter(const Device& device, const Model& model, Adapter& adapter,
                       const std::string& file, const std::vector<GgufEntry>& given) {
  const ModelConfig& config = model.config;
  const GgufFamily& family = gguf_family(config);
  if (!adapter.only_layers()) throw Error("GGUF_ADAPTER", {{"kind", describe(adapter.config())}});
  struct Pair {
    std::string name;
    const LowRank* values;
    GgufValues form;
  };
  std::vector<Pair> pairs;
  std::vector<TensorSpec> specs;
  for (const Adapter::LayerPlace& place : adapter.layers()) {
    const LowRank* pair = place.layer->plain_pair();
    if (pair == nullptr) throw Error("GGUF_ADAPTER", {{"kind", describe(adapter.config())}});
    const std::string name = gguf_name(config.names, place.name + ".weight");
    pairs.push_back({name, pair, gguf_form(config, place.name + ".weight", false)});
    specs.push_back({name + ".lora_a", DType::kF32, {pair->rank(), pair->in()}});
    specs.push_back({name + ".lora_b", DType::kF32, {pair->out(), pair->rank()}});
  }
  if (pairs.empty()) throw Error("GGUF_ADAPTER", {{"kind", describe(adapter.config())}});
  // One strength stands in the file; a layer with another one has the difference in its B.
  // (0 would be read as "as it is".)
  const float first = alpha_of(*pairs.front().values);
  const float alpha = first != 0 ? first : static_cast<float>(pairs.front().values->rank());
  std::vector<GgufEntry> entries = {{"general.architecture", std::string(family.architecture)},
                                    {"general.type", std::string("adapter")},
                                    {"adapter.type", std::string("lora")},
                                    {"adapter.lora.alpha", alpha}};
  entries.insert(entries.end(), given.begin(), given.end());

  GgufWriter writer(file, entries, specs);
  for (const Pair& pair : pairs) {
    std::vector<float> a = values_of(device, pair.values->a());
    GgufValues form_of_a, form_of_b;
    form_of_a.columns = pair.form.columns;
    form_of_b.rows = pair.form.rows;
    into_gguf_form(form_of_a, pair.values->rank(), pair.values->in(), a);
    writer.write(a.data(), bytes_of(a));
    std::vector<float> b = values_of(device, pair.values->b());
    if (const float own = alpha_of(*pair.values); own != alpha) {
      for (float& value : b) value *= own / alpha;
    }
    if (family.pairs_rows && rotates(pair.name)) {
      std::vector<float> paired(b.size());
      pair_rows(b.data(), pair.values->out(), pair.values->rank(), config.head_dim, paired.data());
      b = std::move(paired);
    }
    into_gguf_form(form_of_b, pair.values->out(), pair.values->rank(), b);
    writer.write(b.data(), bytes_of(b));
  }
  writer.commit();
}

}  // namespace neiro
