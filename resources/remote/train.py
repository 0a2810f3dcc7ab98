"""Trains what recipe.json says: one base model, one set of lessons, one adapter (or the whole model).

    python train.py --dry-run              what is missing here, without training (--processes 4: for four of them)
    python train.py                        one process: this CPU, or one GPU
    torchrun --nproc_per_node 2 train.py   several processes of this CPU
    accelerate launch train.py             several GPUs (see README.md for the configuration that fits)
    python train.py --resume               on from the last checkpoint
    python train.py --anew                 from the beginning; what an earlier run left is moved aside (output-1)

What it leaves is below output/: metrics.jsonl (one line an update), status.json, checkpoints/, adapter/ or model/.
A file output/stop (with one process also Ctrl-C or SIGTERM): it saves a checkpoint at the next update and ends.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

from checks import trouble_here
from earlier import forget_stop, is_left, move_aside, result_of
from spread import gpus_of_machine, one_gpu

HERE = Path(__file__).resolve().parent
# Unix seconds; whoever starts the processes says when that began
BEGAN = float(os.environ.get("NEIRO_BEGAN") or time.time())


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry-run", action="store_true", help="check versions, model and lessons; train nothing")
    earlier = parser.add_mutually_exclusive_group()
    earlier.add_argument("--resume", action="store_true", help="go on from the last checkpoint of --output")
    earlier.add_argument("--anew", action="store_true", help="move an earlier --output aside, and begin anew")
    parser.add_argument("--processes", type=int, help="how many there should be: one that is alone by mistake ends")
    base = parser.add_mutually_exclusive_group()
    base.add_argument("--model", help="folder of the base model; absent: as recipe.json says")
    base.add_argument("--hub", help="name of the base model on the hub, from which it is fetched")
    parser.add_argument("--output", type=Path, default=HERE / "output", help="what it learnt is left here")
    parser.add_argument(
        "--unquantized", action="store_true", help="hold the base whole although the recipe packs it (NF4)"
    )
    return parser.parse_args()


def model_place(recipe, options):
    """Where the base is: what was said, the copy that came along, or its name on the hub."""
    beside = HERE / "model"
    if said := options.model or options.hub:
        return said
    return str(beside) if (beside / "config.json").exists() else recipe["model"]["hub"]


def stay_on_one_gpu():
    """Before anything that is heavy is imported: later it would not be heard."""
    there = gpus_of_machine()
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    if (only := one_gpu(os.environ, there)) is not None:
        os.environ["CUDA_VISIBLE_DEVICES"] = only
        if visible or there > 1:
            print(f"One process trains on one GPU: {only} of {visible or there} (README.md says how to use several).")


def settle_earlier(options):
    """What an earlier run left: gone on with, moved aside, or left alone. A sentence: why it cannot begin."""
    output = options.output
    if options.anew and output.exists():
        print(f"What was in {output} is now in {move_aside(output)}.")
    elif not options.resume and is_left(output):
        return (
            f"{output} has what an earlier run left: --resume goes on from its last checkpoint, "
            "--anew moves it aside and begins anew"
        )
    # there from now on: a wish to stop can be laid in it
    output.mkdir(parents=True, exist_ok=True)
    forget_stop(output, BEGAN)
    return None


def main():
    options = arguments()
    stay_on_one_gpu()
    recipe = json.loads((HERE / "recipe.json").read_text(encoding="utf-8"))
    place = model_place(recipe, options)
    trouble = trouble_here(HERE, recipe, place, options)
    if trouble or options.dry_run:
        print(
            "\n".join(trouble) or "All is here: versions, model and lessons.",
            file=sys.stderr if trouble else sys.stdout,
        )
        sys.exit(2 if trouble else 0)

    if options.resume and (result := result_of(options.output)):
        print(f"It has come to its end already: {result}. To train once more from the beginning: --anew")
        return
    # the others may find what the first has begun to write already
    if os.environ.get("RANK", "0") == "0" and (why_not := settle_earlier(options)):
        sys.exit(why_not)

    # what follows takes seconds to import: a dry run has ended by now
    from methods import make_trainer
    from report import Report

    report = Report(options.output, recipe, resume=options.resume)
    try:
        trainer = make_trainer(HERE, recipe, place, options, report)
        report.follow(trainer)
        trainer.train(resume_from_checkpoint=report.checkpoint)
        report.finish(trainer)
    except Exception as error:
        report.failed(error)
        raise
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        trainer.accelerator.wait_for_everyone()
        trainer.accelerator.end_training()


if __name__ == "__main__":
    main()
