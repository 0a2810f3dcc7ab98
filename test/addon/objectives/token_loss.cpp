// Both phases of the loss over tokens: log-probabilities, and coefficients of their own going back.
#include "objectives/token_loss.h"

#include <cmath>
#include <memory>
#include <vector>

#include "check.h"
#include "model/families/families.h"
#include "model/weights.h"
#include "on_device.h"
#include "tiny_model.h"

using namespace neiro;

namespace {

constexpr int64_t T = 9, kChunk = 2;  // learnt tokens do not fill whole chunks

Batch batch() {
  Batch batch;
  batch.lengths = {5, 4};
  for (int32_t i = 0; i < T; ++i) batch.tokens.push_back(3 + i);
  batch.labels = batch.tokens;
  batch.labels[2] = kNotLearnt;
  return batch;  // the first of each example is never predicted: 6 are learnt
}

// The head of a tiny model over hidden states that a test makes up.
struct Head {
  Head()
      : files((write_tiny_model(folder, {}), folder.path())),
        model(parse_config(files.config())),
        stored(find_weights(model, files)) {
    PlannedMemory counting(*on.device);
    place(counting);
    memory = std::make_unique<PlannedMemory>(*on.device, counting.size());
    place(*memory);
    load_weights(*on.device, on.pool, model, stored, scratch);
    pass.device = on.device.get();
    pass.config = &model.config;
    pass.rows.T = T;
    const int64_t C = model.config.hidden_size;
    hidden.resize(static_cast<size_t>(T * C));
    fill_normal(hidden.data(), T * C, 1.0f, {5, 5});
    input = on.matrix(T, C);
    d_hidden = on.matrix(T, C, 9.0f);
  }
  void place(PlannedMemory& target) {
    place_weights(target, *on.device, model, stored, BaseQuantization::kNone);
    scratch = place_load_scratch(target, model, stored, BaseQuantization::kNone);
    head = place_head_buffers(target, model, kChunk, T, true);
    loss = place_loss_buffers(target, model.config, T);
  }

  // -log p of the learnt tokens; with coefficients d_hidden is made, too.
  std::vector<float> run(const std::vector<float>& coefficients = {}) {
    on.write(input, hidden);
    const bool back = !coefficients.empty();
    if (back) {
      on.device->upload(loss.coefficients, coefficients.data(),
                        static_cast<int64_t>(coefficients.size()));
    }
    const int64_t learnt =
        token_loss(pass, model, head, loss, batch(), input, back ? d_hidden : Matrix{});
    return on.read(loss.losses, learnt);
  }
  std::vector<float> gradient() { return on.read(d_hidden); }

  TempFolder folder;
  OnDevice on;
  ModelFiles files;
  Model model;
  StoredWeights stored;
  LoadScratch scratch;
  std::unique_ptr<PlannedMemory> memory;
  HeadBuffers head;
  LossBuffers loss;
  Pass pass;
  std::vector<float> hidden;
  Matrix input, d_hidden;
};

const std::vector<float> kCoefficients = {0.5f, -1.0f, 0.0f, 2.0f, 0.25f, -0.125f};

}  // namespace

TEST(token_loss_is_the_same_with_and_without_a_way_back) {
  Head head;
  const std::vector<float> alone = head.run();
  CHECK(alone.size() == kCoefficients.size());
  for (const float nll : alone) CHECK(std::isfinite(nll) && nll > 0);
  CHECK(head.run(kCoefficients) == alone);
}

// Each token counts as its coefficient says, against finite differences along noise.
TEST(token_loss_sends_back_each_token_by_its_coefficient) {
  Head head;
  head.run(kCoefficients);
  const std::vector<float> gradient = head.gradient(), start = head.hidden;
  const auto weighted = [&] {
    const std::vector<float> nll = head.run();
    double sum = 0;
    for (size_t i = 0; i < nll.size(); ++i) sum += static_cast<double>(kCoefficients[i]) * nll[i];
    return sum;
  };
  for (uint64_t number = 0; number < 5; ++number) {
    std::vector<float> direction(start.size());
    fill_normal(direction.data(), static_cast<int64_t>(direction.size()), 1, {8, number});
    double expected = 0;
    for (size_t i = 0; i < start.size(); ++i) {
      expected += static_cast<double>(gradient[i]) * direction[i];
    }
    constexpr float h = 0.004f;
    const auto moved = [&](float by) {
      for (size_t i = 0; i < start.size(); ++i) head.hidden[i] = start[i] + by * direction[i];
      return weighted();
    };
    CHECK_NEAR((moved(h) - moved(-h)) / (2 * h), expected, 2e-3 * (1 + std::fabs(expected)));
  }
}

// Rows that predict nothing, and tokens that count nothing, leave no gradient.
TEST(token_loss_leaves_nothing_where_nothing_is_learnt) {
  Head head;
  head.run(
      {0, 0, 0, 1, 0, 0});  // position 5 predicts token 6, the first learnt of the second example
  const std::vector<float> gradient = head.gradient();
  const int64_t C = head.model.config.hidden_size;
  for (int64_t t = 0; t < T; ++t) {
    double size = 0;
    for (int64_t c = 0; c < C; ++c) size += std::fabs(gradient[static_cast<size_t>(t * C + c)]);
    CHECK(t == 5 ? size > 0 : size == 0);
  }
}

TEST(token_loss_same_coefficient_for_all) {
  Head head;
  head.run(std::vector<float>(6, 0.25f));
  const std::vector<float> expected = head.gradient();
  set_coefficients(*head.on.device, head.loss, 6, 0.25f);
  token_loss(head.pass, head.model, head.head, head.loss, batch(), head.input, head.d_hidden);
  CHECK(head.gradient() == expected);
}
