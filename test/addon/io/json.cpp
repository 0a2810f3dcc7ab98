// JSON: what RFC 8259 allows comes through as it was meant, everything else is a named error.
#include "io/json.h"

#include <cmath>
#include <limits>
#include <locale>
#include <string>
#include <vector>

#include "check.h"
#include "core/random.h"
#include "io/json_reader.h"
#include "temp_folder.h"

using namespace neiro;

namespace {

Json parse(std::string_view text) { return Json::parse(text, "test.json"); }

TEST(values_read_and_write_back) {
  const std::pair<const char*, const char*> kCases[] = {
      {"null", "null"},
      {" true ", "true"},
      {"false", "false"},
      {"0", "0"},
      {"-12", "-12"},
      {"9223372036854775807", "9223372036854775807"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"1.5", "1.5"},
      {"1e3", "1000.0"},
      {"1E+2", "100.0"},
      {"-0.0", "-0.0"},
      {"1e-05", "1e-05"},
      {"0.1", "0.1"},
      {"[]", "[]"},
      {"{}", "{}"},
      {"[1,[2,{\"a\":[]}],\"x\"]", "[1, [2, {\"a\": []}], \"x\"]"},
      {"\t{\r\n\"b\" : 1 , \"a\" : 2 }\n", "{\"b\": 1, \"a\": 2}"},
      {"\"\\u3042\\ud83d\\ude00\\n\\/\"", "\"あ😀\\u000a/\""},
      {"\"\\\"\\\\\\b\\f\\r\\t\"", "\"\\\"\\\\\\u0008\\u000c\\u000d\\u0009\""},
      {"\"\\u0000\"", "\"\\u0000\""},
      {"\"\x7f\"", "\"\x7f\""}};
  for (const auto& [text, expected] : kCases) CHECK(parse(text).text() == expected);
}

TEST(broken_texts_are_refused) {
  const char* const kCases[] = {"",
                                " ",
                                "nul",
                                "tru",
                                "nullx",
                                "True",
                                "'a'",
                                "\"a",
                                "\"\\",
                                "\"\\x\"",
                                "\"\\u12\"",
                                "\"\\u12g4\"",
                                "\"\\u+123\"",
                                "\"\\ud800\"",
                                "\"\\ud800\\u0041\"",
                                "\"\\udc00\"",
                                "\"a\nb\"",
                                "\"\t\"",
                                "01",
                                "-",
                                "+1",
                                ".5",
                                "1.",
                                "1e",
                                "1e+",
                                "0x10",
                                "1e999",
                                "NaN",
                                "Infinity",
                                "-Infinity",
                                "[",
                                "]",
                                "[1",
                                "[1,",
                                "[1,]",
                                "[,1]",
                                "[1 2]",
                                "[1}",
                                "{",
                                "{\"a\"",
                                "{\"a\":",
                                "{\"a\":1",
                                "{\"a\":1,}",
                                "{a:1}",
                                "{1:2}",
                                "{\"a\" 1}",
                                "{\"a\":1 \"b\":2}",
                                "{\"a\":1]",
                                "1 2",
                                "{} x",
                                "// comment\n1",
                                "\xef\xbb\xbf{}",
                                "{\"a\":1,\"b\":2,\"a\":3}",
                                "{\"x\":{\"a\":1,\"\\u0061\":1}}"};
  for (const char* text : kCases) CHECK_ERROR("BROKEN_CONFIG", parse(text));
}

TEST(an_error_names_file_place_and_reason) {
  try {
    parse("{\"a\": [1, 2, oops]}");
    CHECK(false);
  } catch (const Error& error) {
    CHECK(error.details.at("file") == "test.json");
    CHECK(error.details.at("offset") == "13");
    CHECK(error.details.at("reason") == "expected a value");
    CHECK(std::string(error.what()) ==
          "BROKEN_CONFIG file=\"test.json\" offset=\"13\" reason=\"expected a value\"");
  }
}

TEST(sixty_four_levels_are_enough) {
  const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(parse(nested(64)).text() == nested(64));
  CHECK_ERROR("BROKEN_CONFIG", parse(nested(65)));
  CHECK_ERROR("BROKEN_CONFIG", parse(std::string(1000000, '[')));
  std::string objects;
  for (int i = 0; i < 100000; ++i) objects += "{\"a\":";
  CHECK_ERROR("BROKEN_CONFIG", parse(objects));
  JsonReader reader(objects, "test.json", broken_config);
  CHECK_ERROR("BROKEN_CONFIG", reader.skip());
}

TEST(a_text_over_the_limit_is_refused_before_it_is_read) {
  CHECK_ERROR("FILE_TOO_LARGE", Json::parse("[1, 2, 3]", "test.json", 8));
  CHECK(Json::parse("[1, 2, 3]", "test.json", 9).array()->size() == 3);
}

TEST(numbers_keep_their_value_and_kind) {
  CHECK(parse("7").integer() == 7 && parse("7").is_integer());
  CHECK(parse("7.0").integer() == 7 && !parse("7.0").is_integer());
  CHECK(!parse("7.5").integer());
  CHECK(!parse("1e300").integer());
  CHECK(parse("7").number() == 7.0);
  CHECK(parse("9223372036854775808").number() == 9223372036854775808.0);  // past int64: a double
  CHECK(parse("1e-400").number() == 0.0);
  CHECK(parse("2.2250738585072011e-308").number() > 0.0);
  CHECK(parse("1.7976931348623157e308").number() == std::numeric_limits<double>::max());
  CHECK(!parse("\"7\"").number() && !parse("true").integer() && !parse("null").boolean());
}

TEST(doubles_write_as_short_as_they_read_back) {
  for (uint64_t i = 0; i < 2000; ++i) {
    const auto bits = philox({3, 1}, i);
    const double value = std::ldexp(static_cast<double>(bits[0]) - 2147483648.0,
                                    static_cast<int>(bits[1] % 200) - 100);
    CHECK(parse(Json(value).text()).number() == value);
  }
  CHECK(Json(2e-4).text() == "0.0002");
  CHECK(Json(0.05).text() == "0.05");
  CHECK(Json(16.0).text() == "16.0");
  CHECK(Json(std::nan("")).text() == "null");
  CHECK(Json(INFINITY).text() == "null");
}

// A German desktop sets such a locale for the whole process.
TEST(numbers_do_not_depend_on_the_locale) {
  struct Comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
  };
  const std::locale before = std::locale::global(std::locale(std::locale(), new Comma));
  const std::string text = parse("[1234567.5, 1234567]").text();
  std::locale::global(before);
  CHECK(text == "[1234567.5, 1234567]");
}

