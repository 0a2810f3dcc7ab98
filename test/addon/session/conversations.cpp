// What is said in a place is what is said alone, to the bit, whatever is said beside it.
#include "adapters/adapter_files.h"
#include "check.h"
#include "support.h"

using namespace neiro;

namespace {

struct Line {
  std::vector<int32_t> tokens;
  std::vector<float> scores;  // log-probabilities
  Said::Ended ended = Said::Ended::kNo;
  bool operator==(const Line&) const = default;
};

ConversationOptions asked(const std::vector<int32_t>& prompt, int adapter, uint64_t seed) {
  ConversationOptions options;
  options.prompt = prompt;
  options.max_new_tokens = 9;
  options.adapter = adapter;
  options.log_probabilities = true;
  options.likeliest = 3;
  options.sampling.temperature = seed == 0 ? 0 : 1.2f;
  options.sampling.seed = seed;
  return options;
}

// All at once, in as many places as there are; who finds none waits.
std::vector<Line> talk(Session& session, const std::vector<ConversationOptions>& all,
                       size_t places) {
  std::vector<Line> lines(all.size());
  std::vector<size_t> who(places, SIZE_MAX);
  size_t next = 0, talking = 0;
  while (next < all.size() || talking > 0) {
    // one more in each round: they never stand side by side at the same place of their text
    if (next < all.size() && talking < places) {
      who[static_cast<size_t>(session.begin_conversation(all[next]))] = next;
      ++next;
      ++talking;
    }
    for (const Said& said : session.advance()) {
      Line& line = lines[who[static_cast<size_t>(said.place)]];
      line.tokens.push_back(said.token);
      line.scores.push_back(said.score.log_probability);
      for (const TokenScore& one : said.likeliest) line.scores.push_back(one.log_probability);
      line.ended = said.ended;
      if (said.ended != Said::Ended::kNo) --talking;
    }
  }
  return lines;
}

// A folder with an adapter of this kind that does something.
void make_adapter(const TempFolder& model, const TempFolder& folder, const AdapterConfig& config,
                  uint64_t seed) {
  OpenOptions options = options_for(model);
  options.adapter = config;
  Session session(options);
  stir(session, seed);
  session.save_adapter(folder.path(), "tiny");
}

OpenOptions reading(const TempFolder& model, int64_t places) {
  OpenOptions options = options_for(model, TrainKind::kNone);
  options.conversations = places;
  options.threads = 1;
  options.max_context = 48;
  return options;
}

std::vector<int32_t> alone(const TempFolder& model, const std::string& adapter,
                           const ConversationOptions& asked, int64_t max_tokens) {
  OpenOptions options = options_for(model, TrainKind::kNone);
  options.max_context = 48;
  options.threads = 1;
  options.max_tokens = max_tokens;
  options.adapter_dir = adapter;
  Session session(options);
  GenerateOptions same;
  same.prompt = asked.prompt;
  same.max_new_tokens = asked.max_new_tokens;
  same.sampling = asked.sampling;
  same.adapter = !adapter.empty();
  session.generate_begin(same);
  std::vector<int32_t> answer(64);
  int64_t written = 0;
  session.generate_next(64, answer.data(), &written);
  answer.resize(static_cast<size_t>(written));
  return answer;
}

void check_family(const TinyModel& model) {
  const TempFolder folder, lora, dora, ia3, prompt, prefix;
  write_tiny_model(folder, model);
  make_adapter(folder, lora, all_modules(), 3);
  make_adapter(folder, dora, all_modules(0, true), 4);
  make_adapter(folder, ia3, every_kind()[2], 5);
  make_adapter(folder, prompt, virtual_tokens(VirtualTokensConfig::Kind::kPrompt), 6);
  make_adapter(folder, prefix, virtual_tokens(VirtualTokensConfig::Kind::kPrefix), 7);
  const std::vector<const TempFolder*> adapters = {&lora, &dora, &ia3, &prompt, &prefix};
  // With T = 7 chunks end in pieces of every size; few rows are summed in another way than many.
  for (const int64_t T : {7, 64}) {
    OpenOptions options = reading(folder, 7);
    options.max_tokens = T;
    options.adapter_dir = lora.path();
    for (size_t i = 1; i < adapters.size(); ++i)
      options.more_adapters.push_back(adapters[i]->path());
    options.threads = T == 7 ? 2 : 1;  // which changes no bit either
    Session many(options);
    options.threads = 1;
    options.conversations = 1;
    Session one(options);
    std::vector<ConversationOptions> all;
    for (int i = 0; i < 18; ++i) {
      const int32_t length = 1 + i * 7 % 31;
      all.push_back(asked(batch_of({length}, 41, static_cast<uint64_t>(i + 1)).tokens, i % 6 - 1,
                          static_cast<uint64_t>(i % 4)));
    }
    const std::vector<Line> lines = talk(many, all, 7);
    CHECK(lines == talk(one, all, 1));
    for (size_t i = 0; i < all.size(); i += 5) {
      const int adapter = all[i].adapter;
      const std::string dir =
          adapter < 0 ? std::string() : adapters[static_cast<size_t>(adapter)]->path();
      CHECK(lines[i].tokens == alone(folder, dir, all[i], T));
    }
  }
}

}  // namespace

