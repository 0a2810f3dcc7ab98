// A model with a score head: which row is scored, the three losses against closed forms of the
// scores, every gradient against finite differences, its weights trained and saved beside an
// adapter, and all that such a model refuses.
#include <algorithm>
#include <cmath>

#include "check.h"
#include "finite_differences.h"
#include "io/safetensors.h"
#include "support.h"

using namespace neiro;

namespace {

TinyModel scorer(int64_t labels = 3, const std::string& problem = "single_label_classification",
                 const std::string& family = "llama") {
  TinyModel model;
  model.family = family;
  model.layers = 2;
  model.labels = labels;
  model.problem = problem;
  return model;
}

const TinyModel kScorers[] = {scorer(), scorer(3, "multi_label_classification"),
                              scorer(2, "regression"), scorer(1, "regression")};

struct Opened {
  explicit Opened(const TinyModel& model = scorer(), TrainKind kind = TrainKind::kAdapter) {
    write_tiny_model(folder, model);
    OpenOptions options = options_for(folder, kind);
    options.threads = 1;
    session = std::make_unique<Session>(options);
    stir(*session);
  }
  std::vector<float> scores(const Batch& batch, bool adapter = true) {
    std::vector<float> out(static_cast<size_t>(session->logits_size(batch, adapter)));
    session->logits(batch, adapter, out.data());
    return out;
  }
  TempFolder folder;
  std::unique_ptr<Session> session;
};

// The loss as a textbook has it, from scores [examples, labels].
double closed_form(const TinyModel& model, const std::vector<float>& scores,
                   const std::vector<float>& targets) {
  const size_t L = static_cast<size_t>(model.labels);
  double sum = 0;
  if (model.problem == "single_label_classification") {
    for (size_t s = 0; s < targets.size(); ++s) {
      double all = 0;
      for (size_t j = 0; j < L; ++j) all += std::exp(static_cast<double>(scores[s * L + j]));
      sum += std::log(all) - scores[s * L + static_cast<size_t>(targets[s])];
    }
    return sum / static_cast<double>(targets.size());
  }
  for (size_t i = 0; i < targets.size(); ++i) {
    const double z = scores[i], t = targets[i];
    const double p = 1 / (1 + std::exp(-z));
    sum += model.problem == "regression" ? (z - t) * (z - t)
                                         : -t * std::log(p) - (1 - t) * std::log(1 - p);
  }
  return sum / static_cast<double>(targets.size());
}

}  // namespace

TEST(score_losses_follow_from_the_scores) {
  for (const TinyModel& model : kScorers) {
    Opened opened(model);
    const Batch batch = score_batch_of({5, 1, 9, 2}, model);
    const std::vector<float> scores = opened.scores(batch);
    CHECK(scores.size() == 4 * static_cast<size_t>(model.labels));
    const double expected = closed_form(model, scores, batch.targets);
    std::vector<ExampleLoss> examples(4);
    const EvaluateResult result = opened.session->evaluate(batch, true, examples.data());
    CHECK(result.learnt_tokens == static_cast<int64_t>(batch.targets.size()));
    CHECK_NEAR(result.nll_sum / static_cast<double>(result.learnt_tokens), expected, 1e-5);
    CHECK_NEAR(opened.session->gradients({batch}).loss, expected, 1e-5);
    double sum = 0;
    for (const ExampleLoss& example : examples) {
      sum += example.nll_sum;
      CHECK(example.learnt == result.learnt_tokens / 4);
    }
    CHECK_NEAR(sum, result.nll_sum, 1e-5);
  }
}

