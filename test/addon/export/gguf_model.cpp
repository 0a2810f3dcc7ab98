// The tuned model as a GGUF file: what is written is the merged weights, renamed, in llama.cpp's
// order, in the format of its kind; what llama.cpp would compute otherwise is refused.
#include "export/gguf_model.h"

#include <cmath>
#include <cstring>
#include <map>

#include "adapters/support.h"
#include "check.h"
#include "export/gguf_adapter.h"
#include "export/merge.h"
#include "formats/ggml_blocks.h"
#include "formats/matrix.h"
#include "io/safetensors.h"
#include "model/families/to_gguf.h"

using namespace neiro;

namespace {

// A reader of its own, straight through the bytes: enough for what we write.
struct Written {
  struct Place {
    std::vector<int64_t> shape;  // row-major
    uint32_t type = 0;
    uint64_t offset = 0;
  };
  std::string bytes;
  size_t at = 0, data = 0;
  std::map<std::string, Place> tensors;
  std::map<std::string, std::string> texts;
  std::map<std::string, uint32_t> numbers;

  explicit Written(std::string given) : bytes(std::move(given)), at(8) {
    const uint64_t count = number<uint64_t>(), entries = number<uint64_t>();
    for (uint64_t i = 0; i < entries; ++i) entry();
    for (uint64_t i = 0; i < count; ++i) {
      const std::string name = text();
      Place place;
      const uint32_t dimensions = number<uint32_t>();
      for (uint32_t d = 0; d < dimensions; ++d) {
        place.shape.insert(place.shape.begin(), static_cast<int64_t>(number<uint64_t>()));
      }
      place.type = number<uint32_t>();
      place.offset = number<uint64_t>();
      tensors[name] = place;
    }
    data = (at + 31) / 32 * 32;
  }
  template <class T>
  T number() {
    T value;
    std::memcpy(&value, bytes.data() + at, sizeof(value));
    at += sizeof(value);
    return value;
  }
  std::string text() {
    const uint64_t size = number<uint64_t>();
    at += size;
    return bytes.substr(at - size, size);
  }
  void entry() {
    const std::string key = text();
    const uint32_t type = number<uint32_t>();
    CHECK(type == 4 || type == 6 || type == 7 || type == 8);
    if (type == 8) {
      texts[key] = text();
    } else if (type == 7) {
      ++at;
    } else {
      numbers[key] = number<uint32_t>();
    }
  }
  std::vector<float> values(const std::string& name) const {
    const Place& place = tensors.at(name);
    int64_t n = 1;
    for (const int64_t size : place.shape) n *= size;
    std::vector<float> values(static_cast<size_t>(n));
    const char* from = bytes.data() + data + place.offset;
    const DType type = *gguf::dtype_of(place.type);
    if (ggml_blocks(type)) {
      decode_ggml<HostMatrix>(type, from, 0, n, values.data());
    } else {
      const HostMatrix matrix{type, 1, n, from, {}};
      matrix_row(matrix, 0, 0, n, values.data());
    }
    return values;
  }
};

Written saved(Adapted& adapted, const TempFolder& out, GgufKind kind) {
  ThreadPool pool(2);
  save_gguf(adapted.device(), pool, adapted.model, out.path("model.gguf"), kind,
            {{"general.name", std::string("試し")}});
  return Written(out.read("model.gguf"));
}

// The merged values of a tensor, by its name in a folder of Transformers.
std::vector<float> merged(Adapted& adapted, const TempFolder& out, const std::string& name) {
  save_merged(adapted.device(), adapted.model, out.path("merged"), DType::kF32);
  const SafetensorsFile file(out.path("merged/model.safetensors"));
  const Tensor& tensor = file.tensor(name);
  return {tensor.as<float>(), tensor.as<float>() + tensor.elements()};
}

std::string refusal(const ModelConfig& config) {
  try {
    gguf_family(config);
  } catch (const Error& error) {
    return error.code + (error.details.count("field") ? " " + error.details.at("field") : "");
  }
  return "";
}

}  // namespace

