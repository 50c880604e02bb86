"""The workload: T tasks in groups of five, as a playbook of hactl, one of Ansible, and the tree they must lead to."""

import os

ROOT = "/mnt"  # where each host of the bench has a directory of its own

SERVICE = """\
# Managed: changes made here do not last.
[cluster]
name = @cluster@
node = @node@
members = @address@, @peer@
quorum = majority
fencing = enabled
stickiness = 100

[listen]
address = @address@
port = @port@
backlog = 512
keepalive = on
idle_timeout = 300
tls = required
tls_minimum = 1.2

[replicate]
to = @peer@
port = @port@
mode = synchronous
window = 64
retry = 5
verify = checksum

[storage]
path = /var/lib/@cluster@
sync = always
journal = on
compact_at = 0.75

[log]
file = @logs@/@cluster@.log
level = info
rotate = daily
keep = 14

[health]
interval = 2
failures = 3
"""

VARIABLES = ("cluster", "node", "address", "peer", "port", "logs")


def variables(number):
    """What the template needs to know of host NUMBER."""
    return dict(zip(VARIABLES, ("pair", f"node{number}", f"10.1.0.{number}", f"10.2.0.{number}", "7789", "/var/log/pair")))


def limits(name):
    lines = ("OPEN_FILES=65536", "PROCESSES=4096", "MEMORY_LOCK=unlimited", "CORE=0", "STACK=8192", "NICE=-5",
             "WATCHDOG=10", "RESTART=always", f"UNIT=unit{name}")
    return "\n".join((f"# Limits of unit {name}",) + lines) + "\n"


def environment(name):
    return f'FLAGS="--foreground --unit {name}"'


def groups(tasks):
    return [f"{n:02d}" for n in range(tasks // 5)]


def render(opening, closing):
    text = SERVICE
    for name in VARIABLES:
        text = text.replace(f"@{name}@", f"{opening}{name}{closing}")
    return text


def playbook(tasks):
    """The tasks are the same text for both tools: only templates differ in how they name a variable."""
    out = ["- hosts: all", "  gather_facts: false", "  tasks:"]
    for index, name in enumerate(groups(tasks)):
        unit = f"{ROOT}/unit{name}"
        out += [
            f"    - name: directory {name}",
            f'      file: {{path: {unit}, state: directory, mode: "0755"}}',
            f"    - name: template {name}",
            f'      template: {{src: SERVICE, dest: {unit}/service.conf, mode: "0644"}}',
            f"    - name: copy {name}",
            f'      copy: {{src: limits{name}, dest: {unit}/limits, mode: "0640"}}',
            f"    - name: line {name}",
            "      lineinfile:",
            f"        path: {unit}/environment",
            "        regexp: '^FLAGS='",
            f"        line: '{environment(name)}'",
            "        create: true",
            '        mode: "0644"',
        ]
        if index % 2 == 0:
            out += [f"    - name: stat {name}", f"      stat: {{path: {unit}/service.conf}}", f"      register: seen{name}"]
        else:
            out += [
                f"    - name: key {name}",
                "      command:",
                f"        cmd: dd if=/dev/urandom of={unit}/key bs=64 count=4 status=none",
                f"        creates: {unit}/key",
            ]
    return "\n".join(out) + "\n"


def write(directory, tasks):
    """Writes DIRECTORY/hactl and DIRECTORY/ansible, each with site.yml, the template and the files to copy."""
    for tool, template, opening, closing in (("hactl", "service.conf.ftl", "${", "}"), ("ansible", "service.conf.j2", "{{ ", " }}")):
        top = f"{directory}/{tool}"
        for folder in ("templates", "files"):
            os.makedirs(f"{top}/{folder}", exist_ok=True)
        put(f"{top}/site.yml", playbook(tasks).replace("SERVICE", template))
        put(f"{top}/templates/{template}", render(opening, closing))
        for name in groups(tasks):
            put(f"{top}/files/limits{name}", limits(name))


def put(path, text):
    with open(path, "w") as file:
        file.write(text)


def expected(tasks, number):
    """Path below the root -> (mode, content; None: a directory; "*": any) of the finished host NUMBER."""
    service = SERVICE
    for name, value in variables(number).items():
        service = service.replace(f"@{name}@", value)
    tree = {}
    for index, name in enumerate(groups(tasks)):
        unit = f"unit{name}"
        tree[unit] = (0o755, None)
        tree[f"{unit}/service.conf"] = (0o644, service)
        tree[f"{unit}/limits"] = (0o640, limits(name))
        tree[f"{unit}/environment"] = (0o644, environment(name) + "\n")
        if index % 2:
            tree[f"{unit}/key"] = (0o644, "*")
    return tree
