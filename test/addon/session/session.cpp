// A session's promises: an adapter at zero changes nothing, states continue with the same bits,
// what cannot be learnt is refused, a broken step is skipped, a cancelled one leaves no trace.
#include "session/session.h"

#include <limits>
#include <thread>

#include "check.h"
#include "support.h"

using namespace neiro;

namespace {

std::vector<float> logits_of(Session& session, const Batch& batch, bool adapter) {
  std::vector<float> out(batch.tokens.size() * static_cast<size_t>(session.info().vocab_size));
  session.logits(batch, adapter, out.data());
  return out;
}

struct Opened {
  explicit Opened(const TinyModel& model = {}, TrainKind kind = TrainKind::kAdapter) {
    write_tiny_model(folder, model);
    session = std::make_unique<Session>(options_for(folder, kind));
  }
  TempFolder folder;
  std::unique_ptr<Session> session;
};

}  // namespace

TEST(session_adapter_at_zero_changes_nothing) {
  Opened opened;
  const Batch batch = batch_of({12, 20});
  const std::vector<float> base = logits_of(*opened.session, batch, false);
  CHECK(logits_of(*opened.session, batch, true) == base);
  train(*opened.session, 1, 2);
  CHECK(logits_of(*opened.session, batch, true) != base);
  CHECK(logits_of(*opened.session, batch, false) == base);
}

TEST(session_evaluation_agrees_with_logits) {
  Opened opened({.family = "qwen2", .tied = true});
  stir(*opened.session);
  const Batch batch = batch_of({12, 1, 20});
  const std::vector<float> logits = logits_of(*opened.session, batch, true);
  std::vector<ExampleLoss> examples(3);
  const EvaluateResult result = opened.session->evaluate(batch, true, examples.data());
  double total = 0;
  size_t at = 0;
  for (size_t s = 0; s < 3; ++s) {
    double nll = 0;
    int64_t learnt = 0;
    for (int32_t i = 0; i + 1 < batch.lengths[s]; ++i) {
      const size_t row = at + static_cast<size_t>(i);
      if (batch.labels[row + 1] == kNotLearnt) continue;
      double sum = 0;
      for (size_t v = 0; v < 41; ++v) sum += std::exp(static_cast<double>(logits[row * 41 + v]));
      nll += std::log(sum) - logits[row * 41 + static_cast<size_t>(batch.labels[row + 1])];
      ++learnt;
    }
    CHECK(examples[s].learnt == learnt);
    CHECK_NEAR(examples[s].nll_sum, nll, 1e-4);
    total += nll;
    at += static_cast<size_t>(batch.lengths[s]);
  }
  CHECK_NEAR(result.nll_sum, total, 1e-4);
  CHECK(result.learnt_tokens == count_learnt(batch));
}

TEST(session_learns) {
  for (const TrainKind kind : {TrainKind::kAdapter, TrainKind::kFull}) {
    Opened opened({}, kind);
    const Batch batch = batch_of({20});
    double first = 0, last = 0;
    for (int64_t step = 1; step <= 60; ++step) {
      last = opened.session->step({batch}, step_options(step)).loss;
      if (step == 1) first = last;
    }
    CHECK(last < first / 4);
  }
}

TEST(session_state_continues_with_the_same_bits) {
  const auto check = [](TrainKind kind, const AdapterConfig& adapter) {
    const TempFolder folder;
    write_tiny_model(folder, {.family = "qwen2"});
    OpenOptions options = options_for(folder, kind);
    options.adapter = adapter;
    const std::string file = folder.path("state.safetensors");
    Session whole(options);
    train(whole, 1, 3);
    whole.save_state(file);
    const std::vector<double> losses = train(whole, 4, 6);
    Session resumed(options);
    train(resumed, 1, 1);  // whatever it did before is forgotten
    resumed.load_state(file);
    CHECK(train(resumed, 4, 6) == losses);
    CHECK(values_of(resumed) == values_of(whole));
  };
  for (const AdapterConfig& adapter : every_kind(0.2)) check(TrainKind::kAdapter, adapter);
  check(TrainKind::kFull, {});
}

