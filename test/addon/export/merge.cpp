// Merged models: every weight by its formula, in each stored type, and nothing written twice.
#include "export/merge.h"

#include <cmath>

#include "adapters/support.h"
#include "check.h"
#include "formats/matrix.h"

using namespace neiro;

namespace {

// Values of an adapter's tensor by its name.
std::vector<float> adapter_values(Adapted& adapted, const std::string& name) {
  for (const TensorSlot& slot : adapted.adapter.slots()) {
    if (slot.name == "base_model.model." + name) return adapted.values_of(slot);
  }
  return {};
}

// W + scale * B A of a matrix of the model, in double.
std::vector<double> merged(Adapted& adapted, const LinearLayer& place) {
  const Linear& linear = *place.linear;
  const std::vector<float> w = adapted.on.read(linear.w);
  std::vector<double> sum(w.begin(), w.end());
  if (linear.adapter == nullptr) return sum;
  const LoraConfig& lora = std::get<LoraConfig>(adapted.adapter.config().kind);
  const std::vector<float> a = adapter_values(adapted, place.path + ".lora_A.weight");
  const std::vector<float> b = adapter_values(adapted, place.path + ".lora_B.weight");
  for (int64_t o = 0; o < linear.out(); ++o) {
    for (int64_t i = 0; i < linear.in(); ++i) {
      for (int64_t r = 0; r < lora.rank; ++r) {
        sum[static_cast<size_t>(o * linear.in() + i)] +=
            static_cast<double>(lora.scale()) * b[static_cast<size_t>(o * lora.rank + r)] *
            a[static_cast<size_t>(r * linear.in() + i)];
      }
    }
  }
  return sum;
}

void check_layer(Adapted& adapted, const SafetensorsFile& file) {
  for (const LinearLayer& place : linear_layers(adapted.model)) {
    if (place.path.rfind("model.layers.1.", 0) != 0) continue;
    const Tensor& tensor = file.tensor(place.path + ".weight");
    const std::vector<double> expected = merged(adapted, place);
    CHECK(tensor.elements() == static_cast<int64_t>(expected.size()));
    for (size_t i = 0; i < expected.size(); ++i) {
      CHECK_NEAR(tensor.as<float>()[i], expected[i], 1e-6);
    }
  }
}

}  // namespace

TEST(merge_adds_the_product_to_targeted_weights_only) {
  const TempFolder folder, out;
  write_tiny_model(folder, {.family = "qwen3"});
  for (const BaseQuantization held :
       {BaseQuantization::kNone, BaseQuantization::kBF16, BaseQuantization::kNF4}) {
    Adapted adapted(folder, small_lora(), held);
    adapted.stir();
    save_merged(adapted.device(), adapted.model, out.path("merged"), DType::kF32);
    const SafetensorsFile file(out.path("merged/model.safetensors"));
    CHECK((file.metadata() == TensorMetadata{{"format", "pt"}}));
    check_layer(adapted, file);
    // names and shapes are those of the model it came from
    CHECK(file.tensors().size() == adapted.files.tensors().size());
    for (const Tensor& tensor : adapted.files.tensors()) {
      CHECK(file.tensor(tensor.name).shape == tensor.shape);
    }
    if (held == BaseQuantization::kNone) {
      const Tensor& norm = file.tensor("model.layers.2.self_attn.k_norm.weight");
      const Tensor& original = adapted.files.tensor(norm.name);
      CHECK(std::equal(norm.data, norm.data + norm.bytes, original.data));
    }
  }
}

TEST(merge_rounds_to_nearest_in_half_precision) {
  const TempFolder folder, out;
  write_tiny_model(folder, {});
  Adapted adapted(folder, small_lora());
  adapted.stir();
  save_merged(adapted.device(), adapted.model, out.path("f32"), DType::kF32);
  save_merged(adapted.device(), adapted.model, out.path("bf16"), DType::kBF16);
  save_merged(adapted.device(), adapted.model, out.path("f16"), DType::kF16);
  const SafetensorsFile f32(out.path("f32/model.safetensors"));
  const SafetensorsFile bf16(out.path("bf16/model.safetensors"));
  const SafetensorsFile f16(out.path("f16/model.safetensors"));
  for (const Tensor& tensor : f32.tensors()) {
    CHECK(bf16.tensor(tensor.name).type == DType::kBF16);
    for (int64_t i = 0; i < tensor.elements(); ++i) {
      const float value = tensor.as<float>()[i];
      CHECK(bf16.tensor(tensor.name).as<uint16_t>()[i] == float_to_bf16(value));
      CHECK(f16.tensor(tensor.name).as<uint16_t>()[i] == float_to_f16(value));
    }
  }
}

TEST(merge_writes_a_tied_head_once) {
  const TempFolder folder, out;
  write_tiny_model(folder, {.tied = true});
  Adapted adapted(folder, small_lora());
  save_merged(adapted.device(), adapted.model, out.path("merged"), DType::kF32);
  const SafetensorsFile file(out.path("merged/model.safetensors"));
  CHECK(file.find("lm_head.weight") == nullptr);
  CHECK(file.find("model.embed_tokens.weight") != nullptr);
}

TEST(merge_into_a_file_is_refused) {
  const TempFolder folder, out;
  write_tiny_model(folder, {});
  Adapted adapted(folder, small_lora());
  out.write("taken", "a file");
  try {
    save_merged(adapted.device(), adapted.model, out.path("taken"), DType::kF32);
    CHECK(false);
  } catch (const Error&) {
  }
  CHECK(out.read("taken") == "a file");
}
