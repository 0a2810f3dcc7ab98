"""The job of a Ray cluster: starts train.py once for each GPU (or node), and brings what it leaves to this node.

    python ray_driver.py NAME [--workers N] [--spread zero3]

What is left lies below the logs of this node (neiro/NAME), where the cluster's dashboard reads it out. A worker that is
lost is replaced, and the training goes on from the last checkpoint. SIGTERM: it saves, and ends.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import ray
from filelock import FileLock
from ray.util.scheduling_strategies import PlacementGroupSchedulingStrategy

from checks import does_not_go, shares
from pieces import lay_out
from spread import choose, gpu_memory, of_recipe, processes_for

HERE = Path(__file__).resolve().parent
# workers lost before it gives up
MOST_LOST = 5


@ray.remote(max_concurrency=4)
class Worker:
    """One process of the training, on whatever node Ray has put it."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="neiro-"))
        self.output = self.folder / "output"
        context = ray.get_runtime_context()
        # of all processes of this training on this node
        self.home = Path(tempfile.gettempdir()) / f"neiro-{context.get_job_id()}-{context.get_node_id()}"
        self.process = None
        self.sent = {}

    def place(self):
        with socket.socket() as free:
            free.bind(("", 0))
            return ray.util.get_node_ip_address(), free.getsockname()[1]

    def memory(self):
        return gpu_memory() if ray.get_gpu_ids() else None

    def begin(self, rank, world, address, port, spread, files):
        """files: what was left of a training before, by name."""
        self.settle()
        for name, content in files.items():
            file = self.output / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        env = {
            **os.environ,
            **{"RANK": str(rank), "LOCAL_RANK": "0", "WORLD_SIZE": str(world), "LOCAL_WORLD_SIZE": "1"},
            **{"MASTER_ADDR": address, "MASTER_PORT": str(port)},
            **spread_over(spread, self.home),
            # a wish to stop that comes before Python has started counts
            "NEIRO_BEGAN": str(time.time()),
        }
        if not ray.get_gpu_ids():
            env["ACCELERATE_USE_CPU"] = "true"
        command = [sys.executable, "train.py", "--resume", "--processes", str(world), "--output", str(self.output)]
        self.process = subprocess.Popen(command, start_new_session=True, env=env, cwd=self.home)

    def settle(self):
        """The first process of a node lays the folder out, the others wait for it."""
        with FileLock(f"{self.home}.lock"):
            if not self.home.exists():
                staging = Path(f"{self.home}.new")
                shutil.rmtree(staging, ignore_errors=True)
                lay_out(Path.cwd(), staging)
                staging.rename(self.home)

    def news(self):
        """Whether it runs (None) or how it ended, and every file that is new or has grown."""
        code = self.process.poll()
        fresh = {}
        for file in sorted(self.output.rglob("*")) if self.output.exists() else []:
            name = str(file.relative_to(self.output))
            if not file.is_file() or name.endswith(".new") or not is_whole(self.output, name):
                continue
            mark = (file.stat().st_size, file.stat().st_mtime_ns)
            if self.sent.get(name) != mark:
                with contextlib.suppress(FileNotFoundError):
                    fresh[name] = file.read_bytes()
                    self.sent[name] = mark
        return code, fresh

    def pause(self):
        self.output.mkdir(parents=True, exist_ok=True)
        (self.output / "stop").touch()

    def end(self):
        if self.process and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        for folder in (self.folder, self.home):
            shutil.rmtree(folder, ignore_errors=True)
        Path(f"{self.home}.lock").unlink(missing_ok=True)


