// Whole steps of LoRA on all linear layers, of a model of a real shape with random weights, on the
// GPU of this machine: a line of JSON each, with the median of the steps and the device's memory.
// The model is written below FOLDER first (16 GB for 8B), where it is not there yet. Its rival is
// test/reference/peft_bench.py, with the same shapes and options.
//   gpu_step FOLDER [--shape 8B] [--layers 0] [--tokens 512,2048] [--base nf4,bf16]
//            [--checkpointing on] [--steps 5]
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "backend/cuda/cuda_device.h"
#include "core/error.h"
#include "core/random.h"
#include "session/session.h"

using namespace neiro;

namespace {

struct Shape {
  const char* name;
  int64_t hidden, inner, layers, heads, kv_heads, vocab;
  bool tied;
};
constexpr Shape kShapes[] = {{"135M", 576, 1536, 30, 9, 3, 49152, true},
                             {"1.7B", 2048, 6144, 28, 16, 8, 151936, true},
                             {"8B", 4096, 14336, 32, 32, 8, 128256, false}};

struct Tensor {
  std::string name;
  int64_t rows, cols;  // rows 0 = a norm
  int64_t bytes() const { return 2 * cols * std::max<int64_t>(rows, 1); }
};

std::vector<Tensor> tensors_of(const Shape& s) {
  const int64_t kv = s.hidden / s.heads * s.kv_heads;
  std::vector<Tensor> all = {{"model.embed_tokens.weight", s.vocab, s.hidden}};
  for (int64_t i = 0; i < s.layers; ++i) {
    const std::string at = "model.layers." + std::to_string(i) + ".";
    all.push_back({at + "input_layernorm.weight", 0, s.hidden});
    all.push_back({at + "self_attn.q_proj.weight", s.hidden, s.hidden});
    all.push_back({at + "self_attn.k_proj.weight", kv, s.hidden});
    all.push_back({at + "self_attn.v_proj.weight", kv, s.hidden});
    all.push_back({at + "self_attn.o_proj.weight", s.hidden, s.hidden});
    all.push_back({at + "post_attention_layernorm.weight", 0, s.hidden});
    all.push_back({at + "mlp.gate_proj.weight", s.inner, s.hidden});
    all.push_back({at + "mlp.up_proj.weight", s.inner, s.hidden});
    all.push_back({at + "mlp.down_proj.weight", s.hidden, s.inner});
  }
  all.push_back({"model.norm.weight", 0, s.hidden});
  if (!s.tied) all.push_back({"lm_head.weight", s.vocab, s.hidden});
  return all;
}

void write(std::FILE* file, const void* from, size_t bytes) {
  if (std::fwrite(from, 1, bytes, file) == bytes) return;
  std::perror("the model could not be written");
  std::exit(1);
}

std::FILE* open_to_write(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file != nullptr) return file;
  std::perror(path.c_str());
  std::exit(1);
}

// Of one piece of noise, so that 16 GB take as long as the disk does; each tensor begins elsewhere.
std::string make_model(const std::string& below, const Shape& s) {
  const std::string dir = below + "/random-" + s.name + "-" + std::to_string(s.layers);
  ::mkdir(below.c_str(), 0777);
  ::mkdir(dir.c_str(), 0777);
  const std::string path = dir + "/model.safetensors";
  struct stat there;
  if (::stat(path.c_str(), &there) == 0) return dir;

  std::ostringstream config;
  config << R"({"architectures":["LlamaForCausalLM"],"model_type":"llama","hidden_act":"silu",)"
         << R"("hidden_size":)" << s.hidden << R"(,"intermediate_size":)" << s.inner
         << R"(,"num_hidden_layers":)" << s.layers << R"(,"num_attention_heads":)" << s.heads
         << R"(,"num_key_value_heads":)" << s.kv_heads << R"(,"vocab_size":)" << s.vocab
         << R"(,"head_dim":)" << s.hidden / s.heads << R"(,"rms_norm_eps":1e-5,"rope_theta":500000)"
         << R"(,"max_position_embeddings":8192,"torch_dtype":"bfloat16","tie_word_embeddings":)"
         << (s.tied ? "true" : "false") << "}";
  std::FILE* file = open_to_write(dir + "/config.json");
  write(file, config.str().data(), config.str().size());
  std::fclose(file);

  constexpr int64_t kNoise = 1 << 23;
  std::vector<float> noise(1 << 20);
  fill_normal(noise.data(), static_cast<int64_t>(noise.size()), 0.02f, {1, 2});
  std::vector<uint16_t> values(kNoise), ones(1 << 16, 0x3f80);
  for (size_t i = 0; i < values.size(); ++i) {
    uint32_t bits;
    std::memcpy(&bits, &noise[(i * 2654435761u) % noise.size()], 4);
    values[i] = static_cast<uint16_t>(bits >> 16);
  }
  const std::vector<Tensor> all = tensors_of(s);
  std::string header = "{";
  int64_t at = 0;
  for (const Tensor& t : all) {
    if (header.size() > 1) header += ",";
    header += "\"" + t.name + R"(":{"dtype":"BF16","shape":[)" +
              (t.rows > 0 ? std::to_string(t.rows) + "," : "") + std::to_string(t.cols) +
              R"(],"data_offsets":[)" + std::to_string(at) + "," + std::to_string(at + t.bytes()) +
              "]}";
    at += t.bytes();
  }
  header += "}";
  header.resize((header.size() + 7) / 8 * 8, ' ');
  const uint64_t length = header.size();
  const std::string unfinished = path + ".unfinished";
  file = open_to_write(unfinished);
  write(file, &length, 8);
  write(file, header.data(), header.size());
  size_t start = 0;
  for (const Tensor& t : all) {
    if (t.rows == 0) {
      write(file, ones.data(), static_cast<size_t>(t.bytes()));
      continue;
    }
    for (int64_t left = t.bytes() / 2; left > 0;) {
      const size_t n = std::min<size_t>(values.size() - start, static_cast<size_t>(left));
      write(file, values.data() + start, 2 * n);
      left -= static_cast<int64_t>(n);
      start = (start + n + 4093) % values.size();
    }
  }
  if (std::fclose(file) != 0 || std::rename(unfinished.c_str(), path.c_str()) != 0) {
    std::perror(path.c_str());
    std::exit(1);
  }
  return dir;
}

std::vector<std::string> parts(const std::string& text) {
  std::vector<std::string> all;
  std::stringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) all.push_back(part);
  return all;
}

