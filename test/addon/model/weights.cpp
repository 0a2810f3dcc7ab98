// Weights on their way from file to memory: mapped or converted, checked, quantised like a tensor
// alone would be.
#include "model/weights.h"

#include <limits>
#include <map>

#include "check.h"
#include "formats/int8_rows.h"
#include "formats/matrix.h"
#include "formats/nf4.h"
#include "model/families/families.h"
#include "on_device.h"
#include "safetensors_bytes.h"
#include "tiny_model.h"

using namespace neiro;

namespace {

struct Loaded {
  explicit Loaded(const TempFolder& folder, BaseQuantization quantization,
                  int64_t tokens = kEveryToken)
      : files(folder.path()), model(parse_config(files.config())) {
    stored = find_weights(model, files);
    stored.tokens = tokens;
    PlannedMemory counting(*on.device);
    place(counting, quantization);
    memory = std::make_unique<PlannedMemory>(*on.device, counting.size());
    mapped = place(*memory, quantization);
    load_weights(*on.device, on.pool, model, stored, scratch);
  }
  int64_t place(PlannedMemory& target, BaseQuantization quantization) {
    const int64_t bytes = place_weights(target, *on.device, model, stored, quantization);
    scratch = place_load_scratch(target, model, stored, quantization);
    return bytes;
  }
  std::vector<float> values_of(const Matrix& matrix) { return on.read(matrix); }

  OnDevice on;
  ModelFiles files;
  Model model;
  StoredWeights stored;
  LoadScratch scratch;
  std::unique_ptr<PlannedMemory> memory;
  int64_t mapped = 0;
};

// The bytes of the blocks as they lie on the device are those of quantising `values` alone.
void check_nf4(Loaded& loaded, const Matrix& matrix, const std::vector<float>& values) {
  const int64_t n = matrix.elements();
  std::vector<uint8_t> packed((n + 1) / 2), absmax_q(nf4_blocks(n));
  std::vector<float> absmax2(nf4_scale_blocks(n)), absmax(nf4_blocks(n));
  const float offset =
      quantize_nf4(loaded.on.pool, values.data(), n,
                   {packed.data(), absmax_q.data(), absmax2.data(), absmax.data()});
  const Device& device = *loaded.on.device;
  CHECK(downloaded(device, matrix.data.as<uint8_t>(), (n + 1) / 2) == packed);
  CHECK(downloaded(device, matrix.nf4.absmax_q, nf4_blocks(n)) == absmax_q);
  CHECK(downloaded(device, matrix.nf4.absmax2, nf4_scale_blocks(n)) == absmax2);
  CHECK(offset == matrix.nf4.offset);
}

std::vector<float> stored_values(const Loaded& loaded, const std::string& name) {
  const Tensor& tensor = loaded.files.tensor(name);
  return {tensor.as<float>(), tensor.as<float>() + tensor.elements()};
}

// Replaces one tensor of a tiny model, or with no values leaves it out.
void write_with(const TempFolder& folder, const TinyModel& m, const TensorSpec& other,
                const std::vector<float>* values) {
  folder.write("config.json", tiny_config(m));
  std::vector<TensorSpec> specs = tiny_tensors(m), kept;
  for (const TensorSpec& spec : specs) {
    if (spec.name == other.name && values == nullptr) continue;
    kept.push_back(spec.name == other.name ? other : spec);
  }
  SafetensorsWriter writer(folder.path("model.safetensors"), kept);
  for (const TensorSpec& spec : kept) {
    const std::vector<float> own = spec.name == other.name ? *values : tiny_values(spec, {}, 1);
    writer.write(own.data(), static_cast<int64_t>(own.size() * sizeof(float)));
  }
  writer.commit();
}

struct Extra {
  TensorSpec spec;
  std::vector<float> values;
};

// A tiny model with other names for some of its tensors, and perhaps one tensor more.
void write_renamed(const TempFolder& folder, const TinyModel& m,
                   const std::map<std::string, std::string>& names, const Extra& extra = {}) {
  folder.write("config.json", tiny_config(m));
  const std::vector<TensorSpec> own = tiny_tensors(m);
  std::vector<TensorSpec> specs = own;
  for (TensorSpec& spec : specs) {
    if (const auto found = names.find(spec.name); found != names.end()) spec.name = found->second;
  }
  if (!extra.values.empty()) specs.push_back(extra.spec);
  SafetensorsWriter writer(folder.path("model.safetensors"), specs);
  for (size_t i = 0; i < specs.size(); ++i) {
    const std::vector<float> values = i < own.size() ? tiny_values(own[i], m, i) : extra.values;
    writer.write(values.data(), static_cast<int64_t>(values.size() * sizeof(float)));
  }
  writer.commit();
}

constexpr const char* kQ = "model.layers.1.self_attn.q_proj.weight";

}  // namespace

