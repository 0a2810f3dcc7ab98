// Prompt and prefix tuning: every gradient against finite differences, what a prompt of real
// embeddings must give, generation against the whole text, the base untouched, files, and what is
// refused.
#include <algorithm>
#include <cmath>

#include "check.h"
#include "finite_differences.h"
#include "io/safetensors.h"
#include "support.h"

using namespace neiro;

namespace {

using Kind = VirtualTokensConfig::Kind;
constexpr Kind kKinds[] = {Kind::kPrompt, Kind::kPrefix};

OpenOptions options_of(const TempFolder& folder, Kind kind) {
  OpenOptions options = options_for(folder);
  options.adapter = virtual_tokens(kind);
  options.threads = 1;
  return options;
}

// Values of order 1 in place of the first ones, which are larger than tiny models like.
void calm(const Session& session) {
  const Parameter& p = session.parameters().front();
  std::vector<float> values(static_cast<size_t>(p.size));
  fill_normal(values.data(), p.size, 0.4f, {17, 3});
  session.device().upload(p.value, values.data(), p.size);
}

struct Opened {
  explicit Opened(Kind kind, const TinyModel& model = {}) {
    write_tiny_model(folder, model);
    session = std::make_unique<Session>(options_of(folder, kind));
    calm(*session);
  }
  // [rows, vocab]
  std::vector<float> logits(const Batch& batch, bool adapter = true) {
    std::vector<float> out(static_cast<size_t>(session->logits_size(batch, adapter)));
    session->logits(batch, adapter, out.data());
    return out;
  }
  TempFolder folder;
  std::unique_ptr<Session> session;
};

std::vector<TinyModel> models() {
  return {{.layers = 2},
          {.family = "mistral", .layers = 2, .window = 4},
          {.family = "qwen3", .layers = 2},
          {.family = "gemma2", .layers = 2, .window = 4, .tied = true},
          {.family = "phi3", .layers = 2}};
}

}  // namespace

TEST(virtual_tokens_gradients_match_finite_differences) {
  for (const Kind kind : kKinds) {
    for (const TinyModel& model : models()) {
      Opened opened(kind, model);
      check_gradients(*opened.session, {batch_of({7, 1, 4}), batch_of({5}, 41, 2)}, 0.03);
    }
  }
}

TEST(virtual_tokens_are_one_matrix_of_the_right_size) {
  const TinyModel model;
  Opened prompt(Kind::kPrompt, model), prefix(Kind::kPrefix, model);
  CHECK(prompt.session->parameters().size() == 1 && prefix.session->parameters().size() == 1);
  CHECK(prompt.session->parameters()[0].name == "prompt_embeddings");
  CHECK((prompt.session->parameters()[0].shape == std::vector<int64_t>{3, 20}));
  CHECK((prefix.session->parameters()[0].shape == std::vector<int64_t>{3, 3 * 2 * 12}));
  CHECK(prompt.session->info().trainable_parameters == 60);
}

// A prompt of the embeddings of real tokens is these tokens: the rest of the text cannot tell.
TEST(virtual_tokens_of_a_prompt_of_real_embeddings_are_real_tokens) {
  for (TinyModel model : models()) {
    if (model.gemma()) continue;  // scales embeddings of tokens, not those of a prompt
    Opened opened(Kind::kPrompt, model);
    Session& session = *opened.session;
    const SafetensorsFile file(opened.folder.path("model.safetensors"));
    const float* table = file.tensor("model.embed_tokens.weight").as<float>();
    const std::vector<int32_t> tokens = {11, 4, 29};
    std::vector<float> prompt;
    for (const int32_t token : tokens) {
      prompt.insert(prompt.end(), table + token * 20, table + token * 20 + 20);
    }
    session.device().upload(session.parameters()[0].value, prompt.data(), 60);
    Batch text = batch_of({5, 2}), longer;
    size_t at = 0;
    for (const int32_t length : text.lengths) {
      longer.tokens.insert(longer.tokens.end(), tokens.begin(), tokens.end());
      for (int32_t i = 0; i < length; ++i) longer.tokens.push_back(text.tokens[at++]);
      longer.lengths.push_back(length + 3);
    }
    CHECK(opened.logits(text) == opened.logits(longer, false));
  }
}