TEST(gguf_holds_the_merged_weights_in_llama_cpps_order) {
  const TempFolder folder, out;
  write_tiny_model(folder, {});
  Adapted adapted(folder, small_lora());
  adapted.stir();
  const Written file = saved(adapted, out, GgufKind::kF32);
  const ModelConfig& config = adapted.model.config;
  CHECK(file.texts.at("general.architecture") == "llama");
  CHECK(file.texts.at("general.name") == "試し");
  CHECK(file.numbers.at("llama.block_count") == static_cast<uint32_t>(config.layers));
  CHECK(file.numbers.at("llama.attention.head_count_kv") == static_cast<uint32_t>(config.kv_heads));
  // rows of q pair what is rotated together; v and o are as they are
  const std::vector<float> q = merged(adapted, out, "model.layers.1.self_attn.q_proj.weight");
  const std::vector<float> written = file.values("blk.1.attn_q.weight");
  const int64_t C = config.hidden_size, half = config.head_dim / 2;
  for (int64_t head = 0; head < config.heads; ++head) {
    for (int64_t i = 0; i < half; ++i) {
      for (int64_t part = 0; part < 2; ++part) {
        const int64_t to = head * config.head_dim + 2 * i + part;
        const int64_t from = head * config.head_dim + part * half + i;
        CHECK(std::memcmp(&written[static_cast<size_t>(to * C)], &q[static_cast<size_t>(from * C)],
                          static_cast<size_t>(C) * 4) == 0);
      }
    }
  }
  CHECK(file.values("blk.1.attn_v.weight") ==
        merged(adapted, out, "model.layers.1.self_attn.v_proj.weight"));
  CHECK(file.values("output_norm.weight") == merged(adapted, out, "model.norm.weight"));
  CHECK(file.tensors.size() == tensor_slots(adapted.model).size());
}

TEST(gguf_kinds_round_as_their_formats_do) {
  const TempFolder folder, out;
  write_tiny_model(folder, {.family = "qwen3"});
  Adapted adapted(folder, small_lora());
  adapted.stir();
  const std::vector<float> exact = merged(adapted, out, "model.layers.0.mlp.down_proj.weight");
  const auto error = [&](GgufKind kind) {
    const std::vector<float> values = saved(adapted, out, kind).values("blk.0.ffn_down.weight");
    double sum = 0, squares = 0;
    for (size_t i = 0; i < exact.size(); ++i) {
      sum += std::pow(values[i] - exact[i], 2);
      squares += std::pow(exact[i], 2);
    }
    return std::sqrt(sum / squares);
  };
  CHECK(error(GgufKind::kF32) == 0);
  CHECK(error(GgufKind::kF16) < 5e-4);
  CHECK(error(GgufKind::kBF16) < 4e-3);
  CHECK(error(GgufKind::kQ8_0) < 1e-2);
  CHECK(error(GgufKind::kQ4_0) < 0.12);
  CHECK(error(GgufKind::kQ4_K_M) < 0.1);
}

TEST(gguf_bytes_are_said_before_they_are_written) {
  const TempFolder folder, out;
  write_tiny_model(folder, {.family = "qwen2"});
  Adapted adapted(folder, small_lora());
  for (const GgufKind kind : {GgufKind::kF16, GgufKind::kQ8_0, GgufKind::kQ4_K_M}) {
    const Written file = saved(adapted, out, kind);
    const int64_t data = static_cast<int64_t>(file.bytes.size() - file.data);
    const int64_t said = gguf_bytes(adapted.model, kind);
    CHECK(said <= data && data <= said + 32 * static_cast<int64_t>(file.tensors.size()));
  }
}

TEST(gguf_that_is_cancelled_leaves_nothing) {
  const TempFolder folder, out;
  write_tiny_model(folder, {});
  Adapted adapted(folder, small_lora());
  ThreadPool pool(1);
  const std::atomic<bool> cancelled{true};
  try {
    save_gguf(adapted.device(), pool, adapted.model, out.path("model.gguf"), GgufKind::kQ8_0, {},
              &cancelled);
    CHECK(false);
  } catch (const Error& error) {
    CHECK(error.code == "CANCELLED");
  }
  CHECK(std::filesystem::is_empty(out.path("")));
}

