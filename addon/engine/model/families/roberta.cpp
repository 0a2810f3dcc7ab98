// RoBERTa (Liu et al. 2019).
#include "model/families/encoder.h"
#include "model/families/family.h"

namespace neiro {

extern const Family kRoberta = {"roberta", "RobertaForSequenceClassification", read_roberta};

}  // namespace neiro
