// Who is for which rows.
#include "adapters/adapter_switch.h"

#include <algorithm>

#include "adapters/adapter_places.h"
#include "core/error.h"

namespace neiro {
namespace {

[[noreturn]] void only_reads() {
  throw Error("INTERNAL", {{"reason", "several adapters are for reading only"}});
}

}  // namespace

void AdapterSwitch::take(Model& model) {
  const AdapterPlaces taken = take_adapter(model);
  // Rows of experts are laid by expert: whose they are is not known there.
  const auto experts =
      taken.linears.begin() + static_cast<int64_t>(linear_layers(model).size()) + 1;
  if (std::any_of(experts, taken.linears.end(), [](const auto* one) { return one != nullptr; })) {
    throw Error("UNSUPPORTED_ADAPTER",
                {{"field", "target_parameters"}, {"value", "beside other adapters"}});
  }
  if (sites_.empty()) {
    for (size_t i = 0; i < taken.linears.size(); ++i) sites_.push_back(std::make_unique<Site>());
  }
  for (size_t i = 0; i < sites_.size(); ++i) sites_[i]->adapters.push_back(taken.linears[i]);
  embedding_.adapters.push_back(taken.embedding);
  inputs_.push_back(taken.inputs);
}

void AdapterSwitch::attach(Model& model) {
  if (count() == 0) return;
  const std::vector<LinearLayer> places = adapter_sites(model);
  for (size_t i = 0; i < places.size(); ++i) {
    const auto& adapters = sites_[i]->adapters;
    const bool any = std::any_of(adapters.begin(), adapters.end(),
                                 [](const LinearAdapter* adapter) { return adapter != nullptr; });
    if (any) places[i].linear->adapter = sites_[i].get();
  }
  model.inputs = inputs_[0];
  const auto& behind = embedding_.adapters;
  const auto there = [](const EmbeddingAdapter* adapter) { return adapter != nullptr; };
  if (std::any_of(behind.begin(), behind.end(), there)) model.embedding_adapter = &embedding_;
}

void AdapterSwitch::Embedding::forward(const Pass& pass, const Matrix& hidden, int64_t begin,
                                       int64_t count) const {
  const auto read = [&](int adapter, int64_t first, int64_t n) {
    const EmbeddingAdapter* own = adapter < 0 ? nullptr : adapters[static_cast<size_t>(adapter)];
    if (own != nullptr) own->forward(pass, hidden, first, n);
  };
  if (pass.adapters.empty()) return read(0, begin, count);
  for (const AdapterRows& rows : pass.adapters) read(rows.adapter, rows.begin, rows.count);
}

void AdapterSwitch::Embedding::backward(const Pass&, const Matrix&) const { only_reads(); }

void AdapterSwitch::Embedding::merge_rows(const Device& device, const Matrix& rows,
                                          int64_t first) const {
  if (adapters[0] != nullptr) adapters[0]->merge_rows(device, rows, first);
}

const LinearAdapter* AdapterSwitch::Site::of(const AdapterRows& rows) const {
  return rows.adapter < 0 ? nullptr : adapters[static_cast<size_t>(rows.adapter)];
}

int64_t AdapterSwitch::Site::kept_per_token() const {
  int64_t most = 0;
  for (const LinearAdapter* adapter : adapters) {
    if (adapter != nullptr) most = std::max(most, adapter->kept_per_token());
  }
  return most;
}

void AdapterSwitch::Site::forward(const Pass& pass, const Linear& base, const Matrix& y,
                                  const Matrix& kept, const Matrix& x) const {
  const AdapterRows first{0, 0, x.rows};
  const AdapterRows* begin = pass.adapters.empty() ? &first : pass.adapters.data();
  const AdapterRows* end = begin + (pass.adapters.empty() ? 1 : pass.adapters.size());
  const auto shares = [&](const AdapterRows& rows) {
    const LinearAdapter* adapter = of(rows);
    return adapter == nullptr || adapter->follows_base();
  };
  for (const AdapterRows* rows = begin; rows != end;) {
    if (!shares(*rows)) {
      ++rows;
      continue;
    }
    const int64_t from = rows->begin;
    int64_t n = 0;
    for (; rows != end && shares(*rows); ++rows) n += rows->count;
    base.base_forward(pass, y.slice(from, n), x.slice(from, n));
  }
  for (const AdapterRows* rows = begin; rows != end; ++rows) {
    const LinearAdapter* adapter = of(*rows);
    if (adapter == nullptr) continue;
    const Matrix own =
        kept.slice(rows->begin, rows->count).shaped(rows->count, adapter->kept_per_token());
    const Matrix y_rows = y.slice(rows->begin, rows->count);
    const Matrix x_rows = x.slice(rows->begin, rows->count);
    if (adapter->follows_base()) {
      adapter->add(pass, base, y_rows, own, x_rows);
    } else {
      adapter->forward(pass, base, y_rows, own, x_rows);
    }
  }
}

void AdapterSwitch::Site::keep(const Pass&, const Linear&, const Matrix&, const Matrix&) const {
  only_reads();
}

void AdapterSwitch::Site::backward(const Pass&, const Linear&, const Matrix&, const Matrix&,
                                   const Matrix&, const Matrix&, bool) const {
  only_reads();
}

void AdapterSwitch::Site::merge_rows(const Device& device, const Matrix& rows,
                                     int64_t first) const {
  if (adapters[0] != nullptr) adapters[0]->merge_rows(device, rows, first);
}

void AdapterSwitch::Site::merge_bias(const Device& device, const Matrix& bias) const {
  if (adapters[0] != nullptr) adapters[0]->merge_bias(device, bias);
}

}  // namespace neiro
