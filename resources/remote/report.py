"""What a training tells as it goes on, in the lines that Neiro reads: metrics.jsonl, status.json, what it leaves.

Decides, too, what is the best so far, when to stop early, and when to save because somebody asked for a pause.
"""

import json
import os
import shutil
import signal
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

import torch
from transformers import TrainerCallback

from checks import sha256

# TRL's names and Neiro's
NAMES = {
    "loss": "loss",
    "grad_norm": "gradNorm",
    "learning_rate": "learningRate",
    "rewards/chosen": "rewardChosen",
    "rewards/rejected": "rewardRejected",
    "rewards/margins": "rewardMargin",
    "rewards/accuracies": "rewardAccuracy",
    "accuracy": "accuracy",
    "macro_f1": "macroF1",
    "micro_f1": "microF1",
    "weighted_f1": "weightedF1",
    "mean_error": "meanError",
    "point_accuracy": "pointAccuracy",
    "point_margin": "pointMargin",
    "points_chosen": "pointsChosen",
    "points_rejected": "pointsRejected",
}
# of what learns from its own answers: of those no loss is held out
ANSWERS = {
    "loss": "policyLoss",
    "grad_norm": "gradNorm",
    "learning_rate": "learningRate",
    "reward": "reward",
    "reward_spread": "rewardSpread",
    "kl": "divergence",
    "completions/mean_length": "answerTokens",
}
# shares of what has moved since before the training: of an untouched model all stands still, and none is measured
MOVED = {"rewards/accuracies"}


class Diverged(Exception):
    """It has left what can be calculated."""