void measure(const Shape& shape, const std::string& dir, const std::string& base, int64_t tokens,
             bool checkpointing, int steps) {
  const int64_t free_before = cuda::gpu_memory_free();
  OpenOptions options;
  options.model_dir = dir;
  options.quantization = base == "nf4" ? BaseQuantization::kNF4 : BaseQuantization::kBF16;
  options.seed = 1;
  options.compute = Compute::kBf16;
  options.device = DeviceChoice::kCuda;
  options.max_tokens = tokens;
  options.train = TrainKind::kAdapter;
  LoraConfig lora;
  lora.rank = 16;
  lora.alpha = 32;
  lora.dropout = 0.05;
  options.adapter.kind = lora;
  options.adapter.modules = {kAllLinear};
  options.gradient_checkpointing = checkpointing;
  const auto opened = std::chrono::steady_clock::now();
  Session session(options);
  const double opening =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - opened).count();
  Batch batch;
  for (int64_t i = 0; i < tokens; ++i) {
    batch.tokens.push_back(static_cast<int32_t>((i * 7919 + 13) % shape.vocab));
  }
  batch.labels = batch.tokens;
  batch.lengths = {static_cast<int32_t>(tokens)};
  std::vector<double> seconds;
  double loss = 0;
  for (int i = 1; i <= steps + 2; ++i) {
    StepOptions step;
    step.learning_rate = 1e-4;
    step.step = i;
    step.max_grad_norm = 1;
    const auto start = std::chrono::steady_clock::now();
    loss = session.step({batch}, step).loss;
    if (i > 2) {
      seconds.push_back(
          std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
  }
  std::sort(seconds.begin(), seconds.end());
  const double median = seconds[seconds.size() / 2];
  std::printf(
      "{\"neiro\":\"%s\",\"model\":\"%s\",\"layers\":%lld,\"tokens\":%lld,\"checkpointing\":\"%s\","
      "\"seconds\":%.5f,\"tokens_per_second\":%.1f,\"loss\":%.4f,\"peak_gb\":%.2f,"
      "\"opening_seconds\":%.1f}\n",
      base.c_str(), shape.name, static_cast<long long>(shape.layers),
      static_cast<long long>(tokens), checkpointing ? "on" : "off", median,
      static_cast<double>(tokens) / median, loss,
      static_cast<double>(free_before - cuda::gpu_memory_free()) / 1e9, opening);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  std::map<std::string, std::string> asked = {
      {"--shape", "8B"}, {"--layers", "0"},         {"--tokens", "512,2048"},
      {"--base", "nf4"}, {"--checkpointing", "on"}, {"--steps", "5"},
  };
  for (int i = 2; i + 1 < argc; i += 2) asked[argv[i]] = argv[i + 1];
  std::string why;
  if (argc < 2 || argc % 2 != 0 || asked.size() != 6) {
    std::printf(
        "usage: gpu_step FOLDER [--shape 8B] [--layers 0] [--tokens 512,2048]\n"
        "       [--base nf4,bf16] [--checkpointing on] [--steps 5]\n");
    return 2;
  }
  if (!cuda::find_gpu(why)) {
    std::printf("{\"error\":\"%s\"}\n", why.c_str());
    return 3;
  }
  for (Shape shape : kShapes) {
    if (asked["--shape"] != shape.name) continue;
    if (asked["--layers"] != "0") shape.layers = std::stoll(asked["--layers"]);
    const std::string dir = make_model(argv[1], shape);
    for (const std::string& base : parts(asked["--base"])) {
      for (const std::string& tokens : parts(asked["--tokens"])) {
        try {
          measure(shape, dir, base, std::stoll(tokens), asked["--checkpointing"] == "on",
                  std::stoi(asked["--steps"]));
        } catch (const Error& error) {
          std::printf("{\"error\":\"%s\",\"base\":\"%s\",\"tokens\":%s}\n", error.what(),
                      base.c_str(), tokens.c_str());
        }
      }
    }
    return 0;
  }
  std::printf("no shape %s: 135M, 1.7B, 8B\n", asked["--shape"].c_str());
  return 2;
}
