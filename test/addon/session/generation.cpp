// The KV cache must say what a pass over the whole text says, whatever the chunks.
#include "check.h"
#include "support.h"

using namespace neiro;

namespace {

GenerateOptions greedy(const std::vector<int32_t>& prompt, int64_t count) {
  GenerateOptions options;
  options.prompt = prompt;
  options.max_new_tokens = count;
  options.sampling.temperature = 0;
  return options;
}

std::vector<int32_t> generate(Session& session, const GenerateOptions& options, int64_t chunk = 3) {
  std::vector<int32_t> answer, part(static_cast<size_t>(chunk));
  session.generate_begin(options);
  for (Finished finished = Finished::kNo; finished == Finished::kNo;) {
    int64_t written = 0;
    finished = session.generate_next(chunk, part.data(), &written);
    answer.insert(answer.end(), part.begin(), part.begin() + written);
  }
  return answer;
}

// Without any cache: the likeliest next token of the whole text, again and again.
std::vector<int32_t> slowly(Session& session, std::vector<int32_t> text, int64_t count,
                            bool adapter) {
  const size_t vocab = static_cast<size_t>(session.info().vocab_size);
  std::vector<int32_t> answer;
  for (int64_t i = 0; i < count; ++i) {
    std::vector<float> logits(text.size() * vocab);
    session.logits({text, {}, {static_cast<int32_t>(text.size())}, {}}, adapter, logits.data());
    const auto last = logits.end() - static_cast<int64_t>(vocab);
    answer.push_back(static_cast<int32_t>(std::max_element(last, logits.end()) - last));
    text.push_back(answer.back());
  }
  return answer;
}

void check_family(const TinyModel& model) {
  const TempFolder folder;
  write_tiny_model(folder, model);
  OpenOptions options = options_for(folder);
  const std::vector<int32_t> prompt = batch_of({17}).tokens;
  for (const int64_t room : {1, 5, 64}) {  // prompts are read in chunks of at most that
    options.max_tokens = 64;
    Session whole(options);
    options.max_tokens = room;
    Session pieces(options);
    stir(whole);
    stir(pieces);
    for (const bool adapter : {true, false}) {
      GenerateOptions asked = greedy(prompt, 12);
      asked.adapter = adapter;
      CHECK(generate(pieces, asked) == slowly(whole, prompt, 12, adapter));
    }
  }
}

}  // namespace

TEST(generation_llama) { check_family({}); }
TEST(generation_mistral_window) { check_family({.family = "mistral", .window = 6}); }
TEST(generation_qwen2) { check_family({.family = "qwen2", .window = 6, .tied = true}); }
TEST(generation_qwen3) { check_family({.family = "qwen3"}); }
TEST(generation_gemma) { check_family({.family = "gemma", .tied = true}); }
TEST(generation_gemma2) { check_family({.family = "gemma2", .window = 6, .tied = true}); }
TEST(generation_gemma3) { check_family({.family = "gemma3_text", .window = 5}); }
TEST(generation_phi3) { check_family({.family = "phi3"}); }

TEST(generation_does_not_depend_on_how_it_is_asked) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Session session(options_for(folder));
  GenerateOptions options = greedy(batch_of({9}).tokens, 15);
  options.sampling.temperature = 1.3f;
  options.sampling.repetition_penalty = 1.1f;
  options.sampling.seed = 4;
  const std::vector<int32_t> answer = generate(session, options, 1);
  CHECK(answer.size() == 15);
  CHECK(generate(session, options, 4) == answer && generate(session, options, 100) == answer);
  options.sampling.seed = 5;
  CHECK(generate(session, options) != answer);
}

TEST(generation_survives_a_step_between) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Session session(options_for(folder));
  GenerateOptions options = greedy(batch_of({9}).tokens, 8);
  options.adapter = false;  // so that training cannot change the answer
  const std::vector<int32_t> answer = generate(session, options);
  session.generate_begin(options);
  std::vector<int32_t> again(8);
  int64_t first = 0, rest = 0;
  session.generate_next(3, again.data(), &first);
  train(session, 1, 2);
  session.generate_next(5, again.data() + first, &rest);
  CHECK(first == 3 && rest == 5 && again == answer);
}

TEST(generation_ends_at_a_stop_token_or_the_end_of_room) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Session session(options_for(folder));
  const std::vector<int32_t> prompt = batch_of({9}).tokens;
  const std::vector<int32_t> answer = generate(session, greedy(prompt, 10));
  GenerateOptions stopping = greedy(prompt, 10);
  stopping.stop_tokens = {answer[4]};
  const size_t first =
      static_cast<size_t>(std::find(answer.begin(), answer.end(), answer[4]) - answer.begin());
  CHECK(generate(session, stopping).size() == first + 1);  // the stop token is the last
  std::vector<int32_t> part(4);
  int64_t written = 0;
  session.generate_begin(stopping);
  while (session.generate_next(4, part.data(), &written) == Finished::kNo) {
  }
  CHECK_ERROR("NOTHING_STARTED", session.generate_next(1, part.data(), &written));
  CHECK(generate(session, greedy(prompt, 1000)).size() == 32 - 9);  // maxContext
  CHECK(generate(session, greedy(prompt, 0)).empty());
}

TEST(generation_refuses_what_it_cannot_read) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  OpenOptions options = options_for(folder);
  Session session(options);
  CHECK_ERROR("EMPTY_PROMPT", session.generate_begin(greedy({}, 3)));
  CHECK_ERROR("BAD_TOKEN", session.generate_begin(greedy({1, 41}, 3)));
  CHECK_ERROR("PROMPT_TOO_LONG", session.generate_begin(greedy(batch_of({32}).tokens, 3)));
  GenerateOptions wrong = greedy({1}, 3);
  wrong.sampling.top_p = 0;
  CHECK_ERROR("BAD_OPTION", session.generate_begin(wrong));
  options.max_context = 0;
  Session without(options);
  CHECK_ERROR("NO_CONTEXT", without.generate_begin(greedy({1}, 3)));
}

TEST(generation_of_a_broken_adapter_is_told) {
  const TempFolder folder;
  write_tiny_model(folder, {});
  Session session(options_for(folder));
  stir(session);
  poke(session, 1, 0, NAN);
  std::vector<int32_t> part(4);
  int64_t written = 0;
  session.generate_begin(greedy({1, 2, 3}, 4));
  CHECK_ERROR("NOT_FINITE_LOGITS", session.generate_next(4, part.data(), &written));
}
