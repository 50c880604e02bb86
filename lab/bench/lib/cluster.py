"""A cluster's configuration of 60 resources and 120 constraints: hactl beside one query and beside pcs.

Usage: lab/bench/cluster [RUNS [PUSHES]]     (default 15 and 3; as root)
Starts a real Corosync and Pacemaker of one node in namespaces of their own. In one run, in turns: a run of hactl that
finds everything as wanted, a run of hactl with one `command: cibadmin --query`; the first push by hactl, which waits until
everything runs, and the same configuration by pcs, which does not. Prints medians and ratios.
"""

import os
import pathlib
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HOME = pathlib.Path(__file__).resolve().parents[3]
HACTL = os.environ.get("HACTL", str(HOME / "hactl"))
RESOURCES = 60
EMPTY = "<configuration><crm_config><cluster_property_set id='cib-bootstrap-options'><nvpair id='opt-fencing'" \
    " name='stonith-enabled' value='false'/></cluster_property_set></crm_config><nodes/><resources/><constraints/></configuration>"


def write_way_in(folder):
    for key in ("host", "client"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{folder}/{key}"], check=True)
    put(folder, "known_hosts", "127.0.0.1 " + pathlib.Path(folder, "host.pub").read_text())
    put(folder, "sshd_config", f"""ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/client.pub
StrictModes no
PermitRootLogin yes
UsePAM no
UseDNS no
PidFile none
""")
    put(folder, "inventory.yml", f"""all:
  cluster: lonely
  hosts:
    lonely:
      ansible_host: 127.0.0.1
      ansible_user: root
      ansible_ssh_private_key_file: {folder}/client
      ansible_ssh_known_hosts_file: {folder}/known_hosts
""")


def put(folder, name, text):
    pathlib.Path(folder, name).write_text(text)


def write_work(folder):
    tasks, calls = [], []
    for i in range(1, RESOURCES + 1):
        tasks.append(f"pcs_resource: {{name: r{i}, agent: 'ocf:pacemaker:Dummy', operations: {{monitor: {{interval: 60s}}}}}}")
        calls.append(f"pcs resource create r{i} ocf:pacemaker:Dummy op monitor interval=60s --no-default-ops")
    for i in range(1, RESOURCES + 1):
        other = i // 2 or RESOURCES
        tasks.append(f"pcs_constraint: {{kind: location, resource: r{i}, node: lonely, score: {i}}}")
        tasks.append(f"pcs_constraint: {{kind: colocation, resource: r{i}, with: r{other}, score: 10}}")
        calls.append(f"pcs constraint location r{i} prefers lonely={i}")
        calls.append(f"pcs constraint colocation add r{i} with r{other} 10")
    block = "".join(f"        - {task}\n" for task in tasks)
    put(folder, "push.yml", f"- hosts: all\n  tasks:\n    - transaction: cib\n      block:\n{block}")
    put(folder, "query.yml", "- hosts: all\n  tasks:\n    - command: cibadmin --query\n      changed_when: false\n")
    put(folder, "pcs.sh", "set -e\nexec > /dev/null 2>&1\n" + "\n".join(calls) + "\n")


class Cluster:
    def __init__(self, folder):
        self.folder = folder
        with open(f"{folder}/log", "w") as log:
            self.process = subprocess.Popen([HOME / "lab/lib/one-node-cluster"], stdout=log, stderr=subprocess.STDOUT)
        self.until(lambda: re.search('crmd="online"[^>]*join="member"', self.sh("cibadmin --query 2> /dev/null")))
        subprocess.run(self.inside(["/usr/sbin/sshd", "-f", f"{folder}/sshd_config"]), check=True)

    def init(self):
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return children[0] if children else str(self.process.pid)

    def inside(self, command, what=("--mount", "--ipc", "--pid", "--uts", "--net")):
        return ["nsenter", "--target", self.init(), *what, "--", *command]

    def sh(self, text):
        return subprocess.run(self.inside(["/bin/sh", "-c", text]), capture_output=True, text=True).stdout

    def until(self, condition):
        deadline = time.monotonic() + 180
        while not condition():
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit("the cluster is not as it should be:\n" + pathlib.Path(self.folder, "log").read_text()[-2000:])
            time.sleep(0.2)

    def empty(self):
        self.sh(f'cibadmin --replace --scope configuration --xml-text "{EMPTY}"')
        self.until(lambda: "r1" not in self.sh("crm_mon --as-xml --group-by-node | grep '<resource ' || :")
                   and "S_IDLE" in self.sh("crmadmin --status lonely"))

    def close(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def timed(self, command):
        started = time.monotonic()
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            sys.exit("%s ended with %d:\n%s%s" % (" ".join(command), done.returncode, done.stdout, done.stderr))
        return time.monotonic() - started, done.stdout

    def hactl(self, playbook):
        return self.timed(self.inside(
            [HACTL, "apply", f"{self.folder}/{playbook}.yml", "-i", f"{self.folder}/inventory.yml"], ("--net",)))


def measure(cluster, runs, pushes):
    times = {"push": [], "pcs": [], "converged": [], "query": []}
    for _ in range(pushes):
        cluster.empty()
        times["pcs"].append(cluster.timed(cluster.inside(["/bin/sh", f"{cluster.folder}/pcs.sh"]))[0])
        cluster.empty()
        seconds, output = cluster.hactl("push")
        if "changed=180" not in output:
            sys.exit(output)
        times["push"].append(seconds)
    for _ in range(runs):
        seconds, output = cluster.hactl("push")
        if "changed=0" not in output:
            sys.exit(output)
        times["converged"].append(seconds)
        times["query"].append(cluster.hactl("query")[0])
    for name, values in times.items():
        print("%-10s %3d runs  median %8.3f s  (%.3f-%.3f)" % (name, len(values), statistics.median(values), min(values), max(values)))
    print("converged / query: %.2f (at most 1.5)" % statistics.median(a / b for a, b in zip(times["converged"], times["query"])))
    print("pcs / push: %.1f (at least 20)" % (statistics.median(times["pcs"]) / statistics.median(times["push"])))


def main():
    if "--help" in sys.argv or "-h" in sys.argv:
        sys.exit(print(__doc__))
    runs, pushes = [int(word) for word in sys.argv[1:3]] + [15, 3][len(sys.argv) - 1:]
    subprocess.run([HACTL, "--version"], stdout=subprocess.DEVNULL, check=True)
    with tempfile.TemporaryDirectory() as folder:
        write_way_in(folder)
        write_work(folder)
        cluster = Cluster(folder)
        try:
            measure(cluster, runs, pushes)
        finally:
            cluster.close()


if __name__ == "__main__":
    main()