class Report(TrainerCallback):
    def __init__(self, folder, recipe, resume):
        self.folder = folder
        self.recipe = recipe
        self.writes = int(os.environ.get("RANK", "0")) == 0
        self.metrics = folder / "metrics.jsonl"
        self.checkpoint = None
        self.best = None
        self.waited = 0
        self.wish = None
        self.began = time.monotonic()
        self.seen_tokens = 0
        self.told = {}
        self.names = ANSWERS if recipe["learns"] == "answers" else NAMES
        folder.mkdir(parents=True, exist_ok=True)
        if resume:
            self.checkpoint = last_checkpoint(folder / "checkpoints")
        if self.writes and self.checkpoint is None:
            # of a run that never came to a checkpoint
            shutil.rmtree(folder / "best", ignore_errors=True)
        self.go_on_from(step_of(self.checkpoint))
        for wish in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wish, self.asked)

    def go_on_from(self, step):
        """What was told of updates after the checkpoint has not happened."""
        kept = [line for line in lines_of(self.metrics) if line["step"] <= step] if self.checkpoint else []
        for line in kept:
            if line["kind"] == "evaluation" and line["step"] > 0:
                self.judge(line["step"], line["figures"])
        if self.writes:
            if self.checkpoint:
                kept.append(self.line("notice", step, code="RESUMED", details={"step": str(step)}))
            write_whole(self.metrics, "".join(json.dumps(line) + "\n" for line in kept))

    def follow(self, trainer):
        self.trainer = trainer
        trainer.add_callback(self)

    # what Transformers calls

    def on_train_begin(self, args, state, control, **_):
        self.seen_tokens = state.num_input_tokens_seen
        self.status("running", state)
        if self.checkpoint is None and self.trainer.eval_dataset is not None:
            self.trainer.evaluate()

    def on_step_begin(self, args, state, control, **_):
        self.began = time.monotonic()

    def on_step_end(self, args, state, control, **_):
        if self.writes and (self.folder / "stop").exists():
            self.wish = "paused"
        # the last update is looked at, whatever the count says
        if state.global_step >= state.max_steps and self.trainer.eval_dataset is not None:
            control.should_evaluate = True
        # all processes stop at the same update, whoever was asked
        flag = torch.tensor([1 if self.wish else 0], device=args.device)
        if self.trainer.accelerator.reduce(flag, "sum").item() > 0:
            self.wish = "paused"
            control.should_save = True
            control.should_training_stop = True

    def on_log(self, args, state, control, logs=None, **_):
        logs = logs or {}
        if "eval_loss" in logs:
            # TRL adds its own figures to what is told, and to nothing else
            self.told = logs
        if "loss" not in logs:
            return
        if self.writes:
            self.tell_step(logs, state)
        self.keep_near(logs, state, control)

    def on_evaluate(self, args, state, control, metrics=None, **_):
        told = {**self.told, **(metrics or {})}
        step = state.global_step
        held_out = {name: own for name, own in self.names.items() if own != "policyLoss"}
        figures = figures_of({name.removeprefix("eval_"): value for name, value in told.items()}, step, held_out)
        is_best = step > 0 and self.judge(step, figures)
        if is_best:
            self.save_result(self.folder / "best")
        if self.writes:
            by = self.recipe["best"]["figure"]
            self.append("evaluation", step, epoch=self.epoch(state), figures=figures, by=by, best=is_best)
        self.refuse_no_number(step, figures)
        patience = self.recipe["best"]["patience"]
        if patience and self.waited >= patience and step < state.max_steps:
            if self.writes:
                details = {"waited": str(self.waited), "bestStep": str(self.best[0])}
                self.append("notice", step, code="EARLY_STOP", details=details)
            control.should_training_stop = True

    def on_save(self, args, state, control, **_):
        # each process adds its own random state: what is sealed is whole
        self.trainer.accelerator.wait_for_everyone()
        if self.writes:
            folder = Path(args.output_dir) / f"checkpoint-{state.global_step}"
            shutil.copy2(self.metrics, folder / "metrics.jsonl")
            seal(folder)
            self.status("running", state)

    # what it leaves

    def tell_step(self, logs, state):
        tokens = int(logs.get("num_tokens", 0))
        seconds = time.monotonic() - self.began
        figures = figures_of(logs, state.global_step - 1, self.names)
        if tokens > self.seen_tokens:
            figures["tokensPerSecond"] = (tokens - self.seen_tokens) / max(seconds, 1e-9)
        self.append(
            "step",
            state.global_step,
            epoch=self.epoch(state),
            figures=figures,
            tokens=max(0, tokens - self.seen_tokens),
            learntTokens=0,
            seconds=seconds,
            skipped=False,
        )
        self.seen_tokens = max(tokens, self.seen_tokens)
        self.status("running", state)

    def keep_near(self, logs, state, control):
        """Far from what it was, a model often pleases the rules and nobody else: every process knows how far."""
        limit = (self.recipe["answers"] or {}).get("limit")
        apart = logs.get("kl", 0)
        if limit and apart > limit:
            if self.writes:
                details = {"divergence": f"{apart:.3f}", "limit": f"{limit:g}"}
                self.append("notice", state.global_step, code="TOO_FAR", details=details)
            control.should_evaluate = self.trainer.eval_dataset is not None
            control.should_training_stop = True

    def epoch(self, state):
        return (state.epoch or 0) * getattr(self.trainer, "times_through", 1)

    def judge(self, step, figures):
        """Whether it is the best so far; a gain below the threshold is one, but does not renew the patience."""
        best = self.recipe["best"]
        value = figures.get(best["figure"])
        if value is None:
            # no number is never the best
            return False
        gain = (lambda a, b: b - a) if best["better"] == "lower" else (lambda a, b: a - b)
        if self.best is None or gain(value, self.best[1]) > best["threshold"]:
            self.waited = 0
        else:
            self.waited += 1
        if self.best is None or gain(value, self.best[1]) > 0:
            self.best = (step, value)
            return True
        return False

    def refuse_no_number(self, step, figures):
        """Whatever came after would be lost time. All processes have the same figures, and end together."""
        figure = self.recipe["best"]["figure"]
        if step > 0 and figure in figures and figures[figure] is None:
            raise Diverged(
                f"after update {step} the held-out {figure} is no number any more: the training has diverged. "
                "Lower the learning rate or calculate in f32, in Neiro, and write the folder anew"
            )

    def save_result(self, folder):
        """Every process takes part: the weights may be spread over all of them."""
        self.trainer.save_model(str(folder))
        if self.writes:
            (folder / "training_args.bin").unlink(missing_ok=True)
            seal(folder)

    def finish(self, trainer):
        state = trainer.state
        if self.wish:
            if self.writes:
                self.append("notice", state.global_step, code="PAUSED", details={})
            return self.status(self.wish, state)
        result = self.folder / ("model" if self.recipe["trains"] == "model" else "adapter")
        if (self.folder / "best" / "sealed.json").exists() and self.best:
            if self.writes:
                shutil.rmtree(result, ignore_errors=True)
                shutil.copytree(self.folder / "best", result)
        else:
            self.save_result(result)
        self.status("finished", state)

    def failed(self, error):
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        if self.writes:
            state = getattr(getattr(self, "trainer", None), "state", None)
            self.status("failed", state, error=f"{type(error).__name__}: {error}"[:2000])

    def status(self, word, state, error=None):
        if not self.writes:
            return
        text = {
            "state": word,
            "step": state.global_step if state else 0,
            "total_steps": state.max_steps if state else 0,
            "checkpoint": step_of(last_checkpoint(self.folder / "checkpoints")),
            "world": int(os.environ.get("WORLD_SIZE", "1")),
            "pid": os.getpid(),
            "at": now(),
            **({"error": error} if error else {}),
        }
        write_whole(self.folder / "status.json", json.dumps(text, indent=2))

    def asked(self, *_):
        self.wish = "paused"

    def line(self, kind, step, **more):
        return {"kind": kind, "step": step, "time": now(), **more}

    def append(self, kind, step, **more):
        with self.metrics.open("a", encoding="utf-8") as file:
            file.write(json.dumps(self.line(kind, step, **more)) + "\n")


def figures_of(logs, updates, names):
    told = names if updates > 0 else {name: own for name, own in names.items() if name not in MOVED}
    named = {told[name]: float(value) for name, value in logs.items() if name in told}
    # JSON has no word for what is no number
    return {name: value if value == value and abs(value) != float("inf") else None for name, value in named.items()}


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def lines_of(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


def seal(folder):
    """Names every file with its size and SHA-256, last of all: a folder with a seal is whole."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.name != "sealed.json")
    entries = [
        {"name": str(file.relative_to(folder)), "size": file.stat().st_size, "sha256": sha256(file)} for file in files
    ]
    write_whole(folder / "sealed.json", json.dumps({"files": entries}, indent=1))


def write_whole(file, text):
    beside = file.with_suffix(f"{file.suffix}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def last_checkpoint(folder):
    """The newest one that is whole."""
    found = [path for path in folder.glob("checkpoint-*") if (path / "sealed.json").exists()]
    return str(max(found, key=step_of)) if found else None


def step_of(checkpoint):
    return int(Path(checkpoint).name.rpartition("-")[2]) if checkpoint else 0
