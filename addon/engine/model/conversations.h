// Many conversations at once on one loaded base, each with an adapter of its own or none: one call
// brings each of them one token further, in one pass over all of them, and reads some of what waits
// to be read between. All places are planned before; a place is free again as soon as its
// conversation ends.
//
// What is said in a place does not depend on what is said in the others, to the bit: rows of
// different conversations are multiplied apart (Operations::linear_forward_apart), and prompts are
// read alone, cut where a generation (model/generator.h) cuts them. So each answer is that of a
// generation with the same prompt, settings and seed.
#pragma once

#include <cstdint>
#include <vector>

#include "core/thread_pool.h"
#include "model/generator.h"

namespace neiro {

struct ConversationOptions {
  std::vector<int32_t> prompt;
  int64_t max_new_tokens = 0;
  std::vector<int32_t> stop_tokens;
  Sampling sampling;
  int adapter = -1;  // its number among those of the session; -1 = the base alone
  bool log_probabilities = false;
  int64_t likeliest = 0;  // with them, so many of the likeliest tokens
};

// What one conversation has said in one call.
struct Said {
  int64_t place = 0;
  // kBroken: its numbers are not finite any more; there is no token then.
  enum class Ended { kNo, kStop, kLength, kBroken } ended = Ended::kNo;
  int32_t token = 0;  // a stop token is said too
  bool has_score = false;
  TokenScore score;                   // of the token, before cuts and penalties
  std::vector<TokenScore> likeliest;  // the likeliest first
};

// Planned memory of its own. P = places, V = vocabulary.
struct ConversationBuffers {
  int64_t places = 0;
  int64_t capacity = 0;  // positions of each
  KvCache cache;
  int32_t* tokens = nullptr;           // [P, capacity] on the host: prompts and answers
  float* logits = nullptr;             // [P, V] on the host
  std::vector<SamplerBuffers> worker;  // [threads]
  DevicePtr<int32_t> begins;           // [P] of the rows of a pass
  int32_t* rows = nullptr;             // [6, P] on the host: what is told of these rows
};
ConversationBuffers place_conversation_buffers(PlannedMemory& memory, const ModelConfig& config,
                                               int64_t places, int64_t max_context, int threads);

class Conversations {
 public:
  // What each adapter puts before a conversation; by its number.
  using Inputs = std::vector<const InputRows*>;

  // Everything handed over must outlive it.
  Conversations(const Model& model, const ConversationBuffers& own, const TransformerBuffers& rows,
                const LayerScratch& scratch, const HeadBuffers& head, ThreadPool& pool,
                Inputs inputs);

  // Takes a free place, whose number it returns; reads nothing yet. Throws Error NO_FREE_PLACE
  // {places}, PROMPT_TOO_LONG {tokens, limit}, EMPTY_PROMPT, BAD_OPTION, NO_ADAPTER or
  // NO_LANGUAGE_HEAD.
  int64_t begin(const ConversationOptions& options);
  // A token of each that has been read, then about kPromptTokens of what waits, the first come
  // first. Whoever has ended has left its place. Throws Error CANCELLED where nothing was said
  // before; nothing is lost then, and the next call goes on.
  std::vector<Said> advance(Pass pass);
  // Leaves a place before its end. Nothing where it is free already.
  void end(int64_t place);

  int64_t active() const { return static_cast<int64_t>(order_.size()); }

 private:
  struct Conversation {
    ConversationOptions asked;
    int64_t before = 0;  // rows of the adapter in the cache, before the tokens
    int64_t length = 0;  // tokens so far
    int64_t read = 0;    // tokens in the cache
    bool read_before = false;
    int64_t new_left = 0;

    int64_t prompt() const { return static_cast<int64_t>(asked.prompt.size()); }
    bool waits() const { return read < prompt(); }
  };

  void speak(Pass pass, std::vector<Said>& said);
  // Part of the prompt; the first token where that was the rest. Returns the tokens read.
  int64_t read_on(Pass pass, int64_t place, std::vector<Said>& said);
  Matrix read_rows(Pass& pass, int64_t place, const int32_t* tokens, int64_t n);
  // From the logits of the rows of these places, in this order.
  void sample(const int64_t* places, int64_t n, std::vector<Said>& said);
  Said sample_one(int64_t place, const float* logits, const SamplerBuffers& buffers);
  Conversation& at(int64_t place) { return conversations_[static_cast<size_t>(place)]; }
  int32_t* tokens_of(int64_t place) const { return own_.tokens + place * own_.capacity; }
  int64_t next_part(const Conversation& conversation) const;

  const Model& model_;
  const ConversationBuffers& own_;
  const TransformerBuffers& rows_;
  const LayerScratch& scratch_;
  const HeadBuffers& head_;
  ThreadPool& pool_;
  Inputs inputs_;

  std::vector<Conversation> conversations_;  // [places]
  std::vector<bool> taken_;
  std::vector<int64_t> order_;  // taken places, the first come first
};

}  // namespace neiro
