// Each expert's share of the two matrices, and their order in files.
#include "adapters/expert_stack.h"

#include <cmath>

#include "backend/transfer.h"

namespace neiro {

ExpertStack::ExpertStack(Experts& experts, Part part, const LoraConfig& config)
    : count_(static_cast<int64_t>(experts.all.size())),
      rank_(config.rank),
      out_(0),
      scale_(config.scale()) {
  const Expert& one = experts.all.front();
  const bool both = part == Part::kGateUp;
  out_ = both ? one.gate.out() + one.up.out() : one.down.out();
  a_.rows = count_ * rank_;
  a_.cols = both ? one.gate.in() : one.down.in();
  b_.rows = count_ * out_;
  b_.cols = rank_;
  const auto attach = [&](Linear& linear, int64_t expert, int64_t first) {
    places_.push_back(std::make_unique<Place>(*this, expert, first, linear.out()));
    linear.adapter = places_.back().get();
  };
  for (int64_t e = 0; e < count_; ++e) {
    Expert& expert = experts.all[static_cast<size_t>(e)];
    if (both) {
      attach(expert.gate, e, 0);
      attach(expert.up, e, expert.gate.out());
    } else {
      attach(expert.down, e, 0);
    }
  }
}

std::vector<TensorSlot> ExpertStack::slots() {
  TensorSlot b = matrix_slot(".lora_B.weight", b_, db_);
  b.dims = {out_, rank_ * count_};
  return {matrix_slot(".lora_A.weight", a_, da_), std::move(b)};
}

std::vector<float> ExpertStack::to_file(const std::vector<float>& b) const {
  std::vector<float> there(b.size());
  for (int64_t e = 0; e < count_; ++e) {
    for (int64_t o = 0; o < out_; ++o) {
      for (int64_t r = 0; r < rank_; ++r) {
        there[static_cast<size_t>(o * rank_ * count_ + r * count_ + e)] =
            b[static_cast<size_t>((e * out_ + o) * rank_ + r)];
      }
    }
  }
  return there;
}

void ExpertStack::from_file(const Device& device) {
  const std::vector<float> there =
      downloaded(device, DevicePtr<const float>(b_.floats()), b_.elements());
  std::vector<float> here(there.size());
  for (int64_t e = 0; e < count_; ++e) {
    for (int64_t o = 0; o < out_; ++o) {
      for (int64_t r = 0; r < rank_; ++r) {
        here[static_cast<size_t>((e * out_ + o) * rank_ + r)] =
            there[static_cast<size_t>(o * rank_ * count_ + r * count_ + e)];
      }
    }
  }
  device.upload(b_.floats(), here.data(), b_.elements());
}

// As LoRA's of a linear layer.
void ExpertStack::initialise(const Device& device, PhiloxKey key) {
  const float bound = 1.0f / std::sqrt(static_cast<float>(a_.cols));
  std::vector<float> first(static_cast<size_t>(a_.elements()));
  fill_uniform(first.data(), a_.elements(), -bound, bound, key);
  device.upload(a_.floats(), first.data(), a_.elements());
  device.zero(b_.floats(), b_.elements());
}

void ExpertStack::Place::forward(const Pass& pass, const Linear& base, const Matrix& y,
                                 const Matrix& kept, const Matrix& x) const {
  base.base_forward(pass, y, x);
  keep(pass, base, kept, x);
  pass.linear_forward(y, kept, b(), nullptr, stack_.scale_, true);
}

void ExpertStack::Place::keep(const Pass& pass, const Linear&, const Matrix& kept,
                              const Matrix& x) const {
  pass.linear_forward(kept, x, a(), nullptr, 1.0f, false);
}

// dB += scale * dy^T kept,  dA += d_kept^T x. dx comes last, it may be x.
void ExpertStack::Place::backward(const Pass& pass, const Linear& base, const Matrix& dx,
                                  const Matrix& dy, const Matrix& x, const Matrix& kept,
                                  bool accumulate) const {
  const Operations& ops = pass.ops();
  const Device& device = *pass.device;
  const int64_t rank = stack_.rank_;
  const Matrix d_kept = part_of(stack_.scratch_, 0, x.rows, rank);
  ops.linear_backward_input(device, d_kept, dy, b(), stack_.scale_, false);
  ops.linear_backward_weight(device, stack_.db_ + (expert_ * stack_.out_ + first_) * rank, dy, kept,
                             stack_.scale_);
  ops.linear_backward_weight(device, stack_.da_ + expert_ * rank * stack_.a_.cols, d_kept, x, 1.0f);
  base.base_backward(pass, dx, dy, x, accumulate);
  ops.linear_backward_input(device, dx, d_kept, a(), 1.0f, true);
}

void ExpertStack::Place::merge_rows(const Device& device, const Matrix& rows, int64_t first) const {
  device.ops().linear_backward_input(device, rows, b().slice(first, rows.rows), a(), stack_.scale_,
                                     true);
}

}  // namespace neiro
