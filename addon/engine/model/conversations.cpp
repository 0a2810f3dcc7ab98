// One pass for all who speak, then some of what is to be read.
#include "model/conversations.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/error.h"
#include "core/option.h"
#include "model/input_rows.h"

namespace neiro {
namespace {

constexpr int64_t kPromptTokens = 64;  // of prompts, between two tokens of those who speak
constexpr int64_t kMostLikeliest = 20;
// Products of fewer rows are summed in another order, so no part of a chunk may have fewer unless
// the whole chunk has.
constexpr int64_t kFewRows = 5;

}  // namespace

ConversationBuffers place_conversation_buffers(PlannedMemory& memory, const ModelConfig& config,
                                               int64_t places, int64_t max_context, int threads) {
  constexpr MemoryCategory kCategory = MemoryCategory::kWorkspace;
  ConversationBuffers buffers;
  buffers.places = places;
  buffers.capacity = max_context;
  if (places == 0) return buffers;
  buffers.cache = place_kv_cache(memory, config, places, max_context);
  buffers.tokens = memory.take_host<int32_t>(kCategory, places * max_context);
  buffers.logits = memory.take_host<float>(kCategory, places * config.vocab_size);
  for (int i = 0; i < threads; ++i) {
    buffers.worker.push_back(place_sampler_buffers(memory, config.vocab_size, max_context));
  }
  buffers.begins = memory.take<int32_t>(kCategory, places);
  buffers.rows = memory.take_host<int32_t>(kCategory, 6 * places);
  return buffers;
}

Conversations::Conversations(const Model& model, const ConversationBuffers& own,
                             const TransformerBuffers& rows, const LayerScratch& scratch,
                             const HeadBuffers& head, ThreadPool& pool, Inputs inputs)
    : model_(model),
      own_(own),
      rows_(rows),
      scratch_(scratch),
      head_(head),
      pool_(pool),
      inputs_(std::move(inputs)),
      conversations_(static_cast<size_t>(own.places)),
      taken_(static_cast<size_t>(own.places), false) {
  order_.reserve(static_cast<size_t>(own.places));
}

int64_t Conversations::begin(const ConversationOptions& options) {
  if (model_.config.has_score_head() || !model_.config.causal) throw Error("NO_LANGUAGE_HEAD");
  if (own_.capacity == 0) throw Error("NO_CONTEXT");
  if (options.adapter >= static_cast<int>(inputs_.size())) throw Error("NO_ADAPTER");
  const InputRows* inputs =
      options.adapter < 0 ? nullptr : inputs_[static_cast<size_t>(options.adapter)];
  const int64_t before = inputs == nullptr ? 0 : inputs->count();
  const int64_t prompt = static_cast<int64_t>(options.prompt.size());
  if (prompt == 0) throw Error("EMPTY_PROMPT");
  if (prompt >= own_.capacity - before) {
    throw Error("PROMPT_TOO_LONG", {{"tokens", std::to_string(prompt)},
                                    {"limit", std::to_string(own_.capacity - before)}});
  }
  check_sampling(options.sampling);
  require_option(options.likeliest >= 0 && options.likeliest <= kMostLikeliest, "likeliest",
                 options.likeliest, "a whole number from 0 to 20");
  require_option(options.max_new_tokens >= 1, "maxNewTokens", options.max_new_tokens, "1 or more");
  const auto free = std::find(taken_.begin(), taken_.end(), false);
  if (free == taken_.end()) {
    throw Error("NO_FREE_PLACE", {{"places", std::to_string(own_.places)}});
  }
  const int64_t place = free - taken_.begin();
  at(place) = {.asked = options,
               .before = before,
               .length = prompt,
               .read = 0,
               .read_before = false,
               .new_left = options.max_new_tokens};
  std::copy(options.prompt.begin(), options.prompt.end(), tokens_of(place));
  taken_[static_cast<size_t>(place)] = true;
  order_.push_back(place);
  return place;
}

void Conversations::end(int64_t place) {
  if (place < 0 || place >= own_.places || !taken_[static_cast<size_t>(place)]) return;
  taken_[static_cast<size_t>(place)] = false;
  order_.erase(std::find(order_.begin(), order_.end(), place));
}

std::vector<Said> Conversations::advance(Pass pass) {
  std::vector<Said> said;
  std::vector<int64_t> waiting;
  for (const int64_t place : order_) {
    if (at(place).waits()) waiting.push_back(place);
  }
  speak(pass, said);
  try {
    int64_t read = 0;
    for (const int64_t place : waiting) {
      if (read >= kPromptTokens) break;
      read += read_on(pass, place, said);
    }
  } catch (const Error& error) {
    // what was said before must come out; who was being read goes on from there
    if (error.code != "CANCELLED" || said.empty()) throw;
  }
  for (const Said& one : said) {
    if (one.ended != Said::Ended::kNo) end(one.place);
  }
  return said;
}

// The last tokens of all who have been read, as one batch. Rows of one adapter lie together, so
// that its products are one for all of them.
void Conversations::speak(Pass pass, std::vector<Said>& said) {
  std::vector<int64_t> places;
  for (const int64_t place : order_) {
    if (!at(place).waits()) places.push_back(place);
  }
  std::stable_sort(places.begin(), places.end(),
                   [&](int64_t a, int64_t b) { return at(a).asked.adapter < at(b).asked.adapter; });
  const int64_t n = static_cast<int64_t>(places.size());
  if (n == 0) return;
  const int64_t P = own_.places;
  int32_t* tokens = own_.rows;
  int32_t* positions = tokens + P;
  int32_t* begins = positions + P;
  int32_t* next = begins + P;
  int32_t* lengths = next + P;
  int32_t* states = lengths + P;
  for (int64_t i = 0; i < n; ++i) {
    const Conversation& one = at(places[static_cast<size_t>(i)]);
    const int64_t position = one.before + one.length - 1;
    tokens[i] = tokens_of(places[static_cast<size_t>(i)])[one.length - 1];
    positions[i] = static_cast<int32_t>(position);
    begins[i] = static_cast<int32_t>(places[static_cast<size_t>(i)] * own_.capacity);
    next[i] = static_cast<int32_t>(begins[i] + position);
    lengths[i] = static_cast<int32_t>(position + 1);
    states[i] = static_cast<int32_t>(own_.cache.state_of(places[static_cast<size_t>(i)]));
  }
  // Rows [first, first + count) by adapter.
  const auto by_adapter = [&](int64_t first, int64_t count) {
    std::vector<AdapterRows> all;
    for (int64_t i = 0; i < count; ++i) {
      const int adapter = at(places[static_cast<size_t>(first + i)]).asked.adapter;
      if (all.empty() || all.back().adapter != adapter) all.push_back({adapter, i, 0});
      ++all.back().count;
    }
    return all;
  };
  pass.device->upload(own_.begins, begins, n);
  const RowsApart apart{own_.begins, next, lengths, states};
  pass.rows = lay_rows_apart(*pass.device, rows_, tokens, positions, n);
  pass.apart = &apart;
  pass.inputs = nullptr;  // they stand in the caches already
  pass.adapters = by_adapter(0, n);
  const Matrix hidden = transformer_cached(pass, model_, rows_, scratch_,
                                           [&](size_t layer) { return own_.cache.of_all(layer); });
  for (const int64_t place : places) own_.cache.read(place);
  const int64_t vocab = model_.config.vocab_size;
  for (int64_t first = 0; first < n; first += head_.rows) {
    const int64_t count = std::min(head_.rows, n - first);
    pass.adapters = by_adapter(first, count);
    const Matrix logits = head_forward(pass, model_, head_, hidden.slice(first, count));
    pass.device->download(own_.logits + first * vocab, logits.floats(), count * vocab);
  }
  for (const int64_t place : places) at(place).read = at(place).length;
  sample(places.data(), n, said);
}

// Cut as a generation cuts its prompt, and its parts once more.
int64_t Conversations::next_part(const Conversation& one) const {
  const int64_t chunk = std::min(kPromptChunk, rows_.T);
  const int64_t left =
      std::min(chunk - one.read % chunk, one.prompt() - one.read);  // of this chunk
  const int64_t part = std::min(kPromptTokens, left);
  const int64_t rest = left - part;
  return rest > 0 && rest < kFewRows ? left : part;
}

int64_t Conversations::read_on(Pass pass, int64_t place, std::vector<Said>& said) {
  Conversation& one = at(place);
  const int adapter = one.asked.adapter;
  pass.inputs = adapter < 0 ? nullptr : inputs_[static_cast<size_t>(adapter)];
  if (one.before > 0 && !one.read_before) {
    read_rows(pass, place, nullptr, one.before);
    one.read_before = true;
  }
  const int64_t n = next_part(one);
  const Matrix hidden = read_rows(pass, place, tokens_of(place) + one.read, n);
  one.read += n;
  if (one.waits()) return n;
  pass.adapters = {{adapter, 0, 1}};
  const Matrix logits = head_forward(pass, model_, head_, hidden.slice(n - 1, 1));
  pass.device->download(own_.logits, logits.floats(), model_.config.vocab_size);
  sample(&place, 1, said);
  return n;
}

// n tokens that follow those in the cache; without tokens the rows that the adapter puts before.
Matrix Conversations::read_rows(Pass& pass, int64_t place, const int32_t* tokens, int64_t n) {
  const Conversation& one = at(place);
  const int64_t start = tokens == nullptr ? 0 : one.before + one.read;
  pass.rows = tokens == nullptr ? lay_rows_before(*pass.device, rows_, n)
                                : lay_more_rows(*pass.device, rows_, tokens, n, start);
  pass.rows.sequences.longest = static_cast<int32_t>(one.before + one.prompt());
  pass.adapters = {{one.asked.adapter, 0, n}};
  if (start == 0) own_.cache.begin(*pass.device, place);
  const Matrix hidden = transformer_cached(pass, model_, rows_, scratch_, [&](size_t layer) {
    return own_.cache.of(layer, place, start);
  });
  own_.cache.read(place);
  return hidden;
}

void Conversations::sample(const int64_t* places, int64_t n, std::vector<Said>& said) {
  const int64_t vocab = model_.config.vocab_size;
  const size_t first = said.size();
  said.resize(first + static_cast<size_t>(n));
  pool_.parallel_each(n, [&](int64_t i, int worker) {
    said[first + static_cast<size_t>(i)] =
        sample_one(places[i], own_.logits + i * vocab, own_.worker[static_cast<size_t>(worker)]);
  });
}

Said Conversations::sample_one(int64_t place, const float* logits, const SamplerBuffers& buffers) {
  Conversation& one = at(place);
  const ConversationOptions& asked = one.asked;
  const int64_t vocab = model_.config.vocab_size;
  Said said;
  said.place = place;
  try {
    double log_sum = 0;
    if (asked.log_probabilities) {
      log_sum = log_sum_of(logits, vocab);
      said.likeliest = likeliest(logits, buffers.order, vocab, asked.likeliest, log_sum);
    }
    std::copy(logits, logits + vocab, buffers.scores);
    sampling_distribution(buffers.scores, buffers.order, vocab, tokens_of(place), one.length,
                          one.length - one.prompt(), asked.sampling);
    said.token = draw(buffers.scores, vocab, asked.sampling.seed, one.length);
    if (asked.log_probabilities) {
      said.has_score = true;
      said.score = {said.token, static_cast<float>(logits[said.token] - log_sum)};
    }
  } catch (const Error& error) {
    if (error.code != "NOT_FINITE_LOGITS") throw;
    said.ended = Said::Ended::kBroken;
    return said;
  }
  tokens_of(place)[one.length++] = said.token;
  --one.new_left;
  const std::vector<int32_t>& stops = asked.stop_tokens;
  if (std::find(stops.begin(), stops.end(), said.token) != stops.end()) {
    said.ended = Said::Ended::kStop;
  } else if (one.new_left == 0 || one.length + one.before == own_.capacity) {
    said.ended = Said::Ended::kLength;
  }
  return said;
}

}  // namespace neiro