// Transformers takes the last token that is no padding, wherever an example ends.
TEST(score_is_of_the_last_token_that_is_no_padding) {
  Opened opened;
  Batch whole = score_batch_of({6}, scorer());
  Batch padded = whole;
  padded.tokens.insert(padded.tokens.end(), {0, 0, 0});
  padded.lengths = {9};
  CHECK(opened.scores(whole) == opened.scores(padded));
  // not the last token at all: another one there changes nothing behind it
  Batch shorter = whole;
  shorter.tokens.pop_back();
  shorter.lengths = {5};
  CHECK(opened.scores(whole) != opened.scores(shorter));
  // padding in the middle is read like any token
  Batch middle = whole;
  middle.tokens[2] = 0;
  CHECK(opened.scores(middle) != opened.scores(whole));
  // all of it padding: the first, as argmax of nothing says
  Batch nothing = whole;
  nothing.tokens = {0, 0, 0};
  nothing.lengths = {3};
  Batch first = nothing;
  first.tokens = {0};
  first.lengths = {1};
  CHECK(opened.scores(nothing) == opened.scores(first));
}

TEST(score_of_an_example_does_not_depend_on_its_neighbours) {
  Opened opened;
  const Batch all = score_batch_of({4, 7, 1}, scorer());
  const std::vector<float> together = opened.scores(all);
  size_t at = 0;
  for (size_t s = 0; s < 3; ++s) {
    Batch one;
    const size_t n = static_cast<size_t>(all.lengths[s]);
    one.tokens.assign(all.tokens.begin() + at, all.tokens.begin() + at + n);
    one.lengths = {all.lengths[s]};
    const std::vector<float> alone = opened.scores(one);
    for (size_t j = 0; j < 3; ++j) CHECK_NEAR(alone[j], together[s * 3 + j], 1e-5);
    at += n;
  }
}

TEST(score_gradients_match_finite_differences) {
  for (const TinyModel& model : kScorers) {
    Opened opened(model);
    check_gradients(*opened.session,
                    {score_batch_of({5, 1, 7}, model), score_batch_of({3}, model, 2)});
  }
}

TEST(score_gradients_of_full_training_match_finite_differences) {
  Opened opened(scorer(3, "single_label_classification", "qwen2"), TrainKind::kFull);
  check_gradients(*opened.session, {score_batch_of({5, 1, 7}, scorer())});
}

TEST(score_micro_batches_weigh_every_example_alike) {
  const TinyModel model = scorer();
  Opened opened(model);
  const Batch whole = score_batch_of({5, 2, 7}, model);
  std::vector<Batch> parts(3);
  size_t at = 0;
  for (size_t s = 0; s < 3; ++s) {
    const size_t n = static_cast<size_t>(whole.lengths[s]);
    parts[s].tokens.assign(whole.tokens.begin() + at, whole.tokens.begin() + at + n);
    parts[s].lengths = {whole.lengths[s]};
    parts[s].targets = {whole.targets[s]};
    at += n;
  }
  const auto together = gradients_of(*opened.session, {whole});
  CHECK(distance(together, gradients_of(*opened.session, parts)) < 1e-5);
}

// PEFT's modules_to_save: the head's own copy, first the base's, only while the adapter is on.
TEST(score_head_is_trained_whole_beside_the_adapter) {
  Opened opened;
  Session& session = *opened.session;
  const auto found =
      std::find_if(session.parameters().begin(), session.parameters().end(),
                   [](const Parameter& p) { return p.name == "base_model.model.score.weight"; });
  CHECK(found != session.parameters().end() && found->shape == (std::vector<int64_t>{3, 20}));
  const Batch batch = score_batch_of({5, 3, 6}, scorer());
  const std::vector<float> base = opened.scores(batch, false);
  const std::vector<float> before = downloaded(session.device(), found->value, found->size);
  for (int64_t step = 1; step <= 60; ++step) {
    StepOptions options;
    options.learning_rate = 0.01;
    options.step = step;
    session.step({batch}, options);
  }
  CHECK(downloaded(session.device(), found->value, found->size) != before);
  CHECK(opened.scores(batch, false) == base);
  const std::vector<float> learnt = opened.scores(batch);
  for (size_t s = 0; s < 3; ++s) {
    const auto row = learnt.begin() + static_cast<int64_t>(s * 3);
    CHECK(std::max_element(row, row + 3) - row == static_cast<int64_t>(batch.targets[s]));
  }
}

