"""A trainer for each method of a recipe: TRL's, told what Neiro's settings mean under TRL's names.

The lessons come as token ids, cut and masked by Neiro: nothing here renders a chat template or decides what is learnt.
"""

import json
import os

import torch
from datasets import Dataset
from peft import (
    IA3Config,
    LoraConfig,
    VeraConfig,
    get_peft_model,
    prepare_model_for_kbit_training,
    set_peft_model_state_dict,
)
from safetensors.torch import load_file
from transformers import (
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    AutoTokenizer,
    BitsAndBytesConfig,
    Trainer,
    TrainingArguments,
)
from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer, SFTConfig, SFTTrainer

from answers import answering_trainer
from checks import shares
from order import SameOrder, times_through
from points import rating_trainer
from precision import numbers_of
from scores import sorting_figures

ADAPTERS = {"lora": LoraConfig, "vera": VeraConfig, "ia3": IA3Config}
# of lessons that are scored, where their texts are
TEXTS = {"input_ids", "chosen_ids", "rejected_ids"}


def make_trainer(folder, recipe, place, options, report):
    makers = {
        "language": language_trainer,
        "preference": preference_trainer,
        "rated": rated_trainer,
        "labels": sorting_trainer,
        "points": rating_trainer,
        "answers": answering_trainer,
    }
    beside = folder / "tokenizer"
    tokenizer = AutoTokenizer.from_pretrained(beside if beside.exists() else place)
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token or tokenizer.convert_ids_to_tokens(0)
    model = opened_model(folder, recipe, place, options)
    lessons = {name: read_lessons(folder / part["file"]) for name, part in recipe["lessons"].items()}
    SameOrder.order = folder / "data" / "order.jsonl"
    if recipe.get("labels"):
        model.config.pad_token_id = tokenizer.pad_token_id = padding_of(tokenizer.pad_token_id, lessons)
    return makers[recipe["learns"]](recipe, model, tokenizer, lessons, common(recipe, report))


def padding_of(usual, lessons):
    """A token that no text ends with: what is scored is the last one that is no padding."""
    texts = [text for part in lessons.values() for name in TEXTS & set(part.column_names) for text in part[name]]
    ends = {text[-1] for text in texts}
    return next(token for token in (usual, *range(len(ends) + 1)) if token not in ends)


def common(recipe, report):
    """What every method is told alike. The recipe's update is shared among the processes, so it stays as large."""
    examples, accumulation = shares(recipe, int(os.environ.get("WORLD_SIZE", "1")))
    on_gpu = torch.cuda.is_available()
    return {
        "output_dir": str(report.folder / "checkpoints"),
        "per_device_train_batch_size": examples,
        "per_device_eval_batch_size": max(examples, 2),
        "gradient_accumulation_steps": accumulation,
        "bf16": numbers_of(recipe) is torch.bfloat16,
        "use_cpu": not on_gpu,
        "optim": "adamw_torch",
        "logging_steps": 1,
        "logging_nan_inf_filter": False,
        "eval_strategy": "steps" if "held_out" in recipe["lessons"] else "no",
        "save_strategy": "steps",
        "save_total_limit": 2,
        "report_to": "none",
        "disable_tqdm": True,
        "remove_unused_columns": False,
        "dataloader_pin_memory": on_gpu,
        **recipe["training"],
    }


def opened_model(folder, recipe, place, options):
    whole = numbers_of(recipe, tell=True)
    packed = recipe["quantization"] and not options.unquantized
    told = {"dtype": torch.float32 if recipe["trains"] == "model" else whole}
    if packed:
        told["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=whole,
        )
    if labels := recipe.get("labels"):
        names = labels["names"]
        model = AutoModelForSequenceClassification.from_pretrained(
            place,
            num_labels=len(names),
            problem_type=labels["problem"],
            id2label=dict(enumerate(names)),
            label2id={name: number for number, name in enumerate(names)},
            **told,
        )
    else:
        model = AutoModelForCausalLM.from_pretrained(place, **told)
    model.config.use_cache = False
    if recipe["trains"] == "model":
        return model
    if packed:
        model = prepare_model_for_kbit_training(model, recipe["training"]["gradient_checkpointing"])
    elif recipe["training"]["gradient_checkpointing"]:
        model.enable_input_require_grads()
    torch.manual_seed(recipe["training"]["seed"])
    task = "SEQ_CLS" if recipe.get("labels") else "CAUSAL_LM"
    model = get_peft_model(model, ADAPTERS[recipe["adapter"]["kind"]](task_type=task, **recipe["adapter"]["arguments"]))
    start = folder / "start" / "adapter_model.safetensors"
    if start.exists():
        # what Neiro would begin with: the adapter that is learnt on, or the same noise
        outcome = set_peft_model_state_dict(model, load_file(start))
        if outcome.unexpected_keys:
            raise ValueError(f"start/ is no adapter of this recipe: {outcome.unexpected_keys[:3]}")
        if missing := learnt_of(model) & set(outcome.missing_keys):
            raise ValueError(f"start/ does not say where all of the adapter starts: {sorted(missing)[:3]}")
    return model


