// Low-rank adaptation of the experts of one layer, as PEFT has it (target_parameters): all experts'
// A in one matrix, all their B in another. Gate and up are one weight there and share an A.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/layer_adapter.h"
#include "adapters/lora_config.h"
#include "model/model.h"

namespace neiro {

class ExpertStack {
 public:
  enum class Part { kGateUp, kDown };

  // Attaches itself to the experts, which must outlive it.
  ExpertStack(Experts& experts, Part part, const LoraConfig& config);
  ExpertStack(const ExpertStack&) = delete;
  ExpertStack& operator=(const ExpertStack&) = delete;

  int64_t rank() const { return rank_; }
  // ".lora_A.weight" and ".lora_B.weight". B lies here expert by expert, [experts * out, rank], and
  // says a file's shape, [out, rank * experts]: there a row has each rank's values of all experts.
  std::vector<TensorSlot> slots();
  // B's values from here to a file's order, and back.
  std::vector<float> to_file(const std::vector<float>& b) const;
  void from_file(const Device& device);

  int64_t scratch_values(int64_t T) const { return T * rank_; }
  void set_scratch(const Matrix& scratch) { scratch_ = scratch; }
  void initialise(const Device& device, PhiloxKey key);
  const Matrix& b() const { return b_; }

 private:
  // At one linear layer of one expert: rows [first, first + out) of what the weight gives.
  class Place : public LinearAdapter {
   public:
    Place(const ExpertStack& stack, int64_t expert, int64_t first, int64_t out)
        : stack_(stack), expert_(expert), first_(first), out_(out) {}

    int64_t kept_per_token() const override { return stack_.rank_; }
    void forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
                 const Matrix& x) const override;
    void keep(const Pass& pass, const Linear& base, const Matrix& kept,
              const Matrix& x) const override;
    void backward(const Pass& pass, const Linear& base, const Matrix& dx, const Matrix& dy,
                  const Matrix& x, const Matrix& kept, bool accumulate) const override;
    void merge_rows(const Device& device, const Matrix& rows, int64_t first) const override;

   private:
    Matrix a() const { return stack_.a_.slice(expert_ * stack_.rank_, stack_.rank_); }
    Matrix b() const { return stack_.b_.slice(expert_ * stack_.out_ + first_, out_); }

    const ExpertStack& stack_;
    int64_t expert_, first_, out_;
  };

  int64_t count_, rank_, out_;
  float scale_;
  Matrix a_;  // [experts * rank, in]
  Matrix b_;  // [experts * out, rank]
  DevicePtr<float> da_, db_;
  Matrix scratch_;
  std::vector<std::unique_ptr<Place>> places_;
};

}  // namespace neiro
