// Read from the back: a part is made when what follows it is known.
#include "core/pattern.h"

#include <cstdint>
#include <utility>

namespace neiro {

// Recursive descent. A part that is repeated is read again for each time, from its first byte.
class PatternReader {
 public:
  explicit PatternReader(std::string_view text) : text_(text) {}

  std::optional<Pattern> read() {
    const int end = add({Pattern::State::Kind::kMatch, {}});
    const int first = alternatives(0, text_.size(), end);
    if (failed_) return std::nullopt;
    pattern_.first_ = first;
    return std::move(pattern_);
  }

 private:
  using State = Pattern::State;
  using Bytes = std::bitset<256>;

  static constexpr size_t kMostStates = 4096;
  static constexpr int kDeepest = 32;
  static constexpr int kMostTimes = 256;

  int fail() {
    failed_ = true;
    return -1;
  }

  int add(State state) {
    if (pattern_.states_.size() >= kMostStates) return fail();
    pattern_.states_.push_back(std::move(state));
    return static_cast<int>(pattern_.states_.size()) - 1;
  }

  int both(int one, int other) {
    State state{State::Kind::kBoth, {}};
    state.next = one;
    state.other = other;
    return add(std::move(state));
  }

  // The end of the part that begins at `at`: a byte, an escape, a set or a group. 0 = none.
  size_t part_end(size_t at, size_t end) const {
    if (text_[at] == '\\') return at + 2 <= end ? at + 2 : 0;
    if (text_[at] == '[') {
      size_t i = at + 1;
      if (i < end && text_[i] == '^') ++i;
      if (i < end && text_[i] == ']') ++i;  // first in a set it is itself
      while (i < end && text_[i] != ']') i += text_[i] == '\\' ? 2 : 1;
      return i < end ? i + 1 : 0;
    }
    if (text_[at] != '(') return at + 1;
    int depth = 0;
    for (size_t i = at; i < end;) {
      if (text_[i] == '(') ++depth;
      if (text_[i] == ')' && --depth == 0) return i + 1;
      const size_t next = text_[i] == '(' ? i + 1 : part_end(i, end);
      if (next == 0) return 0;
      i = next;
    }
    return 0;
  }

  // a|b|c in [at, end), before the state `next`.
  int alternatives(size_t at, size_t end, int next) {
    if (++depth_ > kDeepest) return fail();
    int first = -1;
    for (size_t begin = at; !failed_;) {
      size_t i = begin;
      while (i < end && text_[i] != '|') {
        i = part_end(i, end);
        if (i == 0) return fail();
      }
      const int way = sequence(begin, i, next);
      first = first < 0 ? way : both(first, way);
      if (i >= end) break;
      begin = i + 1;
    }
    --depth_;
    return failed_ ? -1 : first;
  }

  struct Times {
    int least = 1, most = 1;  // most < 0: any number
    size_t end = 0;
  };

  // How often the part that ends at `at` stands there.
  Times times(size_t at, size_t end) {
    Times times;
    times.end = at;
    if (at >= end) return times;
    const char c = text_[at];
    if (c == '?') times = {0, 1, at + 1};
    if (c == '*') times = {0, -1, at + 1};
    if (c == '+') times = {1, -1, at + 1};
    if (c == '{') times = counted(at, end);
    // lazy is the same language; possessive is another
    if (times.end > at && times.end < end && text_[times.end] == '?') ++times.end;
    if (times.end > at && times.end < end && text_[times.end] == '+') fail();
    if (times.end > at && times.end < end && (text_[times.end] == '*' || text_[times.end] == '{')) {
      fail();
    }
    return times;
  }

  Times counted(size_t at, size_t end) {
    size_t i = at + 1;
    const auto number = [&]() -> int {
      int value = -1;
      for (; i < end && text_[i] >= '0' && text_[i] <= '9'; ++i) {
        value = (value < 0 ? 0 : value) * 10 + (text_[i] - '0');
        if (value > kMostTimes) fail();
        if (failed_) return -1;
      }
      return value;
    };
    Times times;
    times.least = number();
    times.most = times.least;
    if (i < end && text_[i] == ',') {
      ++i;
      times.most = number();
      if (times.least < 0) times.least = 0;
    }
    if (i >= end || text_[i] != '}' || times.least < 0) fail();
    if (times.most >= 0 && times.most < times.least) fail();
    times.end = i + 1;
    return times;
  }

  // The parts in [at, end), one behind the other.
  int sequence(size_t at, size_t end, int next) {
    struct Part {
      size_t begin, end;
      Times times;
    };
    std::vector<Part> parts;
    while (at < end && !failed_) {
      const char c = text_[at];
      if (c == '?' || c == '*' || c == '+' || c == '{' || c == ')') return fail();
      const size_t stop = part_end(at, end);
      if (stop == 0) return fail();
      const Times times = this->times(stop, end);
      parts.push_back({at, stop, times});
      at = times.end;
    }
    for (size_t i = parts.size(); i-- > 0 && !failed_;) {
      const Part& part = parts[i];
      if (part.times.most < 0) {
        // any number more: a way round
        const int loop = both(-1, next);
        const int body = one(part.begin, part.end, loop);
        if (failed_) return -1;
        pattern_.states_[static_cast<size_t>(loop)].next = body;
        next = loop;
      } else {
        for (int n = part.times.least; n < part.times.most && !failed_; ++n) {
          next = both(one(part.begin, part.end, next), next);
        }
      }
      for (int n = 0; n < part.times.least && !failed_; ++n) {
        next = one(part.begin, part.end, next);
      }
    }
    return failed_ ? -1 : next;
  }

