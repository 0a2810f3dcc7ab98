// Arguments in, one engine call, arrays out.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "convert.h"
#include "core/option.h"
#include "formats/int8_rows.h"
#include "formats/nf4.h"
#include "formats/quantise_blocks.h"
#include "model/sampler.h"
#include "objectives/batch.h"
#include "proofs.h"
#include "worker.h"

namespace neiro::binding {
namespace {

struct Nf4Result {
  std::vector<uint8_t> packed, absmax_q;
  std::vector<float> absmax2, dequantised;
  float offset = 0;
};

void quantize(const std::vector<float>& values, Nf4Result& result) {
  const int64_t n = static_cast<int64_t>(values.size());
  std::vector<float> absmax(static_cast<size_t>(nf4_blocks(n)));
  result.packed.resize((values.size() + 1) / 2);
  result.absmax_q.resize(absmax.size());
  result.absmax2.resize(static_cast<size_t>(nf4_scale_blocks(n)));
  result.dequantised.resize(values.size());
  ThreadPool pool(1);
  result.offset = neiro::quantize_nf4(
      pool, values.data(), n,
      {result.packed.data(), result.absmax_q.data(), result.absmax2.data(), absmax.data()});
  const HostMatrix row{DType::kNF4,
                       1,
                       n,
                       result.packed.data(),
                       {result.absmax_q.data(), result.absmax2.data(), result.offset}};
  matrix_row(row, 0, 0, n, result.dequantised.data());
}

Napi::Value nf4_value(Napi::Env env, Nf4Result& result) {
  const auto floats = [&](const std::vector<float>& values) {
    return float_array(env, values.data(), static_cast<int64_t>(values.size()));
  };
  Napi::Object value = Napi::Object::New(env);
  value.Set("packed", byte_array(env, result.packed));
  value.Set("absmaxQ", byte_array(env, result.absmax_q));
  value.Set("absmax2", floats(result.absmax2));
  value.Set("code2", float_array(env, kDynamicCode, 256));
  value.Set("offset", result.offset);
  value.Set("dequantised", floats(result.dequantised));
  return value;
}

struct Int8Result {
  std::vector<int8_t> codes;
  std::vector<float> absmax, dequantised;
};

void quantize_rows(const std::vector<float>& values, int64_t rows, Int8Result& result) {
  const int64_t cols = static_cast<int64_t>(values.size()) / rows;
  result.codes.resize(values.size());
  result.absmax.resize(static_cast<size_t>(rows));
  result.dequantised.resize(values.size());
  ThreadPool pool(1);
  quantize_int8(pool, values.data(), rows, cols, result.codes.data(), result.absmax.data());
  const HostMatrix matrix{DType::kInt8, rows, cols, result.codes.data(), {}, result.absmax.data()};
  for (int64_t row = 0; row < rows; ++row) {
    matrix_row(matrix, row, 0, cols, result.dequantised.data() + row * cols);
  }
}

Napi::Value int8_value(Napi::Env env, Int8Result& result) {
  const auto floats = [&](const std::vector<float>& values) {
    return float_array(env, values.data(), static_cast<int64_t>(values.size()));
  };
  Napi::Object value = Napi::Object::New(env);
  value.Set("codes", byte_array(env, {result.codes.begin(), result.codes.end()}));
  value.Set("absmax", floats(result.absmax));
  value.Set("dequantised", floats(result.dequantised));
  return value;
}

// A format of tensors in GGUF files, by its name there.
DType gguf_type_of(const std::string& name) {
  for (int i = 0; i <= static_cast<int>(DType::kQ6_K); ++i) {
    const DType type = static_cast<DType>(i);
    if (dtype_name(type) == name && (ggml_blocks(type) || type == DType::kBF16)) return type;
  }
  refuse_option("type", name, "BF16 or a format of blocks");
}

std::vector<uint8_t> in_blocks(DType type, const std::vector<float>& values) {
  const int64_t n = static_cast<int64_t>(values.size());
  std::vector<uint8_t> blocks(static_cast<size_t>(stored_bytes(type, n)));
  if (ggml_blocks(type)) {
    quantise_blocks(type, values.data(), n, blocks.data());
    return blocks;
  }
  for (size_t i = 0; i < values.size(); ++i) {
    const uint16_t half = float_to_bf16(values[i]);
    std::memcpy(blocks.data() + 2 * i, &half, sizeof(half));
  }
  return blocks;
}

Napi::Value bytes_value(Napi::Env env, std::vector<uint8_t>& bytes) {
  return byte_array(env, bytes);
}

Napi::Value floats_value(Napi::Env env, std::vector<float>& values) {
  return float_array(env, values.data(), static_cast<int64_t>(values.size()));
}

}  // namespace

// With what ends an answer, where the fifth argument says it.
Sampling sampling_of(const Napi::CallbackInfo& info) {
  Sampling options = sampling(info[2]);
  if (!info[4].IsUndefined()) options.stops = tokens_argument(info, 4, "stops");
  return options;
}

Napi::Value sample_distribution(const Napi::CallbackInfo& info) {
  return promise_of(info.Env(), [&] {
    return Worker<std::vector<float>>::start(
        info.Env(),
        [logits = floats_argument(info, 0, "logits"),
         previous = tokens_argument(info, 1, "previous"), options = sampling_of(info),
         answered = info[3].IsUndefined() ? -1 : integer_argument(info, 3, "answered")](
            std::vector<float>& scores) {
          check_sampling(options);
          require_option(!logits.empty(), "logits", "none", "at least one value");
          const int64_t vocab = static_cast<int64_t>(logits.size());
          const int64_t count = static_cast<int64_t>(previous.size());
          if (count > 0) check_tokens(previous, {static_cast<int32_t>(count)}, vocab, count);
          scores = logits;
          std::vector<int32_t> order(std::max(logits.size(), previous.size()));
          sampling_distribution(scores.data(), order.data(), vocab, previous.data(), count,
                                answered < 0 ? count : std::min(count, answered), options);
        },
        floats_value);
  });
}

Napi::Value quantize_nf4(const Napi::CallbackInfo& info) {
  return promise_of(info.Env(), [&] {
    return Worker<Nf4Result>::start(
        info.Env(),
        [values = floats_argument(info, 0, "values")](Nf4Result& result) {
          const bool finite = std::all_of(values.begin(), values.end(),
                                          [](float value) { return std::isfinite(value); });
          require_option(!values.empty() && finite, "values", finite ? "none" : "NaN or infinity",
                         "finite numbers");
          quantize(values, result);
        },
        nf4_value);
  });
}

Napi::Value quantize_int8(const Napi::CallbackInfo& info) {
  return promise_of(info.Env(), [&] {
    return Worker<Int8Result>::start(
        info.Env(),
        [values = floats_argument(info, 0, "values"),
         rows = info[1].ToNumber().Int64Value()](Int8Result& result) {
          const int64_t n = static_cast<int64_t>(values.size());
          require_option(rows > 0 && n % rows == 0, "rows", rows, "a divisor of the values");
          quantize_rows(values, rows, result);
        },
        int8_value);
  });
}

Napi::Value quantize_blocks(const Napi::CallbackInfo& info) {
  return promise_of(info.Env(), [&] {
    return Worker<std::vector<uint8_t>>::start(
        info.Env(),
        [type = gguf_type_of(text_argument(info, 0, "type")),
         values = floats_argument(info, 1, "values")](std::vector<uint8_t>& blocks) {
          blocks = in_blocks(type, values);
        },
        bytes_value);
  });
}

Napi::Value dequantize_blocks(const Napi::CallbackInfo& info) {
  return promise_of(info.Env(), [&] {
    return Worker<std::vector<float>>::start(
        info.Env(),
        [type = gguf_type_of(text_argument(info, 0, "type")),
         given = tokens_argument(info, 1, "blocks")](std::vector<float>& values) {
          const std::vector<uint8_t> blocks(given.begin(), given.end());
          const BlockSize size = block_size(type);
          const int64_t n = static_cast<int64_t>(blocks.size()) / size.bytes * size.elements;
          values.resize(static_cast<size_t>(n));
          matrix_row(HostMatrix{type, 1, n, blocks.data(), {}}, 0, 0, n, values.data());
        },
        floats_value);
  });
}

}  // namespace neiro::binding