// A prefix of the keys and values that real tokens have in the one layer is these tokens, too.
TEST(virtual_tokens_of_a_prefix_take_the_place_of_keys_and_values) {
  TinyModel model;
  model.layers = 1;
  Opened opened(Kind::kPrefix, model);
  const Batch text = batch_of({5, 2});
  // Keys of nothing and values of nothing still take their share of the softmax: not the base.
  std::vector<float> zeros(static_cast<size_t>(opened.session->parameters()[0].size));
  opened.session->device().upload(opened.session->parameters()[0].value, zeros.data(),
                                  static_cast<int64_t>(zeros.size()));
  const std::vector<float> with = opened.logits(text), without = opened.logits(text, false);
  CHECK(with.size() == without.size() + 2 * 3 * 41);
  double furthest = 0;
  for (size_t i = 0; i < 5 * 41; ++i) {
    furthest = std::max(furthest, std::fabs(static_cast<double>(with[3 * 41 + i]) - without[i]));
  }
  CHECK(furthest > 1e-3);
  // Keys that no query likes take none: the values behind them are never seen. Far along the first
  // axis with both signs, so that one of the two keys is disliked and the other liked: only the
  // share matters here, so values of zero for both and the sum stays finite.
  for (size_t i = 0; i < zeros.size(); ++i) zeros[i] = i % 24 < 12 ? 1e3f : 0.0f;
  opened.session->device().upload(opened.session->parameters()[0].value, zeros.data(),
                                  static_cast<int64_t>(zeros.size()));
  for (const float x : opened.logits(text)) CHECK(std::isfinite(x));
}

TEST(virtual_tokens_learn_and_leave_the_base_alone) {
  for (const Kind kind : kKinds) {
    Opened opened(kind);
    const Batch batch = batch_of({9, 4});
    const std::vector<float> base = opened.logits(batch, false);
    double first = 0, last = 0;
    for (int64_t step = 1; step <= 60; ++step) {
      StepOptions options;
      options.learning_rate = 0.05;
      options.step = step;
      last = opened.session->step({batch}, options).loss;
      if (step == 1) first = last;
    }
    CHECK(last < first * 0.9);
    CHECK(opened.logits(batch, false) == base);
  }
}

// The text read at once and the text read into the cache token by token agree.
TEST(virtual_tokens_generate_what_the_whole_text_says) {
  for (const Kind kind : kKinds) {
    for (const TinyModel& model : models()) {
      Opened opened(kind, model);
      GenerateOptions options;
      options.prompt = {3, 17, 8, 25};
      options.max_new_tokens = 6;
      options.sampling.temperature = 0;
      for (const bool adapter : {true, false}) {
        options.adapter = adapter;
        opened.session->generate_begin(options);
        std::vector<int32_t> got(6);
        int64_t written = 0;
        CHECK(opened.session->generate_next(6, got.data(), &written) == Finished::kLength);
        std::vector<int32_t> text = options.prompt;
        for (int64_t i = 0; i < written; ++i) {
          Batch all;
          all.tokens = text;
          all.lengths = {static_cast<int32_t>(text.size())};
          const std::vector<float> logits = opened.logits(all, adapter);
          const auto row = logits.end() - 41;
          text.push_back(static_cast<int32_t>(std::max_element(row, logits.end()) - row));
        }
        CHECK(std::equal(text.begin() + 4, text.end(), got.begin(), got.end()));
      }
    }
  }
}

TEST(virtual_tokens_take_room_in_the_context) {
  Opened opened(Kind::kPrompt);  // of 32 tokens
  GenerateOptions options;
  options.prompt.assign(29, 5);
  options.max_new_tokens = 10;
  CHECK_ERROR("PROMPT_TOO_LONG", opened.session->generate_begin(options));
  options.prompt.assign(27, 5);
  opened.session->generate_begin(options);
  std::vector<int32_t> out(10);
  int64_t written = 0;
  CHECK(opened.session->generate_next(10, out.data(), &written) == Finished::kLength);
  CHECK(written == 2);
  options.adapter = false;  // without them there is more
  opened.session->generate_begin(options);
  opened.session->generate_next(10, out.data(), &written);
  CHECK(written == 5);
}

TEST(virtual_tokens_count_against_the_tokens_of_a_batch) {
  Opened opened(Kind::kPrompt);  // of 64 tokens
  CHECK_ERROR("BATCH_TOO_LARGE", opened.session->gradients({batch_of({31, 28})}));
  opened.session->gradients({batch_of({30, 28})});
  Batch batch = batch_of({31, 28});
  std::vector<ExampleLoss> examples(2);
  CHECK_ERROR("BATCH_TOO_LARGE", opened.session->evaluate(batch, true, examples.data()));
  opened.session->evaluate(batch, false, examples.data());
  OpenOptions options = options_of(opened.folder, Kind::kPrompt);
  options.max_tokens = 3;
  CHECK_ERROR("BAD_OPTION", Session{options});
}

TEST(virtual_tokens_checkpointing_and_threads_change_no_bit) {
  for (const Kind kind : kKinds) {
    const TempFolder folder;
    write_tiny_model(folder, {.family = "qwen3"});
    OpenOptions options = options_of(folder, kind);
    Session kept(options);
    options.gradient_checkpointing = true;
    Session again(options);
    options.threads = 3;
    Session threaded(options);
    const std::vector<Batch> batches = {batch_of({9, 1, 6}), batch_of({4})};
    const auto expected = gradients_of(kept, batches);
    CHECK(expected == gradients_of(again, batches));
    CHECK(expected == gradients_of(threaded, batches));
  }
}

