// Weights on their way from file to memory: mapped or converted, checked, quantised like a tensor
// alone would be.
#include "model/weights.h"

#include <limits>

#include "check.h"
#include "formats/matrix.h"
#include "formats/nf4.h"
#include "model/families/families.h"
#include "on_device.h"
#include "tiny_model.h"

using namespace neiro;

namespace {

struct Loaded {
  explicit Loaded(const TempFolder& folder, BaseQuantization quantization)
      : files(folder.path()), model(parse_config(files.config())) {
    stored = find_weights(model, files);
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
    for (const BaseQuantization held :
         {BaseQuantization::kNone, BaseQuantization::kBF16, BaseQuantization::kNF4}) {
      CHECK_ERROR("NOT_FINITE_WEIGHTS", Loaded(folder, held));
    }
  }
}
