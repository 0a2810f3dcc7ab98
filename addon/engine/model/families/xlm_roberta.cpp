// XLM-RoBERTa (Conneau et al. 2020): RoBERTa in a hundred languages.
#include "model/families/encoder.h"
#include "model/families/family.h"

namespace neiro {

extern const Family kXlmRoberta = {"xlm-roberta", "XLMRobertaForSequenceClassification",
                                   read_roberta};

}  // namespace neiro