TEST(score_head_is_saved_and_comes_back_and_merges) {
  Opened opened;
  const Batch batch = score_batch_of({5, 3, 6}, scorer());
  const std::vector<float> scores = opened.scores(batch);
  const std::string dir = opened.folder.path("adapter");
  opened.session->save_adapter(dir, "base");
  const Json config = Json::read(dir + "/adapter_config.json");
  CHECK(*config.find("task_type")->string() == "SEQ_CLS");
  CHECK(config.find("modules_to_save")->text() == "[\"score\"]");
  CHECK(SafetensorsFile(dir + "/adapter_model.safetensors").find("base_model.model.score.weight") !=
        nullptr);
  {
    OpenOptions options = options_for(opened.folder, TrainKind::kNone);
    options.adapter_dir = dir;
    Session again(options);
    std::vector<float> out(scores.size());
    again.logits(batch, true, out.data());
    CHECK(out == scores);
  }
  const TempFolder merged;
  opened.session->save_merged(merged.path(), DType::kF32);
  merged.write("config.json", tiny_config(scorer()));
  Session whole(options_for(merged, TrainKind::kNone));
  std::vector<float> out(scores.size());
  whole.logits(batch, false, out.data());
  for (size_t i = 0; i < out.size(); ++i) CHECK_NEAR(out[i], scores[i], 1e-5);
}

TEST(score_bases_may_be_quantised) {
  const TempFolder folder;
  write_tiny_model(folder, scorer());
  for (const BaseQuantization base : {BaseQuantization::kNF4, BaseQuantization::kBF16}) {
    OpenOptions options = options_for(folder);
    options.quantization = base;
    Session session(options);
    const Batch batch = score_batch_of({5, 3}, scorer());
    std::vector<float> with(6), without(6);
    session.logits(batch, true, with.data());
    session.logits(batch, false, without.data());
    // the copy is the base's head as it is held, decoded
    for (size_t i = 0; i < 6; ++i) CHECK_NEAR(with[i], without[i], 1e-6);
  }
}

TEST(score_targets_that_cannot_be_are_refused) {
  struct Wrong {
    TinyModel model;
    float target;
  };
  const float nan = std::nanf(""), inf = INFINITY;
  const Wrong wrongs[] = {{kScorers[0], 3},   {kScorers[0], -1},   {kScorers[0], 0.5f},
                          {kScorers[0], nan}, {kScorers[1], -.1f}, {kScorers[1], 1.5f},
                          {kScorers[1], nan}, {kScorers[2], nan},  {kScorers[2], inf}};
  for (const Wrong& wrong : wrongs) {
    Opened opened(wrong.model);
    Batch batch = score_batch_of({4, 2}, wrong.model);
    batch.targets[1] = wrong.target;
    CHECK_ERROR("BAD_TARGET", opened.session->gradients({batch}));
    batch.targets.pop_back();
    CHECK_ERROR("BAD_TARGET_COUNT", opened.session->gradients({batch}));
  }
  Opened opened;
  // a batch of text is none for a score head
  CHECK_ERROR("BAD_TARGET_COUNT", opened.session->gradients({batch_of({4, 2})}));
  CHECK_ERROR("NO_LEARNT_TOKENS", opened.session->gradients({}));
}

TEST(score_models_do_not_write) {
  Opened opened;
  GenerateOptions options;
  options.prompt = {1, 2};
  options.max_new_tokens = 3;
  CHECK_ERROR("NO_LANGUAGE_HEAD", opened.session->generate_begin(options));
}

TEST(score_models_say_their_labels) {
  Opened opened;
  CHECK(opened.session->info().labels == 3);
  const TempFolder folder;
  write_tiny_model(folder, {});
  CHECK(inspect_model(folder.path()).labels == 0);
}

TEST(score_checkpointing_changes_no_bit) {
  const TempFolder folder;
  write_tiny_model(folder, scorer());
  OpenOptions options = options_for(folder);
  Session kept(options);
  options.gradient_checkpointing = true;
  Session again(options);
  stir(kept);
  stir(again);
  const Batch batch = score_batch_of({9, 1, 6}, scorer());
  CHECK(gradients_of(kept, {batch}) == gradients_of(again, {batch}));
}