TEST(weights_stored_as_they_are_stay_mapped) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Loaded loaded(folder, BaseQuantization::kNone);
  const Matrix& q = loaded.model.layers[1].attention.q.w;
  const bool reads_files = loaded.on.device->shares_host_memory();
  if (reads_files) CHECK(q.data == loaded.on.device->adopt(loaded.files.tensor(kQ).data));
  CHECK(q.dtype == DType::kF32);
  CHECK(loaded.values_of(q) == stored_values(loaded, kQ));
  // every matrix is mapped, every vector is not; a device with memory of its own maps nothing
  int64_t matrices = 0;
  for (const Tensor& tensor : loaded.files.tensors()) {
    if (tensor.shape.size() == 2) matrices += tensor.bytes;
  }
  CHECK(loaded.mapped == (reads_files ? matrices : 0));
}

TEST(weights_bf16_rounds_every_matrix) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Loaded loaded(folder, BaseQuantization::kBF16);
  CHECK(loaded.mapped == 0);
  for (const Matrix* matrix : {&loaded.model.layers[1].attention.q.w, &loaded.model.embedding}) {
    CHECK(matrix->dtype == DType::kBF16);
  }
  const std::vector<float> ours = loaded.values_of(loaded.model.layers[1].attention.q.w);
  const std::vector<float> theirs = stored_values(loaded, kQ);
  for (size_t i = 0; i < ours.size(); ++i) {
    CHECK(ours[i] == bf16_to_float(float_to_bf16(theirs[i])));
  }
}

// Only the linear layers of the blocks, each as if quantised alone.
TEST(weights_nf4_is_the_block_format_tensor_by_tensor) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Loaded loaded(folder, BaseQuantization::kNF4);
  CHECK(loaded.model.embedding.dtype == DType::kF32 && loaded.model.head.w.dtype == DType::kF32);
  const Matrix& q = loaded.model.layers[1].attention.q.w;
  CHECK(q.dtype == DType::kNF4);
  const std::vector<float> values = stored_values(loaded, kQ);
  check_nf4(loaded, q, values);
}

TEST(weights_int8_is_rows_with_a_scale_each) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Loaded loaded(folder, BaseQuantization::kInt8);
  CHECK(loaded.model.embedding.dtype == DType::kF32 && loaded.model.head.w.dtype == DType::kF32);
  const Matrix& q = loaded.model.layers[1].attention.q.w;
  CHECK(q.dtype == DType::kInt8);
  const std::vector<float> values = stored_values(loaded, kQ);
  std::vector<int8_t> codes(values.size());
  std::vector<float> absmax(static_cast<size_t>(q.rows));
  quantize_int8(loaded.on.pool, values.data(), q.rows, q.cols, codes.data(), absmax.data());
  const Device& device = *loaded.on.device;
  CHECK(downloaded(device, q.data.as<int8_t>(), q.elements()) == codes);
  CHECK(downloaded(device, q.row_absmax, q.rows) == absmax);
}

TEST(weights_nf4_of_half_precision_files_uses_scratch) {
  // The golden model in BF16: its NF4 must be that of the widened values.
  const TempFolder folder;
  const TinyModel tiny;
  folder.write("config.json", tiny_config(tiny));
  std::vector<TensorSpec> specs = tiny_tensors(tiny);
  for (TensorSpec& spec : specs) spec.type = DType::kBF16;
  SafetensorsWriter writer(folder.path("model.safetensors"), specs);
  for (size_t i = 0; i < specs.size(); ++i) {
    for (const float value : tiny_values(specs[i], {}, i)) {
      const uint16_t half = float_to_bf16(value);
      writer.write(&half, 2);
    }
  }
  writer.commit();
  Loaded loaded(folder, BaseQuantization::kNF4);
  const Matrix& up = loaded.model.layers[2].mlp.up.w;
  const Tensor& tensor = loaded.files.tensor("model.layers.2.mlp.up_proj.weight");
  std::vector<float> widened(static_cast<size_t>(up.elements()));
  for (size_t i = 0; i < widened.size(); ++i) widened[i] = bf16_to_float(tensor.as<uint16_t>()[i]);
  check_nf4(loaded, up, widened);
  CHECK(loaded.stored.type == DType::kBF16);
}