TEST(conversations_llama) { check_family({}); }
TEST(conversations_with_a_window) { check_family({.family = "qwen2", .window = 6, .tied = true}); }
TEST(conversations_gemma2) { check_family({.family = "gemma2", .window = 6, .tied = true}); }
TEST(conversations_phi3) { check_family({.family = "phi3"}); }

TEST(conversations_leave_their_places) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Session session(reading(folder, 2));
  const ConversationOptions first = asked({1, 2, 3}, -1, 0), second = asked({4, 5}, -1, 2);
  const std::vector<Line> both = talk(session, {first, second}, 2);
  const int64_t left = session.begin_conversation(first);
  session.advance();
  const int64_t stays = session.begin_conversation(second);
  CHECK_ERROR("NO_FREE_PLACE", session.begin_conversation(first));
  session.advance();
  session.end_conversation(left);
  session.end_conversation(left);  // once is enough, and another time does no harm
  std::vector<int32_t> heard;
  CHECK(session.begin_conversation(first) == left);
  session.end_conversation(stays);
  session.end_conversation(left);
  CHECK(session.advance().empty());
  CHECK(talk(session, {second, first}, 2) == std::vector<Line>({both[1], both[0]}));
}

TEST(conversations_end_as_generations_do) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Session session(reading(folder, 3));
  ConversationOptions options = asked({1, 2, 3}, -1, 0);
  const Line line = talk(session, {options}, 3)[0];
  CHECK(line.tokens.size() == 9 && line.ended == Said::Ended::kLength);
  options.stop_tokens = {line.tokens[4]};
  const Line stopped = talk(session, {options}, 3)[0];
  CHECK(stopped.ended == Said::Ended::kStop && stopped.tokens.back() == line.tokens[4]);
  options.stop_tokens.clear();
  options.max_new_tokens = 1000;
  CHECK(talk(session, {options}, 3)[0].tokens.size() == 48 - 3);
  options.prompt.clear();
  CHECK_ERROR("EMPTY_PROMPT", session.begin_conversation(options));
  options.prompt.assign(48, 1);
  CHECK_ERROR("PROMPT_TOO_LONG", session.begin_conversation(options));
  options.prompt = {41};
  CHECK_ERROR("BAD_TOKEN", session.begin_conversation(options));
  options.prompt = {1};
  options.adapter = 0;
  CHECK_ERROR("NO_ADAPTER", session.begin_conversation(options));
  CHECK_ERROR("NO_CONTEXT", session.generate_begin({.prompt = {1}, .max_new_tokens = 1}));
  Session without(options_for(folder));
  CHECK_ERROR("NO_CONVERSATIONS", without.advance());
}

