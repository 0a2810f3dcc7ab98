// BERT (Devlin et al. 2019): scored through its pooler, the first token's state after one more
// layer and tanh.
#include "model/families/encoder.h"
#include "model/families/family.h"

namespace neiro {

extern const Family kBert = {"bert", "BertForSequenceClassification", [](const Fields& fields) {
                               ModelConfig config = read_bert(fields, "bert", 1e-12, 2);
                               config.names.score_dense = "bert.pooler.dense";
                               config.names.other_heads = {"cls."};
                               return config;
                             }};

}  // namespace neiro
