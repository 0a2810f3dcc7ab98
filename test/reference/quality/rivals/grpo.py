"""GRPO by TRL from the questions as text: its own template, its own dice, a rule written again here."""

import torch
from common import answer, job, json_lines, lora, plain
from datasets import Dataset
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl import GRPOConfig, GRPOTrainer

told = job()
rows = json_lines(told["data"])
(order,) = told["orders"]


def short_enough(completions, **_):
    lengths = [len(completion[0]["content"].strip()) for completion in completions]
    return [1.0 if length <= told["longest"] else told["longest"] / length for length in lengths]


trainer = GRPOTrainer(
    model=AutoModelForCausalLM.from_pretrained(told["model"], dtype=torch.float32),
    reward_funcs=short_enough,
    peft_config=lora(told, "CAUSAL_LM"),
    processing_class=AutoTokenizer.from_pretrained(told["model"]),
    train_dataset=Dataset.from_list([{"prompt": rows[i]["messages"][:1]} for i in order]),
    args=GRPOConfig(
        **plain(told, told["out"]),
        per_device_train_batch_size=told["questions"] * told["answers"],
        num_generations=told["answers"],
        max_completion_length=told["tokens"],
        shuffle_dataset=False,
        num_train_epochs=1,
        lr_scheduler_type="constant",
        beta=told["price"],
        loss_type="dapo",
        temperature=1.0,
        top_p=1.0,
        top_k=0,
    ),
)
trainer.train()
lines = [line for line in trainer.state.log_history if "reward" in line]
answer({"rewards": [line["reward"] for line in lines], "kl": [line.get("kl", 0.0) for line in lines]})