def learnt_of(model):
    """The names of what is learnt: whatever start/ leaves out of it would start from another noise than Neiro's."""
    return {name for name, weight in model.named_parameters() if weight.requires_grad}


def read_lessons(file):
    with file.open(encoding="utf-8") as lines:
        return Dataset.from_list([json.loads(line) for line in lines])


class ByToken:
    """Held-out loss as a mean over learnt tokens, as Neiro counts it. Transformers takes means of means of batches."""

    def evaluate(self, eval_dataset=None, ignore_keys=None, metric_key_prefix="eval"):
        sums = torch.zeros(2, dtype=torch.float64)
        model = self.model_wrapped if self.is_in_train else self.model
        model.eval()
        for batch in self.get_eval_dataloader(eval_dataset):
            batch = self._prepare_inputs(batch)
            with torch.no_grad(), self.compute_loss_context_manager():
                logits = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).logits
            targets = batch["labels"][:, 1:]
            losses = torch.nn.functional.cross_entropy(
                logits[:, :-1].float().transpose(1, 2), targets, ignore_index=-100, reduction="none"
            )
            rows = torch.stack([losses.double().sum(1), (targets != -100).sum(1).double()], dim=1)
            # what was doubled to give every process as much is left out again
            sums += self.accelerator.gather_for_metrics(rows).sum(0).cpu()
        model.train()
        figures = {f"{metric_key_prefix}_loss": (sums[0] / sums[1].clamp(min=1)).item()}
        self.log(figures)
        self.control = self.callback_handler.on_evaluate(self.args, self.state, self.control, figures)
        return figures


class LanguageTrainer(SameOrder, ByToken, SFTTrainer):
    """Learns the tokens that carry a label."""


def language_trainer(recipe, model, tokenizer, lessons, told):
    arguments = SFTConfig(max_length=None, loss_type="nll", **told)
    return LanguageTrainer(
        model=model,
        args=arguments,
        train_dataset=lessons["train"],
        eval_dataset=lessons.get("held_out"),
        processing_class=tokenizer,
    )


class AsTokens:
    """The lessons are tokens already: TRL has nothing to prepare."""

    def _prepare_dataset(self, dataset, *_arguments, **_named):
        return dataset


class PreferenceTrainer(SameOrder, AsTokens, DPOTrainer):
    """One answer preferred to another."""


def preference_trainer(recipe, model, tokenizer, lessons, told):
    arguments = DPOConfig(max_length=None, **recipe["loss"], **told)
    return PreferenceTrainer(
        model=model,
        args=arguments,
        train_dataset=lessons["train"],
        eval_dataset=lessons.get("held_out"),
        processing_class=tokenizer,
    )


