// The encoder families: what their configs say, bases without a head of scores, and names of old
// checkpoints.
#include "check.h"
#include "golden.h"
#include "model/families/families.h"
#include "model/relative.h"
#include "model/weights.h"

using namespace neiro;

namespace {

Json config_of(const std::string& model) {
  return Json::read(std::string(NEIRO_GOLDEN_DIR) + "/../" + model + "/config.json");
}

// The config with one member said otherwise.
Json with(const Json& config, const std::string& name, const Json& value) {
  Json::Object object;
  for (const Json::Member& member : *config.object()) {
    if (member.first != name) object.push_back(member);
  }
  object.emplace_back(name, value);
  return Json(object);
}

Json bert() { return config_of("golden/models/bert-classifier"); }
Json roberta() { return config_of("golden-2/models/roberta-classifier"); }
Json modernbert() { return config_of("golden-2/models/modernbert-classifier"); }
Json deberta() { return config_of("golden-2/models/deberta-v2-classifier"); }

}  // namespace

TEST(encoders_read_both_ways_and_score) {
  const ModelConfig config = parse_config(bert());
  CHECK(config.family == "bert" && !config.causal && config.layer_norm && config.norm_behind_sum);
  CHECK(config.has_score_head() && config.score.labels == 3);
  CHECK(config.names.head == "classifier" && config.score.pooling == Pooling::kFirst);
}

TEST(encoders_of_other_heads_are_bases) {
  for (const char* name : {"BertForMaskedLM", "BertForPreTraining", "BertModel"}) {
    const Json base = with(bert(), "architectures", Json(Json::Array{name}));
    CHECK(!parse_config(base).has_score_head());
    const ModelConfig config = parse_config(base, {5, ScoreProblem::kMultiLabel});
    CHECK(config.score.labels == 5 && config.score.problem == ScoreProblem::kMultiLabel);
    CHECK(!config.score.of_file);
  }
  for (const char* name : {"BertForTokenClassification", "RobertaForMaskedLM"}) {
    CHECK_ERROR("UNKNOWN_ARCHITECTURE",
                parse_config(with(bert(), "architectures", Json(Json::Array{name}))));
  }
}

TEST(encoders_refuse_what_they_do_not_compute) {
  CHECK_ERROR("UNSUPPORTED_MODEL", parse_config(with(bert(), "is_decoder", true)));
  CHECK_ERROR("UNSUPPORTED_MODEL",
              parse_config(with(bert(), "position_embedding_type", "relative_key")));
  CHECK_ERROR("UNSUPPORTED_MODEL", parse_config(with(deberta(), "conv_kernel_size", 3)));
  CHECK_ERROR("UNSUPPORTED_MODEL", parse_config(with(deberta(), "share_att_key", false)));
  CHECK_ERROR("UNSUPPORTED_MODEL", parse_config(with(modernbert(), "classifier_pooling", "max")));
  CHECK_ERROR("BAD_CONFIG", parse_config(with(bert(), "num_attention_heads", 7)));
}

TEST(encoders_positions_of_roberta_begin_behind_the_padding) {
  const ModelConfig config = parse_config(roberta());
  CHECK(config.first_position == 2 && config.position_rows == 66);
  CHECK(config.max_position_embeddings == 64);
  CHECK_ERROR("BAD_CONFIG", parse_config(with(roberta(), "max_position_embeddings", 2)));
}

TEST(encoders_windows_of_modernbert_are_half_on_either_side) {
  const ModelConfig typed = parse_config(modernbert());
  CHECK((typed.windows == std::vector<int64_t>{0, 9}));
  // hub configs of the first release have no layer_types, and thetas by other names
  const Json old = with(with(modernbert(), "layer_types", nullptr), "rope_parameters", nullptr);
  const ModelConfig config = parse_config(with(old, "local_rope_theta", 5000.0));
  CHECK((config.windows == std::vector<int64_t>{0, 9}));
  CHECK(config.rope.theta == 160000 && config.window_rope->theta == 5000);
}

// make_log_bucket_position of Transformers, 8 buckets on either side of 64 positions.
TEST(encoders_distances_share_rows_in_logarithmic_steps) {
  const RelativeConfig config = parse_config(deberta()).relative;
  CHECK(config.span == 8 && config.buckets == 8 && config.farthest == 64);
  const int64_t distances[] = {0, 1, -1, 4, -4, 5, 8, 10, 11, 26, 63, -63, 200, -200};
  const int32_t rows[] = {8, 9, 7, 12, 4, 13, 13, 13, 14, 15, 15, 1, 15, 0};
  for (size_t i = 0; i < std::size(distances); ++i) {
    CHECK(distance_row(config, distances[i]) == rows[i]);
  }
}
