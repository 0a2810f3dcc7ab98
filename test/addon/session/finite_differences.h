// Gradients of a session against finite differences of its own loss, for whatever it trains.
#pragma once

#include <cmath>
#include <sstream>
#include <vector>

#include "check.h"
#include "support.h"

// Moves every parameter at once by h along `direction`, and the loss there.
inline double loss_at(neiro::Session& session, const std::vector<neiro::Batch>& batches,
                      const std::vector<std::vector<float>>& values,
                      const std::vector<std::vector<float>>& direction, double h) {
  const std::vector<neiro::Parameter>& parameters = session.parameters();
  for (size_t i = 0; i < parameters.size(); ++i) {
    std::vector<float> moved = values[i];
    for (size_t j = 0; j < moved.size(); ++j) {
      moved[j] = static_cast<float>(values[i][j] + h * direction[i][j]);
    }
    session.device().upload(parameters[i].value, moved.data(), parameters[i].size);
  }
  return session.gradients(batches).loss;
}

// d loss / d h at h = 0, by five points.
inline double slope(neiro::Session& session, const std::vector<neiro::Batch>& batches,
                    const std::vector<std::vector<float>>& direction, double h) {
  const std::vector<std::vector<float>> values = values_of(session);
  const double one = loss_at(session, batches, values, direction, h) -
                     loss_at(session, batches, values, direction, -h);
  const double two = loss_at(session, batches, values, direction, 2 * h) -
                     loss_at(session, batches, values, direction, -2 * h);
  loss_at(session, batches, values, direction, 0);  // puts the values back
  return (8 * one - two) / (12 * h);
}

inline double dot(const std::vector<std::vector<float>>& a,
                  const std::vector<std::vector<float>>& b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t j = 0; j < a[i].size(); ++j) sum += static_cast<double>(a[i][j]) * b[i][j];
  }
  return sum;
}

// For each tensor alone: along its own gradient (is the length right?) and along noise (is the
// direction right?). The steps of h must be large enough for the loss's own rounding to drown in
// them: larger ones for gradients that are small.
inline void check_gradients(neiro::Session& session, const std::vector<neiro::Batch>& batches,
                            double h = 0.004) {
  const std::vector<std::vector<float>> gradients = gradients_of(session, batches);
  const double norm = std::sqrt(dot(gradients, gradients));
  CHECK(norm > 1e-3);
  for (size_t i = 0; i < gradients.size(); ++i) {
    for (int kind = 0; kind < 2; ++kind) {
      std::vector<std::vector<float>> direction = gradients;
      for (std::vector<float>& tensor : direction) std::fill(tensor.begin(), tensor.end(), 0.0f);
      std::vector<float>& own = direction[i];
      if (kind == 0) own = gradients[i];
      if (kind == 1) neiro::fill_normal(own.data(), static_cast<int64_t>(own.size()), 1, {3, i});
      double length = 0;
      for (const float x : own) length += static_cast<double>(x) * x;
      length = std::sqrt(length);
      if (length == 0) continue;
      for (float& x : own) x = static_cast<float>(x / length);
      const double expected = dot(gradients, direction);
      const double measured = slope(session, batches, direction, h);
      const double tolerance = 2e-3 * std::fabs(expected) + 1e-4 * norm;
      if (!(std::fabs(measured - expected) <= tolerance)) {
        std::ostringstream text;
        text << session.parameters()[i].name << (kind == 0 ? " along itself" : " along noise")
             << ": gradient says " << expected << ", differences say " << measured;
        check::fail(__FILE__, __LINE__, text.str());
      }
    }
  }
}