TEST(weights_a_tied_head_is_the_embedding) {
  const TempFolder folder;
  write_tiny_model(folder, {.tied = true});
  Loaded loaded(folder, BaseQuantization::kNone);
  CHECK(loaded.model.head.w.data == loaded.model.embedding.data);
}

// The file is believed beside the config.
TEST(weights_a_head_of_its_own_is_read_whatever_the_config_says) {
  const TempFolder own, twice;
  const std::vector<float> values(41 * 20, 0.25f);
  write_renamed(own, {.tied = true}, {}, {{"lm_head.weight", DType::kF32, {41, 20}}, values});
  Loaded loaded(own, BaseQuantization::kNone);
  CHECK(!loaded.model.config.tied_head);
  CHECK(loaded.values_of(loaded.model.head.w) == values);
  CHECK(loaded.stored.unread.empty());
  // the same values once more are no head of its own
  const std::vector<float> embedding =
      tiny_values({"model.embed_tokens.weight", DType::kF32, {41, 20}}, {}, 0);
  write_renamed(twice, {.tied = true}, {}, {{"lm_head.weight", DType::kF32, {41, 20}}, embedding});
  CHECK(Loaded(twice, BaseQuantization::kNone).model.config.tied_head);
}

TEST(weights_a_tied_pair_may_stand_under_the_name_of_the_head) {
  const TempFolder folder;
  write_renamed(folder, {.tied = true}, {{"model.embed_tokens.weight", "lm_head.weight"}});
  Loaded loaded(folder, BaseQuantization::kNone);
  CHECK(loaded.model.config.tied_head);
  CHECK(loaded.values_of(loaded.model.embedding) == stored_values(loaded, "lm_head.weight"));
  const TempFolder untied;
  write_renamed(untied, {}, {{"model.embed_tokens.weight", "x"}});
  CHECK_ERROR("TENSOR_MISSING", Loaded(untied, BaseQuantization::kNone));
}

TEST(weights_saved_without_their_prefix_are_found) {
  const TempFolder folder, mixed;
  std::map<std::string, std::string> names;
  for (const TensorSpec& spec : tiny_tensors({.tied = true}))
    names[spec.name] = spec.name.substr(6);
  write_renamed(folder, {.tied = true}, names);
  Loaded loaded(folder, BaseQuantization::kNone);
  CHECK(loaded.stored.unread.empty());
  CHECK(loaded.values_of(loaded.model.layers[1].attention.q.w) ==
        stored_values(loaded, "layers.1.self_attn.q_proj.weight"));
  // one name without it among others with it is another tensor
  names.erase(kQ);
  write_renamed(mixed, {.tied = true}, names);
  CHECK_ERROR("TENSOR_MISSING", Loaded(mixed, BaseQuantization::kNone));
}

TEST(weights_that_nothing_asks_for_are_named) {
  const TempFolder folder;
  const std::vector<float> values(4, 1.0f);
  write_renamed(folder, {}, {},
                {{"model.layers.0.self_attn.q_proj.bias", DType::kF32, {4}}, values});
  Loaded loaded(folder, BaseQuantization::kNone);
  CHECK(loaded.stored.unread == std::vector<std::string>{"model.layers.0.self_attn.q_proj.bias"});
  const TempFolder derived;
  write_renamed(derived, {}, {},
                {{"model.layers.0.self_attn.rotary_emb.inv_freq", DType::kF32, {4}}, values});
  CHECK(Loaded(derived, BaseQuantization::kNone).stored.unread.empty());
}