TEST(gguf_adapter_says_its_strength_and_order_as_llama_cpp_reads_them) {
  const TempFolder folder, out;
  write_tiny_model(folder, {});
  AdapterConfig config = small_lora();
  std::get<LoraConfig>(config.kind).rs_lora = true;
  Adapted adapted(folder, config);
  adapted.stir();
  save_gguf_adapter(adapted.device(), adapted.model, adapted.adapter, out.path("adapter.gguf"), {});
  const Written file(out.read("adapter.gguf"));
  CHECK(file.texts.at("general.type") == "adapter" && file.texts.at("adapter.type") == "lora");
  const LoraConfig& lora = std::get<LoraConfig>(config.kind);
  float alpha;
  std::memcpy(&alpha, &file.numbers.at("adapter.lora.alpha"), sizeof(alpha));
  CHECK_NEAR(alpha, lora.alpha * std::sqrt(static_cast<double>(lora.rank)), 1e-5);
  // base + alpha / r * B A is the merged weight, in the file's order of rows
  const std::string name = "blk.1.attn_q.weight";
  const std::vector<float> a = file.values(name + ".lora_a"), b = file.values(name + ".lora_b");
  const Written whole = saved(adapted, out, GgufKind::kF32);
  const std::vector<float> tuned = whole.values(name);
  for (LinearLayer& layer : linear_layers(adapted.model)) layer.linear->adapter = nullptr;
  const std::vector<float> base = saved(adapted, out, GgufKind::kF32).values(name);
  const int64_t in = adapted.model.config.hidden_size, r = lora.rank;
  for (int64_t o = 0; o < adapted.model.config.query_size(); ++o) {
    for (int64_t i = 0; i < in; ++i) {
      double sum = base[static_cast<size_t>(o * in + i)];
      for (int64_t k = 0; k < r; ++k) {
        sum += alpha / static_cast<double>(r) * b[static_cast<size_t>(o * r + k)] *
               a[static_cast<size_t>(k * in + i)];
      }
      CHECK_NEAR(tuned[static_cast<size_t>(o * in + i)], sum, 1e-5);
    }
  }
}

TEST(gguf_adapter_of_another_kind_is_refused_by_name) {
  const TempFolder folder, out;
  write_tiny_model(folder, {});
  AdapterConfig config = small_lora();
  std::get<LoraConfig>(config.kind).dora = true;
  Adapted adapted(folder, config);
  try {
    save_gguf_adapter(adapted.device(), adapted.model, adapted.adapter, out.path("a.gguf"), {});
    CHECK(false);
  } catch (const Error& error) {
    CHECK(error.code == "GGUF_ADAPTER");
  }
}

TEST(gguf_refuses_what_llama_cpp_would_compute_otherwise) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Adapted adapted(folder, small_lora());
  const ModelConfig good = adapted.model.config;
  const auto changed = [&](auto change) {
    ModelConfig config = good;
    change(config);
    return refusal(config);
  };
  CHECK(refusal(good) == "");
  CHECK(changed([](ModelConfig& c) { c.family = "olmo9"; }) == "GGUF_FAMILY");
  CHECK(changed([](ModelConfig& c) { c.activation = Activation::kGelu; }) ==
        "GGUF_OTHERWISE hidden_act");
  CHECK(changed([](ModelConfig& c) { c.attention_scale *= 2; }) ==
        "GGUF_OTHERWISE query_pre_attn_scalar");
  CHECK(changed([](ModelConfig& c) { c.residual_scale = 0.5f; }) ==
        "GGUF_OTHERWISE residual_multiplier");
  CHECK(changed([](ModelConfig& c) { c.logit_soft_cap = 30; }) ==
        "GGUF_OTHERWISE final_logit_softcapping");
  CHECK(changed([](ModelConfig& c) { c.rotary /= 2; }) == "GGUF_OTHERWISE partial_rotary_factor");
  CHECK(changed([](ModelConfig& c) { c.score.labels = 3; }) == "NO_LANGUAGE_HEAD");
  CHECK(changed([](ModelConfig& c) {
          c.family = "gemma2";
          c.activation = Activation::kGeluTanh;
        }) != "");
  CHECK(changed([](ModelConfig& c) {
          c.family = "qwen3";
          c.qkv_bias = true;
        }) == "GGUF_OTHERWISE attention_bias");
}

TEST(gguf_context_ends_where_a_window_would_begin) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Adapted adapted(folder, small_lora());
  ModelConfig config = adapted.model.config;
  const GgufFamily& family = gguf_family(config);
  CHECK(gguf_context(family, config) == config.max_position_embeddings);
  config.windows.assign(config.windows.size(), 17);
  CHECK(gguf_context(family, config) == 17);
}
