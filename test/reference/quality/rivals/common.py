"""What every rival begins with: quiet, offline, and its lessons in Neiro's order."""

import json
import os
import sys
import warnings
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_OFFLINE"] = "1"
os.environ["TQDM_DISABLE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
warnings.filterwarnings("ignore")

import torch
from peft import LoraConfig


class InOrder(torch.utils.data.Sampler):
    """The numbers of the rows, a list for each time through."""

    def __init__(self, times):
        self.times, self.epoch = times, 0

    def __len__(self):
        return len(self.times[0])

    def set_epoch(self, epoch):
        self.epoch = epoch

    def __iter__(self):
        return iter(self.times[self.epoch])


def job():
    return json.loads(Path(sys.argv[1]).read_text())


def answer(found):
    Path(sys.argv[2]).write_text(json.dumps(found))


def json_lines(file):
    return [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]


def lora(told, task):
    """Every linear layer but the head, as PEFT counts them."""
    return LoraConfig(
        r=told["rank"], lora_alpha=told["alpha"], lora_dropout=0.0, target_modules="all-linear", task_type=task
    )


def plain(told, out, seed=None):
    """What Transformers is told of every training."""
    return {
        "output_dir": str(out),
        "use_cpu": True,
        "bf16": False,
        "report_to": "none",
        "save_strategy": "no",
        "logging_steps": 1,
        "disable_tqdm": True,
        "optim": "adamw_torch",
        "learning_rate": told["rate"],
        "weight_decay": told.get("decay", 0.01),
        "max_grad_norm": 1.0,
        "seed": told["seed"] if seed is None else seed,
        "dataloader_pin_memory": False,
        "gradient_checkpointing": False,
    }
