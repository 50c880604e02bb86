"""The contenders: what each is started with. A contender gets a Setting and returns (command, environment)."""

import os
from dataclasses import dataclass

import workload

REPOSITORY = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))


@dataclass(frozen=True)
class Setting:
    """One configuration that is measured: hosts by address, and where its files are."""

    bench: str
    directory: str
    addresses: tuple
    tasks: int
    user: str
    become: bool
    forks: int


def write_inventories(setting):
    workload.write(setting.directory, setting.tasks)
    become = "\n    ansible_become: true" if setting.become else ""
    entries = []
    for number, address in enumerate(setting.addresses, 1):
        values = {"ansible_host": address, **workload.variables(number)}
        entries.append(f"    h{number}:\n" + "".join(f'      {key}: "{value}"\n' for key, value in values.items()))
    hosts = "  hosts:\n" + "".join(entries)
    common = f"all:\n  vars:\n    ansible_user: {setting.user}{become}\n    ansible_ssh_private_key_file: {setting.bench}/id\n"
    workload.put(
        f"{setting.directory}/hactl/inventory.yml",
        f"{common}    ansible_ssh_known_hosts_file: {setting.bench}/known_hosts\n{hosts}")
    workload.put(
        f"{setting.directory}/ansible/inventory.yml",
        f"{common}    ansible_ssh_common_args: -F {setting.bench}/ssh_config\n"
        f"    ansible_python_interpreter: /usr/bin/python3\n{hosts}")


def hactl(setting, check):
    top = f"{setting.directory}/hactl"
    command = [os.environ.get("HACTL", f"{REPOSITORY}/hactl"), "apply", f"{top}/site.yml", "-i", f"{top}/inventory.yml",
               "--forks", str(setting.forks)]
    return command + (["--check", "--diff"] if check else []), {}


def floor(setting, check, how="apply"):
    """One ssh per host, all at once."""
    script = os.path.join(os.path.dirname(__file__), "floor.sh")
    shell = "sudo -n sh -s --" if setting.become else "sh -s --"
    mode = "check" if check else how
    lines = ["pids="]
    for number, address in enumerate(setting.addresses, 1):
        values = " ".join(workload.variables(number).values())
        remote = f"{shell} {mode} {workload.ROOT} {setting.tasks // 5} {values}"
        lines.append(f"ssh -F {setting.bench}/ssh_config {address} '{remote}' < {script} & pids=\"$pids $!\"")
    lines.append("for pid in $pids; do wait $pid || exit 1; done")
    return ["sh", "-c", "\n".join(lines)], {}


def floor_safe(setting, check):
    """The same script, which flushes every file and looks at every change again."""
    return floor(setting, check, "safe")


def ansible(setting, check, more):
    top = f"{setting.directory}/ansible"
    command = ["ansible-playbook", "-i", f"{top}/inventory.yml", f"{top}/site.yml"]
    environment = {"ANSIBLE_FORKS": str(setting.forks), "ANSIBLE_GATHERING": "explicit", "ANSIBLE_NOCOLOR": "1", **more}
    return command + (["--check", "--diff"] if check else []), environment


def ansible_tuned(setting, check):
    """Ansible's best stock settings."""
    return ansible(setting, check, {
        "ANSIBLE_PIPELINING": "True",
        "ANSIBLE_SSH_CONTROL_PATH_DIR": f"{setting.bench}/sockets",
        "ANSIBLE_SSH_ARGS": "-o ControlMaster=auto -o ControlPersist=60s -o PreferredAuthentications=publickey"})


def ansible_mitogen(setting, check):
    return ansible(setting, check, {
        "ANSIBLE_STRATEGY": "mitogen_linear",
        "ANSIBLE_STRATEGY_PLUGINS": "/usr/lib/python3/dist-packages/ansible_mitogen/plugins/strategy"})


ALL = {"floor": floor, "floor-safe": floor_safe, "hactl": hactl, "ansible-mitogen": ansible_mitogen, "ansible-tuned": ansible_tuned}
PEERS = ("ansible-mitogen", "ansible-tuned")