class RatedTrainer(KTOTrainer):
    """Single answers, liked or not. Each question is put before its neighbour's answer to see how far all has moved.

    Neighbours are as in Neiro: those of one pass of all processes, and of what is held out those it reads together.
    They are others each time through, and TRL lays them down before it begins: all times through are one to it.
    """

    times_through = 1
    groups = ()

    def _prepare_dataset(self, dataset, _tokenizer, arguments, name):
        together = arguments.per_device_train_batch_size * arguments.world_size
        sizes = self.groups if name == "eval" else [together] * -(-len(dataset) // together)
        answers, near = dataset["completion_ids"], []
        for size in sizes:
            first, end = len(near), min(len(near) + size, len(dataset))
            near += [*range(first + 1, end), first]
        return dataset.map(lambda _row, at: {"KL_completion_ids": answers[near[at]]}, with_indices=True)

    def evaluate(self, eval_dataset=None, ignore_keys=None, metric_key_prefix="eval"):
        """By Neiro's groups: how far a group has moved is a part of what each of its answers loses."""
        model = self.model_wrapped if self.is_in_train else self.model
        model.eval()
        rows = []
        for batch in self.get_eval_dataloader(eval_dataset):
            batch = self._prepare_inputs(batch)
            with torch.no_grad(), self.compute_loss_context_manager():
                own = said_by(model, batch), said_by(model, batch, "KL_")
                still = self.compute_ref_log_probs(self.ref_model or model, batch)
            moved = [mine - before for mine, before in zip(own, still, strict=True)]
            label = torch.as_tensor(batch["label"], device=moved[0].device)
            rows.append(self.accelerator.gather_for_metrics(torch.stack([*moved, label.to(moved[0].dtype)], dim=1)))
        model.train()
        rewards, others, liked = torch.cat(rows).double().cpu().unbind(1)
        rewards, liked = self.beta * rewards, liked > 0.5
        moved = torch.cat([part.mean().clamp(min=0).expand(len(part)) for part in others.split(list(self.groups))])
        apart = torch.where(liked, 1.0, -1.0) * (rewards - self.beta * moved)
        weights = torch.where(liked, self.desirable_weight, self.undesirable_weight)
        chosen, rejected = (side.mean().item() if len(side) else 0.0 for side in (rewards[liked], rewards[~liked]))
        figures = {
            "loss": (weights * (1 - torch.sigmoid(apart))).mean().item(),
            "rewards/chosen": chosen,
            "rewards/rejected": rejected,
            "rewards/margins": chosen - rejected,
        }
        figures = {f"{metric_key_prefix}_{name}": value for name, value in figures.items()}
        self.log(figures)
        self.control = self.callback_handler.on_evaluate(self.args, self.state, self.control, figures)
        return figures


def said_by(model, batch, which=""):
    """Of each answer, how likely the model says it."""
    tokens = batch[f"{which}input_ids"]
    labels = tokens.masked_fill(batch[f"{which}completion_mask"] == 0, -100)
    said = model(
        input_ids=tokens, attention_mask=batch[f"{which}attention_mask"], labels=labels, fused_lm_head=True
    ).log_probs
    return said[:, -(tokens.size(1) - 1) :].sum(-1)


def rated_trainer(recipe, model, tokenizer, lessons, told):
    arguments = KTOConfig(max_length=None, train_sampling_strategy="sequential", **recipe["loss"], **told)
    times = times_through(SameOrder.order)
    # asked for before it is made
    RatedTrainer.groups = recipe["lessons"].get("held_out", {}).get("groups", ())
    trainer = RatedTrainer(
        model=model,
        args=arguments,
        train_dataset=lessons["train"].select([number for time in times for number in time]),
        eval_dataset=lessons.get("held_out"),
        processing_class=tokenizer,
    )
    trainer.times_through = len(times)
    return trainer


class SortingTrainer(SameOrder, Trainer):
    """Scores the labels of a text; rare labels may count more."""

    weights = None

    def compute_loss(self, model, inputs, return_outputs=False, **_named):
        outputs = model(**inputs)
        loss = outputs.loss
        if self.weights is not None:
            weights = torch.tensor(self.weights, device=outputs.logits.device)
            each = torch.nn.functional.cross_entropy(outputs.logits.float(), inputs["labels"], reduction="none")
            # as Neiro: the mean over the weights, not over the rows
            loss = (each * weights[inputs["labels"]]).sum() / weights[inputs["labels"]].sum()
        return (loss, outputs) if return_outputs else loss


def sorting_trainer(recipe, model, tokenizer, lessons, told):
    labels = recipe["labels"]
    kind = torch.long if labels["problem"] == "single_label_classification" else torch.float

    def collate(rows):
        longest = max(len(row["input_ids"]) for row in rows)

        def filled(row, with_what, values):
            return values + [with_what] * (longest - len(row["input_ids"]))

        return {
            "input_ids": torch.tensor([filled(row, tokenizer.pad_token_id, row["input_ids"]) for row in rows]),
            "attention_mask": torch.tensor([filled(row, 0, [1] * len(row["input_ids"])) for row in rows]),
            "labels": torch.tensor([row["target"] for row in rows], dtype=kind),
        }

    trainer = SortingTrainer(
        model=model,
        args=TrainingArguments(**told),
        data_collator=collate,
        train_dataset=lessons["train"],
        eval_dataset=lessons.get("held_out"),
        processing_class=tokenizer,
        compute_metrics=sorting_figures(labels["problem"]),
    )
    trainer.weights = labels.get("weights")
    return trainer
