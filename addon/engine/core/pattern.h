// Regular expressions out of files of strangers, over short texts such as names of modules: the
// part of Python's that such files use, matched in time linear in the text (Thompson 1968), so that
// no expression can hold the engine up.
#pragma once

#include <array>
#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace neiro {

// Literals, . \d \w \s and their opposites, [sets], groups without references, | ? * + {n,m}, ^ $
// \b \B.
// Bytes, not characters: outside of ASCII a dot is a byte.
class Pattern {
 public:
  // Empty for what is not understood (look-around, references, flags), cannot be parsed, or is more
  // than a few thousand states.
  static std::optional<Pattern> read(std::string_view expression);

  // Whether the whole text is one (Python's fullmatch).
  bool matches(std::string_view text) const;

 private:
  friend class PatternReader;

  struct State {
    enum class Kind { kByte, kBoth, kBegin, kEnd, kBorder, kInside, kMatch } kind;
    std::bitset<256> bytes;  // kByte: takes one of these
    int next = -1;
    int other = -1;  // kBoth: the second way
  };
  // What holds between two bytes of a text.
  struct Place {
    bool begin = false, end = false;
    bool border = false;  // of a word: \b
  };
  static Place place(std::string_view text, size_t at);
  void follow(int state, const Place& place, std::vector<int>& reached,
              std::vector<bool>& seen) const;

  std::vector<State> states_;
  int first_ = -1;
};

}  // namespace neiro