def spread_over(spread, folder):
    """What accelerate launch would say of this way, to a process that Ray has started."""
    if spread in ("zero2", "zero3"):
        return {
            "ACCELERATE_USE_DEEPSPEED": "true",
            "ACCELERATE_DEEPSPEED_CONFIG_FILE": str(folder / "accelerate" / f"{spread}.json"),
            "ACCELERATE_DEEPSPEED_ZERO3_INIT": "true" if spread == "zero3" else "false",
        }
    if spread == "fsdp":
        return {
            "ACCELERATE_USE_FSDP": "true",
            "FSDP_VERSION": "2",
            "FSDP_AUTO_WRAP_POLICY": "TRANSFORMER_BASED_WRAP",
            "FSDP_RESHARD_AFTER_FORWARD": "true",
            "FSDP_STATE_DICT_TYPE": "FULL_STATE_DICT",
            "FSDP_CPU_RAM_EFFICIENT_LOADING": "false",
            "FSDP_OFFLOAD_PARAMS": "false",
        }
    return {}


def is_whole(output, name):
    """Of folders that are sealed last of all, nothing is taken before the seal."""
    parts = Path(name).parts
    if parts[0] == "checkpoints" and len(parts) > 1:
        return (output / parts[0] / parts[1] / "sealed.json").exists()
    return parts[0] in ("metrics.jsonl", "status.json") or (output / parts[0] / "sealed.json").exists()


class Refused(Exception):
    """It cannot be trained so, however often it is tried."""


def recipe_here(looks=120):
    """Ray may lay out the folder of a job anew while it is at work: for a moment a file is not there, or not whole."""
    for left in range(looks, 0, -1):
        try:
            return of_recipe(HERE)
        except (OSError, ValueError):
            if left == 1:
                raise
            time.sleep(0.25)


class Training:
    def __init__(self, options):
        self.output = logs_folder() / "neiro" / options.name
        self.options = options
        self.paused = False
        self.group = []
        self.placement = None
        self.took_before = False

    def run(self):
        self.output.mkdir(parents=True, exist_ok=True)
        for lost in range(MOST_LOST + 1):
            try:
                return self.once()
            except (ray.exceptions.RayActorError, ray.exceptions.WorkerCrashedError) as error:
                print(f"a worker was lost ({lost + 1} of {MOST_LOST}): {error}", flush=True)
                self.end_group()
                if self.paused:
                    return 0
                time.sleep(2)
        print("too many workers were lost", flush=True)
        return 1

    def once(self):
        recipe = recipe_here()
        world, said = (self.options.workers, None) if self.options.workers else processes_for(recipe, processes_here())
        if shares(recipe, world) is None:
            raise Refused(does_not_go(recipe, world))
        if said:
            print(said, flush=True)
        self.placement = ray.util.placement_group([bundle()] * world, strategy="SPREAD")
        ray.get(self.placement.ready())
        strategy = PlacementGroupSchedulingStrategy(placement_group=self.placement)
        needs = {"num_cpus": bundle()["CPU"], "num_gpus": bundle().get("GPU", 0), "scheduling_strategy": strategy}
        self.group = [Worker.options(**needs).remote() for _ in range(world)]
        # by now every node has laid out what it was sent
        (address, port), *_ = ray.get([worker.place.remote() for worker in self.group])
        self.take_before()
        memories = [memory for memory in ray.get([worker.memory.remote() for worker in self.group]) if memory]
        spread = self.options.spread or choose(recipe["spread"], world, min(memories, default=None))
        if spread == "fsdp" and not memories:
            # Accelerate would give each process the whole model, and say nothing
            raise Refused("FSDP needs GPUs: among processors Accelerate 1.15 knows DDP alone (say ddp, or no spread)")
        print(f"{world} processes ({spread}), the first on {address}", flush=True)
        files = ray.put(files_in(self.output))
        begun = [
            worker.begin.remote(rank, world, address, port, spread, files) for rank, worker in enumerate(self.group)
        ]
        ray.get(begun)
        return self.follow()

    def take_before(self):
        """What came along of a training that ended before its end."""
        if self.took_before:
            return
        with tempfile.TemporaryDirectory() as folder:
            lay_out(HERE, Path(folder), below="output")
            if (before := Path(folder) / "output").exists():
                shutil.copytree(before, self.output, dirs_exist_ok=True)
        self.took_before = True

    def follow(self):
        asked = False
        while True:
            if self.paused and not asked:
                ray.get(self.group[0].pause.remote())
                asked = True
            news = ray.get([worker.news.remote() for worker in self.group])
            # what stands on the disk of the first is what was learnt
            self.keep(news[0][1])
            codes = [code for code, _ in news]
            if all(code is not None for code in codes):
                self.keep(ray.get(self.group[0].news.remote())[1])
                self.end_group()
                return max(abs(code) for code in codes)
            failed = [code for code in codes if code not in (None, 0)]
            if failed:
                # one has failed: the others wait for it for ever
                time.sleep(5)
                self.keep(ray.get(self.group[0].news.remote())[1])
                self.end_group()
                return 1
            time.sleep(1)

    def keep(self, files):
        # seals and the status come last: what they speak of is there
        for name in sorted(files, key=lambda one: (one == "status.json", one.endswith("sealed.json"), one)):
            file = self.output / name
            file.parent.mkdir(parents=True, exist_ok=True)
            beside = file.with_name(f"{file.name}.new")
            beside.write_bytes(files[name])
            beside.replace(file)
        self.forget_old()

    def forget_old(self):
        found = [path for path in self.output.glob("checkpoints/checkpoint-*") if (path / "sealed.json").exists()]
        for old in sorted(found, key=lambda path: int(path.name.rpartition("-")[2]))[:-2]:
            shutil.rmtree(old, ignore_errors=True)

    def failed(self, error):
        """Told as train.py tells what it fails of: whoever watches reads it there."""
        self.end_group()
        file = self.output / "status.json"
        known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        none = {"step": 0, "total_steps": 0, "checkpoint": 0}
        self.keep({"status.json": json.dumps({**none, **known, "state": "failed", "error": str(error)}).encode()})

    def end_group(self):
        for worker in self.group:
            with contextlib.suppress(Exception):
                ray.get(worker.end.remote(), timeout=5)
            ray.kill(worker)
        self.group = []
        if self.placement:
            ray.util.remove_placement_group(self.placement)
            self.placement = None