TEST(session_state_says_which_instructions_wrote_it) {
  Opened opened;
  train(*opened.session, 1, 2);
  const std::string file = opened.folder.path("state");
  opened.session->save_state(file);
  const StateInfo own = opened.session->load_state(file);
  CHECK(own.step == 2 && own.written_by == opened.session->device().name());
  // Written elsewhere: taken back all the same, but told.
  std::string bytes = opened.folder.read("state");
  const size_t at = bytes.find("\"" + own.written_by + "\"");
  CHECK(at != std::string::npos);
  bytes[at + 1] = 'X';
  const StateInfo other = opened.session->load_state(opened.folder.write("other", bytes));
  CHECK(other.step == 2 && other.written_by == "X" + own.written_by.substr(1));
  // Of before this was recorded.
  bytes.replace(bytes.find("written_by"), 10, "unknown_to");
  CHECK(opened.session->load_state(opened.folder.write("old", bytes)).written_by.empty());
}

TEST(session_state_of_another_training_is_refused) {
  Opened opened;
  const std::string file = opened.folder.path("state.safetensors");
  opened.session->save_state(file);
  OpenOptions options = options_for(opened.folder);
  lora_of(options).rank = 2;
  Session other(options);
  const auto before = values_of(other);
  CHECK_ERROR("STATE_MISMATCH", other.load_state(file));
  options.adapter = all_modules();
  options.adapter.modules.names = {"q_proj", "down_proj"};
  Session fewer(options);
  CHECK_ERROR("STATE_MISMATCH", fewer.load_state(file));
  // a safetensors file, but no state
  CHECK_ERROR("STATE_MISMATCH", other.load_state(opened.folder.path("model.safetensors")));
  CHECK_ERROR("FILE_MISSING", other.load_state(opened.folder.path("nothing")));
  CHECK(values_of(other) == before);
}

// Where layers take turns in one room, the widest of them has to fit, not the first.
TEST(session_adapters_that_differ_by_layer) {
  Opened opened;
  OpenOptions options = options_for(opened.folder);
  options.adapter.modules.layers = {1, 2};
  lora_of(options).rank_pattern = {{"2.mlp.up_proj", 7}, {"q_proj", 1}};
  Session kept(options);
  options.gradient_checkpointing = true;
  Session again(options);
  train(kept, 1, 3);
  train(again, 1, 3);
  CHECK(values_of(kept) == values_of(again));
  const std::string file = opened.folder.path("state.safetensors");
  kept.save_state(file);
  again.load_state(file);
}

TEST(session_step_that_is_not_finite_is_skipped) {
  Opened opened;
  train(*opened.session, 1, 2);
  const std::string before = opened.folder.path("before"), after = opened.folder.path("after");
  opened.session->save_state(before);
  const float kept = values_of(*opened.session)[0][0];
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), INFINITY}) {
    poke(*opened.session, 0, 0, bad);
    CHECK(opened.session->step({batch_of({9})}, step_options(2)).skipped);
    poke(*opened.session, 0, 0, kept);
  }
  opened.session->save_state(after);
  CHECK(opened.folder.read("before") == opened.folder.read("after"));
  CHECK(!opened.session->step({batch_of({9})}, step_options(3)).skipped);
}

// torch.nn.utils.clip_grad_norm_: gradients shrink to the norm; smaller ones stay as they are.
// With AdamW's first step the size of a gradient hardly counts, so epsilon is made large.
TEST(session_clips_by_global_norm) {
  const auto moved = [](double max_norm, double& norm) {
    Opened opened;
    stir(*opened.session);
    const auto before = values_of(*opened.session);
    StepOptions options = step_options(1);
    options.weight_decay = 0;
    options.epsilon = 1e6;
    options.learning_rate = 1e6;
    options.max_grad_norm = max_norm;
    norm = opened.session->step({batch_of({20})}, options).grad_norm;
    auto after = values_of(*opened.session);
    for (size_t i = 0; i < after.size(); ++i) {
      for (size_t j = 0; j < after[i].size(); ++j) after[i][j] -= before[i][j];
    }
    return after;
  };
  double norm = 0, other = 0;
  const auto free = moved(0, norm);
  auto clipped = moved(norm / 4, other);
  CHECK(other == norm);  // the norm reported is that before clipping
  CHECK(distance(free, moved(norm * 2, other)) == 0);
  for (auto& tensor : clipped) {
    for (float& x : tensor) x *= 4;
  }
  CHECK(distance(free, clipped) < 1e-3);
}

