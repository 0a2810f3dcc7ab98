"""Reads the DeepSpeed configurations of a generated folder by DeepSpeed's own schema, what is left open filled in as
Accelerate does; and one that is spoilt, which must be refused.

    python check_deepspeed.py FOLDER
"""

import json
import sys
from pathlib import Path

from deepspeed.runtime.config import DeepSpeedConfig

# what Accelerate puts in the place of "auto", for one process and a model of 576 values a token
FILLED = {
    "train_batch_size": 8,
    "train_micro_batch_size_per_gpu": 4,
    "gradient_accumulation_steps": 2,
    "gradient_clipping": 1.0,
    "enabled": True,
    "reduce_bucket_size": 576 * 576,
    "stage3_prefetch_bucket_size": int(0.9 * 576 * 576),
    "stage3_param_persistence_threshold": 10 * 576,
}


def filled(config):
    return {
        key: filled(value) if isinstance(value, dict) else FILLED[key] if value == "auto" else value
        for key, value in config.items()
    }


def main():
    for stage in (2, 3):
        config = filled(json.loads((Path(sys.argv[1]) / f"accelerate/zero{stage}.json").read_text(encoding="utf-8")))
        read = DeepSpeedConfig(config)
        if read.zero_config.stage != stage:
            sys.exit(f"zero{stage}.json is stage {read.zero_config.stage}")
        print(f"zero{stage}.json: stage {stage}, bf16 {read.bfloat16_config.enabled}")
        try:
            DeepSpeedConfig({**config, "zero_optimization": {**config["zero_optimization"], "overlap_com": True}})
        except Exception as error:
            print(f"spoilt: {type(error).__name__}")
        else:
            sys.exit("a word that DeepSpeed does not know went by unseen")


if __name__ == "__main__":
    main()