TEST(virtual_tokens_of_an_example_do_not_see_another) {
  for (const Kind kind : kKinds) {
    Opened opened(kind);
    Batch one = batch_of({8, 9}), other = one;
    for (size_t i = 0; i < 8; ++i) {
      one.labels[i] = other.labels[i] = kNotLearnt;
      other.tokens[i] = (other.tokens[i] + 13) % 41;
    }
    CHECK(gradients_of(*opened.session, {one}) == gradients_of(*opened.session, {other}));
  }
}

TEST(virtual_tokens_go_to_disk_and_come_back) {
  for (const Kind kind : kKinds) {
    Opened opened(kind);
    const Batch batch = batch_of({7, 3});
    const std::vector<float> logits = opened.logits(batch);
    const std::string dir = opened.folder.path("adapter");
    opened.session->save_adapter(dir, "base");
    const Json config = Json::read(dir + "/adapter_config.json");
    CHECK(*config.find("peft_type")->string() ==
          (kind == Kind::kPrompt ? "PROMPT_TUNING" : "PREFIX_TUNING"));
    CHECK(*config.find("num_virtual_tokens")->integer() == 3);
    CHECK(*config.find("num_layers")->integer() == 3);
    CHECK(*config.find("num_attention_heads")->integer() == (kind == Kind::kPrompt ? 4 : 2));
    CHECK(*config.find("token_dim")->integer() == (kind == Kind::kPrompt ? 20 : 12));
    CHECK(config.find("target_modules") == nullptr);
    OpenOptions options = options_for(opened.folder, TrainKind::kNone);
    options.adapter_dir = dir;
    Session again(options);
    std::vector<float> out(logits.size());
    again.logits(batch, true, out.data());
    CHECK(out == logits);
    // and to go on with: the same kind, and another one, which is refused
    options = options_of(opened.folder, kind);
    options.adapter_dir = dir;
    Session{options};
    options.adapter = virtual_tokens(kind, 4);
    CHECK_ERROR("ADAPTER_MISMATCH", Session{options});
    options.adapter = all_modules();
    CHECK_ERROR("ADAPTER_MISMATCH", Session{options});
  }
}

TEST(virtual_tokens_of_a_state_go_on_with_the_same_bits) {
  for (const Kind kind : kKinds) {
    Opened opened(kind);
    const std::string state = opened.folder.path("state");
    const auto step = [](Session& session, int64_t number) {
      StepOptions options;
      options.learning_rate = 0.01;
      options.step = number;
      session.step({batch_of({9, 4})}, options);
    };
    step(*opened.session, 1);
    opened.session->save_state(state);
    step(*opened.session, 2);
    Session again(options_of(opened.folder, kind));
    CHECK(again.load_state(state).step == 1);
    step(again, 2);
    CHECK(values_of(again) == values_of(*opened.session));
  }
}

TEST(virtual_tokens_cannot_be_merged_nor_stand_before_a_score_head) {
  for (const Kind kind : kKinds) {
    Opened opened(kind);
    CHECK_ERROR("NOT_MERGEABLE",
                opened.session->save_merged(opened.folder.path("merged"), DType::kF32));
    TinyModel scorer;
    scorer.labels = 2;
    const TempFolder folder;
    write_tiny_model(folder, scorer);
    CHECK_ERROR("BAD_OPTION", Session{options_of(folder, kind)});
    OpenOptions options = options_of(opened.folder, kind);
    options.adapter.modules.names = {"q_proj"};
    CHECK_ERROR("BAD_OPTION", Session{options});
    options.adapter = virtual_tokens(kind, 0);
    CHECK_ERROR("BAD_OPTION", Session{options});
  }
}

TEST(virtual_tokens_begin_as_noise_of_their_seed) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  OpenOptions options = options_of(folder, Kind::kPrompt);
  options.adapter = virtual_tokens(Kind::kPrompt, 60);
  const auto first = values_of(Session{options});
  CHECK(first == values_of(Session{options}));
  options.seed = 6;
  CHECK(first != values_of(Session{options}));
  double sum = 0, squares = 0;
  for (const float x : first[0]) {
    sum += x;
    squares += static_cast<double>(x) * x;
  }
  const double n = static_cast<double>(first[0].size());  // 1200 values of N(0, 1)
  CHECK_NEAR(sum / n, 0, 4 / std::sqrt(n));
  CHECK_NEAR(squares / n, 1, 6 * std::sqrt(2 / n));
}

TEST(p_tuning_gradients_match_finite_differences) {
  const TempFolder folder;
  write_tiny_model(folder, {.layers = 2});
  OpenOptions options = options_of(folder, Kind::kEncoded);
  std::get<VirtualTokensConfig>(options.adapter.kind).encoder_width = 5;
  Session session(options);
  check_gradients(session, {batch_of({7, 4}), batch_of({9}, 41, 3)});
}