// Decay shrinks matrices and leaves norms and biases alone.
TEST(session_full_training_decays_matrices_only) {
  Opened opened({.family = "qwen2"}, TrainKind::kFull);
  const auto before = values_of(*opened.session);
  StepOptions options = step_options(1);
  options.epsilon = 1e30;  // no step by the gradient
  options.weight_decay = 0.5;
  opened.session->step({batch_of({9})}, options);
  const std::vector<Parameter>& parameters = opened.session->parameters();
  const auto after = values_of(*opened.session);
  for (size_t i = 0; i < parameters.size(); ++i) {
    const float factor = parameters[i].shape.size() == 2 ? 1 - 0.01f * 0.5f : 1.0f;
    CHECK_NEAR(after[i][0], before[i][0] * factor, 1e-7);
  }
}

TEST(session_refuses_what_it_cannot_take) {
  Opened opened;
  Session& session = *opened.session;
  const auto refuse = [&](const char* code, void (*spoil)(Batch&)) {
    Batch batch = batch_of({8, 9});
    spoil(batch);
    CHECK_ERROR(code, session.step({batch_of({5}), batch}, step_options(1)));
  };
  const auto before = values_of(session);
  refuse("BAD_TOKEN", [](Batch& b) { b.tokens[3] = 41; });
  refuse("BAD_TOKEN", [](Batch& b) { b.tokens[3] = -1; });
  refuse("BAD_TOKEN", [](Batch& b) { b.labels[3] = 41; });
  refuse("BAD_TOKEN", [](Batch& b) { b.labels[3] = -1; });
  refuse("BAD_LENGTHS", [](Batch& b) { b.lengths = {8, 8}; });
  refuse("BAD_LENGTHS", [](Batch& b) { b.lengths = {17, 0}; });
  refuse("BAD_LENGTHS", [](Batch& b) { b.lengths = {20, -3}; });
  refuse("BAD_LENGTHS", [](Batch& b) { b.lengths = {INT32_MAX, INT32_MAX, 19}; });
  refuse("BAD_LENGTHS", [](Batch& b) { b.labels.pop_back(); });
  refuse("EMPTY_BATCH", [](Batch& b) { b = Batch{}; });
  refuse("BATCH_TOO_LARGE", [](Batch& b) { b = batch_of({65}); });
  Batch nothing = batch_of({9});
  std::fill(nothing.labels.begin() + 1, nothing.labels.end(), kNotLearnt);
  CHECK_ERROR("NO_LEARNT_TOKENS", session.step({nothing}, step_options(1)));
  CHECK_ERROR("NO_LEARNT_TOKENS", session.step({}, step_options(1)));
  StepOptions wrong = step_options(0);
  CHECK_ERROR("BAD_OPTION", session.step({batch_of({9})}, wrong));
  CHECK(values_of(session) == before);
}

TEST(session_for_reading_does_not_train) {
  Opened opened({}, TrainKind::kNone);
  CHECK_ERROR("NOT_TRAINABLE", opened.session->step({batch_of({9})}, step_options(1)));
  CHECK_ERROR("NOT_TRAINABLE", opened.session->save_state(opened.folder.path("s")));
  CHECK_ERROR("NO_ADAPTER", opened.session->save_adapter(opened.folder.path("a"), ""));
}

TEST(session_options_are_checked) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  for (const auto& spoil : std::vector<void (*)(OpenOptions&)>{
           [](OpenOptions& o) { o.max_tokens = 0; }, [](OpenOptions& o) { o.max_context = -1; },
           [](OpenOptions& o) { o.threads = 5000; }, [](OpenOptions& o) { lora_of(o).rank = 0; },
           [](OpenOptions& o) {
             o.train = TrainKind::kFull;
             o.quantization = BaseQuantization::kNF4;
           },
           [](OpenOptions& o) {
             o.train = TrainKind::kFull;
             o.adapter_dir = "somewhere";
           }}) {
    OpenOptions options = options_for(folder);
    spoil(options);
    CHECK_ERROR("BAD_OPTION", Session{options});
    CHECK_ERROR("BAD_OPTION", plan_memory(options));
  }
}

