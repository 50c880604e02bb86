"""Times 5-task groups of an idempotent playbook over ssh: hactl beside a hand-written script and Ansible.

Every host has an sshd of its own in one network namespace. Contenders take turns within each repetition, in random
order: first on empty hosts (cold), then with nothing to do (converged, check). In every third repetition one random
managed file of one host is altered first (repair); it has to be right again afterwards. After every run each host's
files are compared with what they must be, and a run with nothing to do must not have written anything: its ctimes are
as before. A wrong run is reported, left out of the table, and makes the exit status 1.
"""

import argparse
import glob
import json
import os
import random
import shutil
import subprocess
import sys
import time

import contenders
import measure
import report
import tree
import workload
from hosts import DELAYED, LOGIN, NETWORK, Hosts

PHASES = ("cold", "converged", "check")


def numbers(text):
    return [int(each) for each in text.split(",")]


def arguments():
    parser = argparse.ArgumentParser(prog="lab/bench/run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=numbers, default=[2], help="how many hosts, e.g. 2,10,50 (default 2, at most 200)")
    parser.add_argument("--tasks", type=numbers, default=[50], help="how many tasks, multiples of 5, e.g. 50,200 (default 50)")
    parser.add_argument("--reps", type=int, default=5, help="repetitions (default 5)")
    parser.add_argument("--peer-reps", type=int, default=None, help="repetitions of Ansible, which takes long (default: as --reps)")
    parser.add_argument("--phases", default=",".join(PHASES), help="which of cold,converged,check")
    parser.add_argument("--contenders", default=",".join(contenders.ALL), help="which of " + ",".join(contenders.ALL))
    parser.add_argument("--become", action="store_true", help="log in without privileges, then sudo")
    parser.add_argument("--rtt", type=float, default=0, help="milliseconds a round trip takes (default: as it is)")
    parser.add_argument("--round-trips", action="store_true", help="count round trips that are waited for; each takes 20 ms unless --rtt says otherwise")
    parser.add_argument("--forks", type=int, default=50)
    parser.add_argument("--limit", type=float, default=3600, help="seconds after which no further run starts (default 3600)")
    parser.add_argument("--timeout", type=float, default=600, help="seconds one run may take (default 600)")
    parser.add_argument("--seed", type=int, default=None, help="of the order and the alterations")
    parser.add_argument("--json", default=None, help="appends one JSON line per run (default: results.jsonl in the work directory)")
    parser.add_argument("--clean", action="store_true", help="only removes what an interrupted run left")
    parser.add_argument("--dir", default=None, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.contenders = options.contenders.split(",")
    options.phases = options.phases.split(",")
    for name in options.contenders:
        if name not in contenders.ALL:
            parser.error(f"no contender {name}; there are {', '.join(contenders.ALL)}")
    for name in options.phases:
        if name not in PHASES:
            parser.error(f"no phase {name}; there are {', '.join(PHASES)}")
    if max(options.hosts) > 200 or min(options.hosts) < 1 or any(each % 5 or not 5 <= each <= 495 for each in options.tasks):
        parser.error("1 to 200 hosts; 5 to 495 tasks, a multiple of 5")
    if options.round_trips and not options.rtt:
        options.rtt = 20
    if options.peer_reps is None:
        options.peer_reps = options.reps
    options.seed = random.randrange(10**6) if options.seed is None else options.seed
    options.json = options.json or f"{options.dir}/results.jsonl"
    return options


class Session:
    """All runs with one number of hosts and tasks."""

    def __init__(self, options, hosts, setting, dice, end):
        self.options, self.hosts, self.setting, self.dice, self.end = options, hosts, setting, dice, end
        self.rows, self.failures = [], []
        self.environment = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": f"{options.dir}/home", "LANG": "C.UTF-8", "USER": "root",
            **{key: value for key, value in os.environ.items() if key.startswith("HACTL") or key == "JAVA_HOME"}}
        self.expected = {number: workload.expected(setting.tasks, number) for number in hosts.numbers()}

    def repetition(self, index):
        names = [name for name in self.options.contenders if name not in contenders.PEERS or index < self.options.peer_reps]
        self.dice.shuffle(names)
        for name in names:
            if "cold" not in self.options.phases:
                self.converge()
            for phase in [each for each in PHASES if each in self.options.phases]:
                self.timed(index, name, phase)
            if index % 3 == 2:
                self.timed(index, name, "repair")

    def converge(self):
        if any(tree.wrong(tree.read(self.hosts.tree(n)), self.expected[n]) for n in self.hosts.numbers()):
            self.wipe()
            self.start("floor", False)

    def wipe(self):
        for number in self.hosts.numbers():
            tree.wipe(self.hosts.tree(number))

    def start(self, name, check):
        command, more = contenders.ALL[name](self.setting, check)
        with open(f"{self.options.dir}/{name}.log", "w") as log:
            return measure.run(command, {**self.environment, **more}, log, self.options.timeout)

    def timed(self, index, name, phase):
        if time.monotonic() > self.end:
            return
        altered = None
        if phase == "cold":
            self.wipe()
        elif phase == "repair":
            number = self.dice.choice(list(self.hosts.numbers()))
            altered = (number, *tree.alter(self.hosts.tree(number), self.expected[number], self.dice))
        before = {number: tree.read(self.hosts.tree(number)) for number in self.hosts.numbers()}
        row = {"hosts": self.hosts.count, "tasks": self.setting.tasks, "become": self.options.become, "rtt": self.options.rtt,
               "repetition": index, "contender": name, "phase": phase}
        if self.hosts.proxy:
            self.hosts.round_trips()
        row.update(self.start(name, phase == "check"))
        end_masters(self.options.dir)
        if self.hosts.proxy:
            row["round_trips"] = self.hosts.round_trips() / self.hosts.count
        wrong = self.verify(phase, before, altered)
        if row["exit"] != 0:
            wrong = f"exit {row['exit']}" + (f", {wrong}" if wrong else "")
        row["wrong"] = wrong
        with open(self.options.json, "a") as file:
            file.write(json.dumps(row) + "\n")
        print(f"  {index + 1:>3} {phase:<10}{name:<17}{row['seconds']:>8.3f} s  {wrong or 'verified'}"
              + (f" ({altered[2]} of {altered[1]} on h{altered[0]})" if altered else ""), flush=True)
        if wrong:
            shutil.copy(f"{self.options.dir}/{name}.log", f"{self.options.dir}/{name}.{phase}.failed.log")
            self.failures.append(row)
            self.wipe()
            self.start("floor", False)
        else:
            self.rows.append(row)

    def verify(self, phase, before, altered):
        for number in self.hosts.numbers():
            after = tree.read(self.hosts.tree(number))
            wrong = tree.wrong(after, self.expected[number])
            if wrong:
                return f"h{number}: {wrong}"
            if phase == "cold":
                continue
            allowed = set()
            if altered and altered[0] == number:
                allowed = {altered[1], os.path.dirname(altered[1])}
            touched = [path for path in tree.rewritten(before[number], after) if path not in allowed]
            if touched:
                return f"h{number}: {touched[0]} was written to"
        return None


def end_masters(bench):
    """Every run starts without a connection of an earlier one."""
    for path in glob.glob(f"{bench}/sockets/*"):
        subprocess.run(["ssh", "-O", "exit", "-o", f"ControlPath={path}", "any"], capture_output=True, stdin=subprocess.DEVNULL)


def warm_up(session):
    """hactl builds its start-up cache in the background of its first runs; that is not what is measured."""
    if "hactl" not in session.options.contenders:
        return
    cache = f"{session.environment['HOME']}/.cache/hactl"
    end = time.monotonic() + 60
    session.start("hactl", True)
    # Caches of other builds may be there; a folder of this name is there as long as one is being made.
    while time.monotonic() < end and (glob.glob(f"{cache}/*.making") or not glob.glob(f"{cache}/*.aot")):
        time.sleep(0.2)


def measure_all(options):
    dice = random.Random(options.seed)
    end = time.monotonic() + options.limit
    os.makedirs(f"{options.dir}/home", exist_ok=True)
    failed = False
    for count in options.hosts:
        hosts = Hosts(options.dir, count, LOGIN if options.become else "root")
        try:
            hosts.start()
            proxied = options.rtt > 0 or options.round_trips
            if proxied:
                hosts.start_proxy(options.rtt)
            for tasks in options.tasks:
                network = DELAYED if proxied else NETWORK
                setting = contenders.Setting(
                    options.dir, f"{options.dir}/workload-{tasks}", tuple(f"{network}.{n}" for n in hosts.numbers()), tasks,
                    hosts.user, options.become, options.forks)
                contenders.write_inventories(setting)
                session = Session(options, hosts, setting, dice, end)
                print(f"\n{count} hosts, {tasks} tasks{', become' if options.become else ''}"
                      f"{f', {options.rtt:g} ms round trip' if options.rtt else ''} (seed {options.seed})", flush=True)
                warm_up(session)
                for index in range(options.reps):
                    session.repetition(index)
                if session.rows:
                    print("\n" + report.table(session.rows), flush=True)
                for row in session.failures:
                    print(f"WRONG: {row['phase']} {row['contender']} repetition {row['repetition'] + 1}: {row['wrong']}")
                failed = failed or bool(session.failures)
        finally:
            hosts.stop()
    if time.monotonic() > end:
        print(f"bench: stopped starting runs after {options.limit:g} s (--limit)")
    print(f"\nEvery run: {options.json}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(measure_all(arguments()))