TEST(members_are_found_by_name_in_file_order) {
  const Json json = parse("{\"b\": 1, \"a\": {\"c\": [true]}}");
  CHECK(json.find("b")->integer() == 1);
  CHECK(json.find("a")->find("c")->array()->front().boolean() == true);
  CHECK(!json.find("c") && !json.find("b")->find("x"));
  CHECK((*json.object())[0].first == "b");
}

TEST(indented_text_is_what_people_expect) {
  const Json json = Json::Object{{"a", Json::Array{1, 2}}, {"b", Json::Object{}}, {"c", "d"}};
  CHECK(json.text(2) == "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {},\n  \"c\": \"d\"\n}");
  CHECK(parse(json.text(2)).text() == json.text());
}

// Every code point in its only form; nothing else.
TEST(utf8_is_well_formed_or_refused) {
  const auto form = [](uint32_t lead, int shift, uint32_t point) {
    std::string bytes(1, static_cast<char>(lead | point >> shift));
    for (shift -= 6; shift >= 0; shift -= 6) {
      bytes += static_cast<char>(0x80 | (point >> shift & 0x3f));
    }
    return bytes;
  };
  for (uint32_t point = 0; point <= 0x10ffff; ++point) {
    const bool surrogate = point >= 0xd800 && point <= 0xdfff;
    const size_t shortest = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    const size_t expected = surrogate ? 0 : shortest;
    if (point < 0x800) CHECK(utf8_sequence(form(0xc0, 6, point)) == (shortest == 2 ? 2 : 0));
    if (point < 0x10000)
      CHECK(utf8_sequence(form(0xe0, 12, point)) == (shortest == 3 ? expected : 0));
    CHECK(utf8_sequence(form(0xf0, 18, point)) == (shortest == 4 ? 4 : 0));
  }
  for (const char* bytes : {"\x80", "\xbf", "\xc2", "\xe3\x81", "\xf0\x9f\x98", "\xf4\x90\x80\x80",
                            "\xf5\x80\x80\x80", "\xff", "\xe3\x41\x82"}) {
    CHECK(utf8_sequence(bytes) == 0);
    CHECK_ERROR("BROKEN_CONFIG", parse('"' + std::string(bytes) + '"'));
  }
}