TEST(conversations_of_a_broken_adapter_end_alone) {
  const TempFolder folder, whole, broken;
  write_tiny_model(folder, {});
  make_adapter(folder, whole, all_modules(), 3);
  {
    OpenOptions options = options_for(folder);
    Session session(options);
    stir(session);
    poke(session, 1, 0, 3e38f);
    poke(session, 1, 1, 3e38f);
    session.save_adapter(broken.path(), "tiny");
  }
  OpenOptions options = reading(folder, 2);
  options.more_adapters = {whole.path(), broken.path()};
  Session session(options);
  const Line alone = talk(session, {asked({1, 2, 3}, 0, 0)}, 2)[0];
  const std::vector<Line> both = talk(session, {asked({5, 6}, 1, 0), asked({1, 2, 3}, 0, 0)}, 2);
  CHECK(both[0].ended == Said::Ended::kBroken);
  CHECK(both[1] == alone);
}

TEST(conversations_know_the_model_s_own_probabilities) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Session session(reading(folder, 1));
  ConversationOptions options = asked({1, 2, 3}, -1, 0);
  options.max_new_tokens = 1;
  options.likeliest = 20;
  options.sampling.frequency_penalty = 1.5f;  // of none of these
  session.begin_conversation(options);
  const Said said = session.advance().at(0);
  std::vector<float> logits(3 * 41);
  session.logits({options.prompt, {}, {3}, {}}, false, logits.data());
  double sum = 0;
  for (int i = 0; i < 41; ++i) sum += std::exp(static_cast<double>(logits[82 + i]));
  CHECK(said.likeliest.size() == 20 && said.likeliest[0].token == said.token);
  for (const TokenScore& one : said.likeliest) {
    const double expected = logits[static_cast<size_t>(82 + one.token)] - std::log(sum);
    CHECK(std::fabs(one.log_probability - expected) < 1e-4);
  }
}

TEST(conversations_are_planned_before) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  OpenOptions options = reading(folder, 2);
  const int64_t two = plan_memory(options).activations;
  options.conversations = 6;
  // 4 more caches: keys and values of 3 layers, 48 positions, 2 heads of 6
  const int64_t four = 4 * 2 * 3 * 48 * 12 * 4;
  CHECK(plan_memory(options).activations - two >= four);
  CHECK(plan_memory(options).activations - two < four + 4096);
  options.conversations = 65;  // more than maxTokens
  CHECK_ERROR("BAD_OPTION", plan_memory(options));
  // while something is trained, one generation has its place beside them
  options.conversations = 2;
  options.train = TrainKind::kAdapter;
  const int64_t trained = plan_memory(options).activations;
  options.conversations = 6;
  CHECK(plan_memory(options).activations - trained >= four);
  options.more_adapters = {"somewhere"};
  CHECK_ERROR("BAD_OPTION", plan_memory(options));
}

TEST(conversations_of_what_is_trained_are_its_own_as_it_is_now) {
  const TempFolder folder, saved;
  write_tiny_model(folder, {});
  OpenOptions options = options_for(folder);
  options.threads = 1;
  options.max_context = 48;
  options.conversations = 3;
  Session session(options);
  stir(session);
  train(session, 1, 3);
  std::vector<ConversationOptions> all;
  for (int i = 0; i < 7; ++i) {
    all.push_back(asked(batch_of({4 + i}, 41, static_cast<uint64_t>(i + 1)).tokens, 0,
                        static_cast<uint64_t>(i % 3)));
  }
  const std::vector<Line> lines = talk(session, all, 3);
  session.save_adapter(saved.path(), "tiny");
  for (size_t i = 0; i < all.size(); ++i) {
    CHECK(lines[i].tokens == alone(folder, saved.path(), all[i], 64));
  }
  // and what is learnt does not depend on what was said between
  const std::vector<double> losses = train(session, 4, 5);
  options.conversations = 0;
  Session silent(options);
  stir(silent);
  train(silent, 1, 3);
  CHECK(train(silent, 4, 5) == losses);
  CHECK_ERROR("BAD_OPTION", session.begin_conversation(asked({1, 2}, -1, 0)));
}