// As MLX leaves them: the header is as long as it is.
TEST(weights_off_their_alignment_are_read_however_they_are_held) {
  const TempFolder even, odd;
  write_tiny_model(even, {});
  const std::string bytes = even.read("model.safetensors");
  const uint64_t length = static_cast<unsigned char>(bytes[0]) |
                          static_cast<uint64_t>(static_cast<unsigned char>(bytes[1])) << 8 |
                          static_cast<uint64_t>(static_cast<unsigned char>(bytes[2])) << 16;
  odd.write("config.json", tiny_config({}));
  odd.write("model.safetensors",
            safetensors_bytes(bytes.substr(8, length) + " ", bytes.substr(8 + length)));
  for (const BaseQuantization held : {BaseQuantization::kNone, BaseQuantization::kBF16,
                                      BaseQuantization::kInt8, BaseQuantization::kNF4}) {
    Loaded there(even, held), here(odd, held);
    CHECK(!here.files.tensor(kQ).aligned());
    CHECK(here.mapped == 0);
    CHECK(here.values_of(here.model.layers[1].attention.q.w) ==
          there.values_of(there.model.layers[1].attention.q.w));
    CHECK(here.values_of(here.model.embedding) == there.values_of(there.model.embedding));
  }
}

// Rows that were never initialised, because no token uses them.
TEST(weights_void_rows_of_a_vocabulary_are_zeros_and_cannot_be_used) {
  const TempFolder folder;
  std::vector<float> values(41 * 20, 0.5f);
  values[37 * 20 + 3] = std::numeric_limits<float>::quiet_NaN();
  values[40 * 20] = INFINITY;
  for (const char* name : {"model.embed_tokens.weight", "lm_head.weight"}) {
    write_with(folder, {}, {name, DType::kF32, {41, 20}}, &values);
    for (const BaseQuantization held : {BaseQuantization::kNone, BaseQuantization::kBF16}) {
      Loaded loaded(folder, held, 37);
      CHECK((loaded.model.void_tokens == std::vector<int32_t>{37, 40}));
      const bool head = std::string(name) == "lm_head.weight";
      const std::vector<float> read =
          loaded.values_of(head ? loaded.model.head.w : loaded.model.embedding);
      CHECK(read[37 * 20] == 0 && read[37 * 20 + 3] == 0 && read[40 * 20 + 19] == 0);
      CHECK(read[36 * 20] == 0.5f && read[38 * 20] == 0.5f);
      check_readable(loaded.model, loaded.stored, {1, 36, 38, 39});
      CHECK_ERROR("NOT_FINITE_WEIGHTS", check_readable(loaded.model, loaded.stored, {1, 40}));
      // a token has the row
      CHECK_ERROR("NOT_FINITE_WEIGHTS", Loaded(folder, held, 38));
      CHECK_ERROR("NOT_FINITE_WEIGHTS", Loaded(folder, held));
    }
  }
}

TEST(weights_of_another_shape_or_missing_are_refused) {
  const TensorSpec other{kQ, DType::kF32, {20, 24}};
  const std::vector<float> values(480, 0.5f);
  const TempFolder wrong, missing;
  write_with(wrong, {}, other, &values);
  CHECK_ERROR("TENSOR_SHAPE", Loaded(wrong, BaseQuantization::kNone));
  write_with(missing, {}, other, nullptr);
  CHECK_ERROR("TENSOR_MISSING", Loaded(missing, BaseQuantization::kNone));
}

TEST(weights_of_a_type_that_is_no_float_are_refused) {
  const TempFolder folder;
  const std::vector<float> values(480, 0.5f);
  write_with(folder, {}, {kQ, DType::kI32, {24, 20}}, &values);
  CHECK_ERROR("UNSUPPORTED_DTYPE", Loaded(folder, BaseQuantization::kNone));
}

TEST(weights_that_are_not_finite_are_refused_however_they_are_held) {
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), INFINITY}) {
    const TempFolder folder;
    std::vector<float> values(480, 0.5f);
    values[333] = bad;
    write_with(folder, {}, {kQ, DType::kF32, {24, 20}}, &values);
    for (const BaseQuantization held : {BaseQuantization::kNone, BaseQuantization::kBF16,
                                        BaseQuantization::kInt8, BaseQuantization::kNF4}) {
      CHECK_ERROR("NOT_FINITE_WEIGHTS", Loaded(folder, held));
    }
  }
}
