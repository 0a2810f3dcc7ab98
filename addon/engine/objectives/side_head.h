// A head beside the model's own, for a task that learns along: a linear layer on the hidden states
// after the final norm, of each example's last token or of all its tokens. What its numbers mean is
// the loss's, which is made elsewhere of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "backend/planned_memory.h"
#include "core/random.h"
#include "core/thread_pool.h"
#include "objectives/head_values.h"

namespace neiro {

struct SideHeadConfig {
  std::string name;  // of its tensors: NAME.weight [outputs, C], NAME.bias [outputs]
  int64_t outputs = 0;
  bool every_token = false;  // else the last of each example
  bool bias = false;
};

class SideHead : public HeadValues {
 public:
  SideHead(const Model& model, SideHeadConfig config);

  const SideHeadConfig& config() const { return config_; }
  // What it is made of; trained, and placed, as their owner wishes.
  std::vector<TensorSlot> slots();
  // First values: noise, and a bias of zeros.
  void initialise(const Device& device, uint64_t seed);
  // Where it calculates; both must outlive it.
  void use(const HeadBuffers& head, const LossBuffers& buffers);

  void check_read(const Batch& batch, int64_t max_tokens) const override;
  // [examples, outputs], or [tokens, outputs].
  int64_t value_count(const Batch& batch) const override;
  void values(const Pass& pass, const Batch& batch, const Matrix& hidden,
              float* out) const override;
  void send_back(const Pass& pass, const Batch& batch, const Matrix& hidden, const Matrix& d_hidden,
                 const float* gradient) const override;

 private:
  // Uploads which rows are read, in pass.rows; returns how many.
  int64_t lay_rows_read(const Pass& pass, const Batch& batch) const;
  // work(first, x, scores) for each chunk of them: x[n, C], the states read from row `first`
  // on, and where their numbers stand.
  template <class Work>
  void each_chunk(const Pass& pass, const Batch& batch, const Matrix& hidden, Work work) const;

  const Model& model_;
  SideHeadConfig config_;
  Linear linear_;
  const HeadBuffers* head_ = nullptr;
  const LossBuffers* buffers_ = nullptr;
};

// The head of this name. Throws Error BAD_OPTION {option, value, expected}.
SideHead& head_named(std::vector<SideHead>& heads, const std::string& name);

// One safetensors file with all of them; reading throws Error what io throws, TENSOR_MISSING or
// TENSOR_SHAPE, with nothing changed.
void save_side_heads(const Device& device, std::vector<SideHead>& heads, const std::string& path);
void load_side_heads(const Device& device, ThreadPool& pool, std::vector<SideHead>& heads,
                     const std::string& path);

}  // namespace neiro
