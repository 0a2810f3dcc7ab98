// The whole model's gradients against finite differences: every family, adapter and full training,
// dropout, windows, tied heads. And that batching, checkpointing and threads change nothing.
#include "check.h"
#include "finite_differences.h"
#include "model/families/families.h"
#include "support.h"

using namespace neiro;

namespace {

const std::vector<Batch> kBatches = {batch_of({11, 2, 9}), batch_of({1, 14}, 41, 2)};

void check_model(TinyModel model, TrainKind kind, const AdapterConfig& adapter = all_modules()) {
  const TempFolder folder;
  model.layers = 2;
  write_tiny_model(folder, model);
  OpenOptions options = options_for(folder, kind);
  options.adapter = adapter;
  options.threads = 1;  // hundreds of tiny passes: threads would only wait for each other
  Session session(options);
  stir(session);
  check_gradients(session, kBatches);
}

}  // namespace

TEST(gradients_lora_llama) { check_model({}, TrainKind::kAdapter); }
TEST(gradients_lora_mistral_window) {
  check_model({.family = "mistral", .window = 4}, TrainKind::kAdapter);
}
TEST(gradients_lora_qwen2) {
  check_model({.family = "qwen2", .window = 5, .tied = true}, TrainKind::kAdapter);
}
TEST(gradients_lora_qwen3) { check_model({.family = "qwen3"}, TrainKind::kAdapter); }
TEST(gradients_lora_gemma) { check_model({.family = "gemma", .tied = true}, TrainKind::kAdapter); }
TEST(gradients_lora_gemma2_caps_and_norms_behind) {
  check_model({.family = "gemma2", .window = 4, .tied = true}, TrainKind::kAdapter);
}
TEST(gradients_lora_gemma3) { check_model({.family = "gemma3_text"}, TrainKind::kAdapter); }
TEST(gradients_lora_phi3_fused) { check_model({.family = "phi3"}, TrainKind::kAdapter); }
TEST(gradients_lora_dropout) { check_model({}, TrainKind::kAdapter, all_modules(0.3)); }
TEST(gradients_ia3) { check_model({.family = "qwen2"}, TrainKind::kAdapter, every_kind()[2]); }
TEST(gradients_vera) {
  check_model({}, TrainKind::kAdapter, {VeraConfig{12, 0.1, 0.0}, {kAllLinear}});
}
TEST(gradients_of_biases_beside_lora) {
  AdapterConfig some = all_modules(0.3);
  some.modules.names = {"q_proj", "o_proj"};
  std::get<LoraConfig>(some.kind).bias = LoraConfig::Bias::kAll;
  check_model({.family = "qwen2"}, TrainKind::kAdapter, some);
}
TEST(gradients_of_a_start_from_the_base) {
  for (const auto start : {LoraConfig::Start::kPrincipal, LoraConfig::Start::kOrthogonal}) {
    AdapterConfig config = all_modules(0.3);
    std::get<LoraConfig>(config.kind).start = start;
    check_model({}, TrainKind::kAdapter, config);
  }
}
TEST(gradients_of_tokens_and_of_a_whole_embedding) {
  const AdapterConfig tokens = with_tokens(all_modules());
  check_model({}, TrainKind::kAdapter, tokens);
  check_model({.family = "gemma2", .tied = true}, TrainKind::kAdapter, tokens);
  AdapterConfig whole = all_modules();
  whole.whole_modules = {"embed_tokens", "lm_head"};
  check_model({.family = "llama"}, TrainKind::kAdapter, whole);
}
TEST(gradients_full_llama) { check_model({}, TrainKind::kFull); }
TEST(gradients_full_tied) { check_model({.tied = true}, TrainKind::kFull); }
TEST(gradients_full_qwen2_biases) {
  check_model({.family = "qwen2", .tied = true}, TrainKind::kFull);
}
TEST(gradients_full_qwen3_norms) { check_model({.family = "qwen3"}, TrainKind::kFull); }
TEST(gradients_full_gemma_scaled_embedding_norms_of_one_and_w) {
  check_model({.family = "gemma", .tied = true}, TrainKind::kFull);
}
TEST(gradients_full_gemma2) { check_model({.family = "gemma2"}, TrainKind::kFull); }
TEST(gradients_full_phi3) { check_model({.family = "phi3"}, TrainKind::kFull); }

// The second part of an example of length 1 or of an unlearnt tail takes no part.
TEST(gradients_of_one_token_examples_are_none) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Session session(options_for(folder));
  stir(session);
  const auto with = gradients_of(session, {batch_of({1, 9})});
  Batch without = batch_of({1, 9});
  without.tokens.erase(without.tokens.begin());
  without.labels.erase(without.labels.begin());
  without.lengths = {9};
  CHECK(distance(with, gradients_of(session, {without})) < 1e-6);
}