TEST(session_starts_from_an_adapter_folder) {
  Opened opened;
  stir(*opened.session);
  const std::string dir = opened.folder.path("adapter");
  opened.session->save_adapter(dir, "");
  OpenOptions options = options_for(opened.folder);
  options.adapter_dir = dir;
  Session again(options);
  CHECK(values_of(again) == values_of(*opened.session));
  lora_of(options).rank = 2;
  CHECK_ERROR("ADAPTER_MISMATCH", Session{options});
  options.train = TrainKind::kNone;  // then the folder alone says what the adapter is
  Session reading(options);
  const Batch batch = batch_of({12});
  CHECK(logits_of(reading, batch, true) == logits_of(*opened.session, batch, true));
  CHECK(reading.info().trainable_parameters == opened.session->info().trainable_parameters);
  std::string config = opened.folder.read("adapter/adapter_config.json");
  config.replace(config.find("down_proj"), 9, "qkv_proj");  // a model of another shape
  opened.folder.write("adapter/adapter_config.json", config);
  CHECK_ERROR("ADAPTER_MISMATCH", Session{options});
}

TEST(session_all_linear_is_every_module_by_name) {
  Opened all;  // by kAllLinear
  CHECK(all.session->adapter().config().modules.names == all.session->info().linear_modules);
  OpenOptions options = options_for(all.folder);
  options.adapter.modules.names = {"up_proj", "gate_proj", "down_proj", "o_proj",
                                   "v_proj",  "k_proj",    "q_proj"};
  Session named(options);
  CHECK(values_of(named) == values_of(*all.session));
}

// An NF4 base computes what an F32 base of its dequantised values computes.
TEST(session_nf4_base_is_its_dequantised_values) {
  const TempFolder folder, out;
  write_tiny_model(folder, {.hidden = 64, .intermediate = 128});
  OpenOptions options = options_for(folder);
  options.quantization = BaseQuantization::kNF4;
  Session quantised(options);
  quantised.save_merged(out.path("base"), DType::kF32);  // B is zero: the base alone
  out.write("base/config.json", folder.read("config.json"));
  options.model_dir = out.path("base");
  options.quantization = BaseQuantization::kNone;
  Session plain(options);
  stir(quantised);
  stir(plain);
  const std::vector<Batch> batches = {batch_of({20, 9})};
  CHECK_NEAR(quantised.gradients(batches).loss, plain.gradients(batches).loss, 1e-5);
  CHECK(distance(gradients_of(plain, batches), gradients_of(quantised, batches)) < 1e-4);
}

namespace {

// What a session computes and what the model that it saves computes.
void check_saved_model(Session& session, const TempFolder& folder) {
  const std::string dir = folder.path("merged");
  session.save_merged(dir, DType::kF32);
  folder.write("merged/config.json", folder.read("config.json"));
  OpenOptions options = options_for(folder, TrainKind::kNone);
  options.model_dir = dir;
  Session saved(options);
  const Batch batch = batch_of({25});
  const std::vector<float> a = logits_of(session, batch, true);
  CHECK(distance({a}, {logits_of(saved, batch, false)}) < 1e-5);
}

}  // namespace

TEST(session_merged_model_says_what_the_adapted_one_says) {
  for (const TinyModel& model : std::vector<TinyModel>{{.family = "qwen3", .tied = true},
                                                       {.family = "qwen2"},
                                                       {.family = "phi3"},
                                                       {.family = "gemma2", .tied = true}}) {
    for (const AdapterConfig& adapter : every_kind()) {
      const TempFolder folder;
      write_tiny_model(folder, model);
      OpenOptions options = options_for(folder);
      options.adapter = adapter;
      Session session(options);
      stir(session);
      check_saved_model(session, folder);
      const Batch batch = batch_of({25});
      const std::vector<float> adapted = logits_of(session, batch, true);
      CHECK(distance({adapted}, {logits_of(session, batch, false)}) > 1e-3);
    }
  }
}