  // One part, once.
  int one(size_t at, size_t end, int next) {
    if (failed_) return -1;
    const char c = text_[at];
    if (c == '(') {
      size_t begin = at + 1;
      if (text_.substr(begin, 2) == "?:") {
        begin += 2;
      } else if (text_.substr(begin, 1) == "?") {
        return fail();
      }
      return alternatives(begin, end - 1, next);
    }
    State state{State::Kind::kByte, {}};
    state.next = next;
    if (c == '^') {
      state.kind = State::Kind::kBegin;
    } else if (c == '$') {
      state.kind = State::Kind::kEnd;
    } else if (c == '\\' && (text_[at + 1] == 'b' || text_[at + 1] == 'B')) {
      state.kind = text_[at + 1] == 'b' ? State::Kind::kBorder : State::Kind::kInside;
    } else if (c == '.') {
      state.bytes.set();
      state.bytes.reset('\n');
    } else if (c == '\\') {
      state.bytes = escaped(text_[at + 1]);
    } else if (c == '[') {
      state.bytes = set(at + 1, end - 1);
    } else {
      state.bytes.set(static_cast<unsigned char>(c));
    }
    return failed_ ? -1 : add(std::move(state));
  }

  static Bytes range(int low, int high) {
    Bytes bytes;
    for (int b = low; b <= high; ++b) bytes.set(static_cast<size_t>(b));
    return bytes;
  }

  Bytes escaped(char c) {
    Bytes bytes;
    switch (c) {
      case 'd':
      case 'D':
        bytes = range('0', '9');
        break;
      case 'w':
      case 'W':
        bytes = range('0', '9') | range('a', 'z') | range('A', 'Z');
        bytes.set('_');
        break;
      case 's':
      case 'S':
        for (const char space : {' ', '\t', '\n', '\r', '\f', '\v'}) {
          bytes.set(static_cast<size_t>(space));
        }
        break;
      default:
        // A letter or a digit means something else (\1, in a set \b): not understood.
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) fail();
        bytes.set(static_cast<unsigned char>(c));
    }
    return c == 'D' || c == 'W' || c == 'S' ? ~bytes : bytes;
  }

  // Between the brackets.
  Bytes set(size_t at, size_t end) {
    Bytes bytes;
    const bool others = at < end && text_[at] == '^';
    if (others) ++at;
    while (at < end) {
      if (text_[at] == '\\') {
        bytes |= escaped(text_[at + 1]);
        at += 2;
      } else if (at + 2 < end && text_[at + 1] == '-') {
        const int low = static_cast<unsigned char>(text_[at]);
        const int high = static_cast<unsigned char>(text_[at + 2]);
        if (high < low || text_[at + 2] == '\\') fail();
        bytes |= range(low, high);
        at += 3;
      } else {
        bytes.set(static_cast<unsigned char>(text_[at++]));
      }
    }
    return others ? ~bytes : bytes;
  }

  std::string_view text_;
  Pattern pattern_;
  int depth_ = 0;
  bool failed_ = false;
};

std::optional<Pattern> Pattern::read(std::string_view expression) {
  return PatternReader(expression).read();
}

Pattern::Place Pattern::place(std::string_view text, size_t at) {
  const auto word = [&](size_t i) {
    if (i >= text.size()) return false;
    const char c = text[i];
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  const bool before = at > 0 && word(at - 1);
  return {at == 0, at == text.size(), before != word(at)};
}

// The states that are reached from one without taking a byte.
void Pattern::follow(int state, const Place& place, std::vector<int>& reached,
                     std::vector<bool>& seen) const {
  std::vector<int> open = {state};
  while (!open.empty()) {
    const int at = open.back();
    open.pop_back();
    if (at < 0 || seen[static_cast<size_t>(at)]) continue;
    seen[static_cast<size_t>(at)] = true;
    const State& found = states_[static_cast<size_t>(at)];
    switch (found.kind) {
      case State::Kind::kBoth:
        open.push_back(found.other);
        open.push_back(found.next);
        break;
      case State::Kind::kBegin:
        if (place.begin) open.push_back(found.next);
        break;
      case State::Kind::kEnd:
        if (place.end) open.push_back(found.next);
        break;
      case State::Kind::kBorder:
        if (place.border) open.push_back(found.next);
        break;
      case State::Kind::kInside:
        if (!place.border) open.push_back(found.next);
        break;
      case State::Kind::kByte:
      case State::Kind::kMatch:
        reached.push_back(at);
    }
  }
}

bool Pattern::matches(std::string_view text) const {
  std::vector<int> here, next;
  std::vector<bool> seen(states_.size());
  follow(first_, place(text, 0), here, seen);
  for (size_t i = 0; i < text.size(); ++i) {
    next.clear();
    seen.assign(states_.size(), false);
    for (const int at : here) {
      const State& state = states_[static_cast<size_t>(at)];
      if (state.kind != State::Kind::kByte) continue;
      if (!state.bytes.test(static_cast<unsigned char>(text[i]))) continue;
      follow(state.next, place(text, i + 1), next, seen);
    }
    here.swap(next);
  }
  for (const int at : here) {
    if (states_[static_cast<size_t>(at)].kind == State::Kind::kMatch) return true;
  }
  return false;
}

}  // namespace neiro