TEST(written_strings_are_always_valid) {
  std::string out;
  append_json_string(out, "ok\xff\xe3\x81 \"quote\" \\ \x01 音");
  CHECK(out == "\"ok\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd \\\"quote\\\" \\\\ \\u0001 音\"");
  CHECK(parse(out).string());
}

Json random_value(PhiloxKey key, uint64_t& at, int depth) {
  const auto draw = [&](uint32_t limit) { return philox(key, at++)[0] % limit; };
  switch (draw(depth > 4 ? 5 : 7)) {
    case 0:
      return {};
    case 1:
      return draw(2) == 0;
    case 2: {
      const auto bits = philox(key, at++);
      return static_cast<int64_t>(bits[0]) * static_cast<int32_t>(bits[1]);
    }
    case 3:
      return std::ldexp(static_cast<double>(draw(1000000)), static_cast<int>(draw(60)) - 30);
    case 4: {
      std::string text;
      for (uint32_t i = draw(8); i > 0; --i) {
        const char* const kPieces[] = {"a", "\"", "\\", "\n", "音", "😀"};
        text += kPieces[draw(6)];
      }
      return text;
    }
    case 5: {
      Json::Array items;
      for (uint32_t i = draw(5); i > 0; --i) items.push_back(random_value(key, at, depth + 1));
      return items;
    }
    default: {
      Json::Object members;
      const uint32_t count = draw(5);
      for (uint32_t i = 0; i < count; ++i) {
        std::string name = std::to_string(i);
        members.emplace_back(std::move(name), random_value(key, at, depth + 1));
      }
      return members;
    }
  }
}

TEST(any_value_survives_writing_and_reading) {
  for (uint64_t seed = 0; seed < 500; ++seed) {
    uint64_t at = 0;
    const Json json = random_value({seed, 0}, at, 0);
    CHECK(parse(json.text()).text() == json.text());
    CHECK(parse(json.text(3)).text() == json.text());
  }
}

// Damage of any kind ends in a value or in an Error, never in a crash (run under a sanitiser too).
TEST(damaged_texts_never_crash) {
  const std::string text =
      "{\"architectures\": [\"LlamaForCausalLM\"], \"rope\": {\"factor\": 8.0e0, \"é\": null},"
      " \"ids\": [1, -2, 30000], \"tie\": false, \"s\": \"\\u3042\\ud83d\\ude00 音\"}";
  int refused = 0;
  for (uint64_t i = 0; i < 20000; ++i) {
    std::string damaged = text;
    const auto bits = philox({77, 0}, i);
    damaged[bits[0] % damaged.size()] = static_cast<char>(bits[1]);
    if (bits[2] % 3 == 0) damaged.resize(bits[2] / 3 % damaged.size());
    if (bits[2] % 3 == 1) damaged.insert(bits[3] % damaged.size(), 1, "{}[],:\"\\0"[bits[1] % 9]);
    try {
      parse(damaged);
    } catch (const Error& error) {
      CHECK(error.code == "BROKEN_CONFIG");
      ++refused;
    }
  }
  CHECK(refused > 10000);
}

TEST(a_file_is_read_whole_and_an_lfs_pointer_is_recognised) {
  const TempFolder folder;
  CHECK(Json::read(folder.write("a.json", "{\"a\": 1}")).find("a")->integer() == 1);
  const std::string pointer =
      folder.write("b.json", "version https://git-lfs.example/spec/v1\noid sha256:0\nsize 1\n");
  CHECK_ERROR("LFS_POINTER", Json::read(pointer));
  CHECK_ERROR("FILE_MISSING", Json::read(folder.path("c.json")));
}

}  // namespace
