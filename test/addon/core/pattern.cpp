// Expressions as they stand in PEFT's files: what they take, what is refused, and how long they
// take.
#include "core/pattern.h"

#include "check.h"

using namespace neiro;

namespace {

bool matches(const std::string& expression, const std::string& text) {
  const std::optional<Pattern> pattern = Pattern::read(expression);
  CHECK(pattern.has_value());
  return pattern && pattern->matches(text);
}

}  // namespace

TEST(pattern_takes_the_whole_text) {
  CHECK(matches("q_proj", "q_proj"));
  CHECK(!matches("q_proj", "q_proj2") && !matches("q_proj", "xq_proj") && !matches("q", ""));
  CHECK(matches("", "") && !matches("", "a"));
  CHECK(matches(".*", "") && matches(".*", "model.layers.0.mlp") && !matches(".", "\n"));
}

TEST(pattern_alternatives_groups_and_repeats) {
  const std::string names = ".*\\.(q|k|v|o)_proj";
  for (const char* name : {"a.q_proj", "model.layers.11.self_attn.v_proj"}) {
    CHECK(matches(names, name));
  }
  CHECK(!matches(names, "a.up_proj") && !matches(names, "q_proj"));
  CHECK(matches("a|b|", "") && matches("a|b|", "b") && !matches("a|b|", "ab"));
  CHECK(matches("(?:ab)+", "ababab") && !matches("(ab)+", "aba") && !matches("(ab)+", ""));
  CHECK(matches("a?b*?c+", "bbcc") && !matches("a?b*c+", "aab"));
  CHECK(matches("x{2}", "xx") && !matches("x{2}", "x") && !matches("x{2}", "xxx"));
  CHECK(matches("x{1,3}", "xxx") && !matches("x{1,3}", "xxxx") && matches("x{,2}", ""));
  CHECK(matches("x{2,}", "xxxxx") && !matches("x{2,}", "x"));
  CHECK(matches("((a|b)c)*", "acbc") && matches("(a*)*", "aaa") && matches("(a|)*", "aa"));
}

TEST(pattern_sets_escapes_and_anchors) {
  const std::string layers = "^model\\.layers\\.([0-9]|1[0-5])\\.mlp\\.(gate|up)_proj$";
  CHECK(matches(layers, "model.layers.7.mlp.up_proj"));
  CHECK(matches(layers, "model.layers.15.mlp.gate_proj"));
  CHECK(!matches(layers, "model.layers.16.mlp.gate_proj"));
  CHECK(!matches(layers, "modelxlayers.7.mlp.up_proj"));
  CHECK(matches("\\d+\\w\\s", "12a ") && !matches("\\D", "1") && matches("[^.]+", "abc"));
  CHECK(matches("[]a-c\\d]+", "]b7") && !matches("[^a]", "a") && matches("[a-]", "-"));
  CHECK(matches("\\bmodel\\b\\.a\\b", "model.a") && !matches("m\\bodel", "model"));
  CHECK(matches("m\\Bodel", "model") && !matches("\\Bmodel", "model") && !matches("\\b", ""));
  CHECK(!matches("a^b", "ab") && !matches("a$b", "ab") && matches("^a$|^b$", "b"));
}

// Written by Unsloth into every adapter of its own.
TEST(pattern_reads_what_a_program_makes) {
  const std::string made =
      "(?:.*?(?:language|text|).*?(?:self_attn|attention|attn|mlp|feed_forward|ffn|dense).*?"
      "(?:q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj).*?)|(?:\\bmodel\\.layers\\."
      "[\\d]{1,}\\.(?:self_attn|mlp)\\.(?:(?:q_proj|up_proj)))";
  CHECK(matches(made, "model.layers.0.self_attn.q_proj"));
  CHECK(matches(made, "model.layers.11.mlp.down_proj") && !matches(made, "model.layers.0.norm"));
}

TEST(pattern_refuses_what_it_does_not_know) {
  for (const char* wrong :
       {"(?=a)", "(?!a)", "(?i)a", "(a)\\1", "a**", "*a", "a{2", "a{x}", "a{3,2}", "(a", "a)", "[a",
        "a\\", "a++", "[z-a]", "x{1000}", "(?P<n>a)"}) {
    CHECK(!Pattern::read(wrong).has_value());
  }
  CHECK(!Pattern::read(std::string(100, '(') + "a" + std::string(100, ')')).has_value());
  CHECK(!Pattern::read("((((a{200}){200}){200}){200})").has_value());
}

// Those that keep a backtracking matcher busy for ever: this test would not end.
TEST(pattern_goes_over_a_text_once) {
  const std::string text(20000, 'a');
  for (const char* expression : {"(a|a|aa)+b", "(a*)*b", "(a+)+b", "(.*)*x", "(a|aa)*(a|aa)*b"}) {
    CHECK(!matches(expression, text));
  }
}