// Norms of 1 + w are stored as w, a tied head once.
TEST(session_fully_trained_model_is_saved_as_its_family_stores_it) {
  for (const TinyModel& model : std::vector<TinyModel>{{.family = "gemma", .tied = true},
                                                       {.family = "gemma2", .tied = true},
                                                       {.family = "phi3"}}) {
    Opened opened(model, TrainKind::kFull);
    train(*opened.session, 1, 3);
    check_saved_model(*opened.session, opened.folder);
    const SafetensorsFile before(opened.folder.path("model.safetensors"));
    const SafetensorsFile after(opened.folder.path("merged/model.safetensors"));
    CHECK(after.tensors().size() == before.tensors().size());
    for (const Tensor& tensor : before.tensors()) {
      CHECK(after.tensor(tensor.name).shape == tensor.shape);
      const float was = tensor.as<float>()[0];
      const float is = after.tensor(tensor.name).as<float>()[0];
      CHECK(was != is && std::fabs(was - is) < 0.1f);
    }
  }
}

// What an adapter of another kind learnt: saved as a PEFT folder and opened again, it says the
// same.
TEST(session_adapter_folder_of_every_kind) {
  for (const AdapterConfig& adapter : every_kind()) {
    const TempFolder folder;
    write_tiny_model(folder, {});
    OpenOptions options = options_for(folder);
    options.adapter = adapter;
    Session trained(options);
    train(trained, 1, 3);
    trained.save_adapter(folder.path("adapter"), "");
    options.adapter_dir = folder.path("adapter");
    options.adapter = {};
    options.train = TrainKind::kNone;
    Session opened(options);
    const Batch batch = batch_of({21});
    CHECK(logits_of(opened, batch, true) == logits_of(trained, batch, true));
  }
}

TEST(session_cancel_leaves_no_trace) {
  Opened opened;
  train(*opened.session, 1, 2);
  const auto before = values_of(*opened.session);
  const std::vector<Batch> endless(100000, batch_of({30}));
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    opened.session->cancel();
  });
  CHECK_ERROR("CANCELLED", opened.session->step(endless, step_options(3)));
  other.join();
  CHECK(values_of(*opened.session) == before);
  opened.session->reset_cancel();
  Opened undisturbed;
  train(*undisturbed.session, 1, 2);
  CHECK(train(*opened.session, 3, 4) == train(*undisturbed.session, 3, 4));
}

// The reference of a policy that was tuned before.
TEST(a_reference_stands_in_the_place_of_no_adapter) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  const Batch batch = batch_of({11, 6}, 41, 3);
  const auto logs_of = [&](Session& session, bool adapter) {
    std::vector<float> logs(batch.tokens.size());
    session.log_probabilities(batch, adapter, logs.data());
    return logs;
  };
  for (const AdapterConfig& kind : every_kind()) {
    const TempFolder first;
    OpenOptions options = options_for(folder);
    options.adapter = kind;
    {
      Session session(options);
      stir(session);
      session.save_adapter(first.path(), "tiny");
    }
    options.adapter_dir = first.path();
    Session plain(options);
    const std::vector<double> losses = train(plain, 1, 3);
    const std::vector<float> base = logs_of(plain, false), tuned = logs_of(plain, true);

    options.reference_dir = first.path();
    Session session(options);
    const std::vector<float> start = logs_of(session, true);
    CHECK(start != base);
    CHECK(logs_of(session, false) == start);
    // between a forward by hand and its way back, too, nothing stays in the wrong place
    CHECK(train(session, 1, 2).back() == losses[1]);
    CHECK(logs_of(session, false) == start);
    CHECK(train(session, 3, 3)[0] == losses[2]);
    CHECK(logs_of(session, true) == tuned);
    CHECK(session.plan().adapter > plain.plan().adapter);
  }
  const TempFolder other;
  OpenOptions options = options_for(folder);
  {
    Session session(options);
    session.save_adapter(other.path(), "tiny");
  }
  options.reference_dir = other.path();
  lora_of(options).rank = 5;
  CHECK_ERROR("ADAPTER_MISMATCH", Session session(options));
  options.train = TrainKind::kNone;
  CHECK_ERROR("BAD_OPTION", Session session(options));
}