TEST(gradients_checkpointing_changes_no_bit) {
  const auto check = [](TrainKind kind, const AdapterConfig& adapter) {
    const TempFolder folder;
    write_tiny_model(folder, {.family = "qwen3"});
    OpenOptions options = options_for(folder, kind);
    options.adapter = adapter;
    Session stored(options);
    options.gradient_checkpointing = true;
    Session again(options);
    stir(stored);
    stir(again);
    CHECK(gradients_of(stored, kBatches) == gradients_of(again, kBatches));
  };
  for (const AdapterConfig& adapter : every_kind(0.2)) check(TrainKind::kAdapter, adapter);
  check(TrainKind::kFull, {});
}

TEST(gradients_threads_change_no_bit) {
  const auto check = [](TrainKind kind, const AdapterConfig& adapter) {
    const TempFolder folder;
    write_tiny_model(folder, {});
    OpenOptions options = options_for(folder, kind);
    options.adapter = adapter;
    std::vector<std::vector<std::vector<float>>> found;
    for (const int threads : {1, 2, 3, 7}) {
      options.threads = threads;
      Session session(options);
      stir(session);
      found.push_back(gradients_of(session, kBatches));
    }
    for (const auto& gradients : found) CHECK(gradients == found[0]);
  };
  for (const AdapterConfig& adapter : every_kind(0.2)) check(TrainKind::kAdapter, adapter);
  check(TrainKind::kFull, {});
}

// One batch, several micro-batches, another order: the same mean over all learnt tokens.
TEST(gradients_packed_or_accumulated_are_the_same) {
  const TempFolder folder;
  write_tiny_model(folder, {.family = "mistral", .window = 4});
  Session session(options_for(folder));
  stir(session);
  const Batch packed = batch_of({11, 5, 17});
  std::vector<Batch> parts;
  size_t at = 0;
  for (const int32_t length : packed.lengths) {
    Batch part;
    part.lengths = {length};
    const auto n = static_cast<size_t>(length);
    part.tokens.assign(packed.tokens.begin() + at, packed.tokens.begin() + at + n);
    part.labels.assign(packed.labels.begin() + at, packed.labels.begin() + at + n);
    parts.push_back(part);
    at += n;
  }
  const double loss = session.gradients({packed}).loss;
  const auto whole = gradients_of(session, {packed});
  CHECK_NEAR(session.gradients(parts).loss, loss, 1e-6);
  CHECK(distance(whole, gradients_of(session, parts)) < 1e-5);
  CHECK(distance(whole, gradients_of(session, {parts[2], parts[0], parts[1]})) < 1e-5);
}

// A token learns nothing from another example: its neighbour in the batch may be anything.
TEST(gradients_examples_do_not_see_each_other) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Session session(options_for(folder));
  stir(session);
  Batch one = batch_of({8, 9}), other = one;
  for (size_t i = 0; i < 8; ++i) {
    one.labels[i] = other.labels[i] = kNotLearnt;
    other.tokens[i] = (other.tokens[i] + 13) % 41;
  }
  CHECK(gradients_of(session, {one}) == gradients_of(session, {other}));
}

// The head in chunks of rows must be the head at once: more learnt tokens than one chunk holds.
TEST(gradients_head_chunks) {
  const TempFolder folder;
  TinyModel model;
  model.vocab = 200000;  // 24 MB of logits are 31 rows
  model.layers = 1;
  write_tiny_model(folder, model);
  OpenOptions options = options_for(folder);
  options.max_tokens = 80;
  Session chunked(options);
  CHECK(head_chunk_rows(parse_config(Json::read(folder.path("config.json"))), 80) < 50);
  stir(chunked);
  Batch whole = batch_of({80}, model.vocab);
  const auto gradients = gradients_of(chunked, {whole});
  // the same rows one learnt token at a time, averaged
  std::vector<std::vector<float>> sum = gradients;
  for (std::vector<float>& tensor : sum) std::fill(tensor.begin(), tensor.end(), 0.0f);
  const int64_t learnt = count_learnt(whole);
  for (size_t i = 1; i < 80; ++i) {
    if (whole.labels[i] == kNotLearnt) continue;
    Batch single = whole;
    std::fill(single.labels.begin(), single.labels.end(), kNotLearnt);
    single.labels[i] = whole.labels[i];
    const auto part = gradients_of(chunked, {single});
    for (size_t t = 0; t < sum.size(); ++t) {
      for (size_t j = 0; j < sum[t].size(); ++j) {
        sum[t][j] += part[t][j] / static_cast<float>(learnt);
      }
    }
  }
  CHECK(distance(gradients, sum) < 1e-4);
}
