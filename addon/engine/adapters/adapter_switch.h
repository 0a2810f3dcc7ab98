// Several adapters beside one base, for reading only: at each linear layer the rows of a pass go to
// those that they are for (Pass::adapters), and all share the layer's own product where they can.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "model/embedding_adapter.h"
#include "model/model.h"

namespace neiro {

class AdapterSwitch {
 public:
  // Takes the adapter that has just attached itself to the model away from it; its number is how
  // many were taken before.
  void take(Model& model);
  // Stands in their places. The model must outlive it.
  void attach(Model& model);

  int count() const { return static_cast<int>(inputs_.size()); }
  // What that adapter puts before examples; null = nothing, and for -1.
  const InputRows* inputs(int adapter) const {
    return adapter < 0 ? nullptr : inputs_[static_cast<size_t>(adapter)];
  }

 private:
  class Site : public LinearAdapter {
   public:
    int64_t kept_per_token() const override;
    void forward(const Pass& pass, const Linear& base, const Matrix& y, const Matrix& kept,
                 const Matrix& x) const override;
    // Nothing is learnt here.
    void keep(const Pass&, const Linear&, const Matrix&, const Matrix&) const override;
    void backward(const Pass&, const Linear&, const Matrix&, const Matrix&, const Matrix&,
                  const Matrix&, bool) const override;
    // Of the first.
    void merge_rows(const Device& device, const Matrix& rows, int64_t first) const override;
    void merge_bias(const Device& device, const Matrix& bias) const override;

    std::vector<const LinearAdapter*> adapters;  // by number; null = that one is not here

   private:
    const LinearAdapter* of(const AdapterRows& rows) const;
  };

  // The same behind the embedding.
  class Embedding : public EmbeddingAdapter {
   public:
    void forward(const Pass& pass, const Matrix& hidden, int64_t begin,
                 int64_t count) const override;
    void backward(const Pass&, const Matrix&) const override;
    void merge_rows(const Device& device, const Matrix& rows, int64_t first) const override;

    std::vector<const EmbeddingAdapter*> adapters;  // by number; null = that one is not here
  };

  Embedding embedding_;
  std::vector<std::unique_ptr<Site>> sites_;  // one for each linear layer, the head last
  std::vector<const InputRows*> inputs_;
};

}  // namespace neiro