def files_in(output):
    """The newest whole checkpoint, the lines up to it, and the best so far."""
    found = [path for path in output.glob("checkpoints/checkpoint-*") if (path / "sealed.json").exists()]
    if not found:
        return {}
    newest = max(found, key=lambda path: int(path.name.rpartition("-")[2]))
    kept = [*newest.rglob("*"), *(output / "best").rglob("*"), output / "metrics.jsonl"]
    return {str(file.relative_to(output)): file.read_bytes() for file in kept if file.is_file()}


def processes_here():
    """One for each GPU; where there are none, one for each node that calculates."""
    if gpus := int(ray.cluster_resources().get("GPU", 0)):
        return gpus
    return max(1, sum(1 for node in ray.nodes() if node["Alive"] and node["Resources"].get("CPU", 0) >= 1))


def bundle():
    return {"CPU": 1, "GPU": 1} if ray.cluster_resources().get("GPU", 0) >= 1 else {"CPU": 1}


def logs_folder():
    """Where Ray writes what this job says: its dashboard reads out what lies there."""
    said = os.path.realpath("/proc/self/fd/1")
    if Path(said).name.startswith("job-driver-"):
        return Path(said).parent
    return Path(ray._private.worker._global_node.get_logs_dir_path())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name")
    parser.add_argument("--workers", type=int, default=0, help="processes; 0: one a GPU, or one a node")
    parser.add_argument("--spread", help="a configuration of accelerate/: single, ddp, zero2, zero3, fsdp")
    training = Training(parser.parse_args())

    def asked(*_):
        training.paused = True

    ray.init(log_to_driver=True)
    # behind Ray's own, which would end this process at once
    signal.signal(signal.SIGTERM, asked)
    try:
        code = training.run()
    except Exception as error:
        training.failed(error)
        raise
    sys.exit(code)


if __name__ == "__main__":
    main()
