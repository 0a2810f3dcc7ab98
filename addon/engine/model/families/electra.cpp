// ELECTRA (Clark et al. 2020): BERT, whose embeddings may be narrower than its layers.
#include "model/families/decoder.h"
#include "model/families/encoder.h"
#include "model/families/family.h"

namespace neiro {

extern const Family kElectra = {
    "electra", "ElectraForSequenceClassification", [](const Fields& fields) {
      ModelConfig config = read_bert(fields, "electra", 1e-12, 2);
      config.embedding_size = fields.integer("embedding_size", 1, kMaxHidden).value_or(128);
      if (config.embedding_size != config.hidden_size) {
        config.names.embedding_project = "electra.embeddings_project";
      }
      name_two_layer_head(config);
      config.score.activation = Activation::kGelu;
      config.names.other_heads = {"discriminator_predictions.", "generator_predictions.",
                                  "generator_lm_head."};
      return config;
    }};

}  // namespace neiro
