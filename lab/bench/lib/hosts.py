"""The hosts of the bench: one sshd each, in one network namespace, with private /run, /etc, /var/lib, /root and /mnt."""

import os
import shutil
import socket
import subprocess
import sys
import time

import workload

NETWORK = "10.99.0"
DELAYED = "10.99.1"  # the same hosts through the proxy that delays and counts
LOGIN = "bench"      # the unprivileged account of --become; exists only inside the hosts

# Runs in a mount namespace of its own, so that nothing of the machine changes. What is bound comes first: the work
# directory may be below /var/lib. $1 is the host's directory.
PRIVATE = f"""
set -e
mount --bind "$1/tree" {workload.ROOT}
mount --bind "$1/home" /root
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/sshd /run/upper/etc /run/upper/lib /run/work/etc /run/work/lib
mount -t overlay -o lowerdir=/etc,upperdir=/run/upper/etc,workdir=/run/work/etc overlay /etc
mount -t overlay -o lowerdir=/var/lib,upperdir=/run/upper/lib,workdir=/run/work/lib overlay /var/lib
echo '{LOGIN}:x:60999:60999::/var/lib/{LOGIN}:/bin/sh' >> /etc/passwd
echo '{LOGIN}:x:60999:' >> /etc/group
echo '{LOGIN}:*:19000:0:99999:7:::' >> /etc/shadow
echo '{LOGIN} ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/{LOGIN}
chmod 440 /etc/sudoers.d/{LOGIN}
mkdir -m 755 /var/lib/{LOGIN} && chown 60999:60999 /var/lib/{LOGIN}
exec /usr/sbin/sshd -D -e -f "$1/sshd_config"
"""

SSHD = """\
ListenAddress {address}:22
HostKey {bench}/keys/{number}
PidFile none
AuthorizedKeysFile {bench}/authorized_keys
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication no
KbdInteractiveAuthentication no
MaxSessions 100
MaxStartups 1000:30:2000
UseDNS no
PrintMotd no
Subsystem sftp /usr/lib/openssh/sftp-server
"""

SSH = """\
Host *
  User {user}
  IdentityFile {bench}/id
  IdentitiesOnly yes
  UserKnownHostsFile {bench}/known_hosts
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  UpdateHostKeys no
  LogLevel ERROR
"""


def generate_key(path):
    if not os.path.exists(path):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "bench", "-f", path], check=True)


class Hosts:
    """COUNT hosts below the directory BENCH, numbered from 1."""

    def __init__(self, bench, count, user):
        self.bench, self.count, self.user = bench, count, user
        self.processes = []
        self.proxy = None

    def numbers(self):
        return range(1, self.count + 1)

    def tree(self, number):
        return f"{self.bench}/hosts/{number}/tree"

    def start(self):
        os.makedirs(f"{self.bench}/keys", exist_ok=True)
        generate_key(f"{self.bench}/id")
        shutil.copy(f"{self.bench}/id.pub", f"{self.bench}/authorized_keys")
        known = []
        for number in self.numbers():
            top = f"{self.bench}/hosts/{number}"
            address = f"{NETWORK}.{number}"
            for folder in ("tree", "home"):
                os.makedirs(f"{top}/{folder}", exist_ok=True)
            os.chmod(f"{top}/home", 0o700)
            generate_key(f"{self.bench}/keys/{number}")
            workload.put(f"{top}/sshd_config", SSHD.format(address=address, bench=self.bench, number=number))
            with open(f"{self.bench}/keys/{number}.pub") as file:
                kind, key = file.read().split()[:2]
            known.append(f"{address},{DELAYED}.{number} {kind} {key}\n")
            for each in (address, f"{DELAYED}.{number}"):
                subprocess.run(["ip", "addr", "replace", each + "/32", "dev", "lo"], check=True)
            self.processes.append(self.spawn(number, top))
        workload.put(f"{self.bench}/known_hosts", "".join(known))
        workload.put(f"{self.bench}/ssh_config", SSH.format(user=self.user, bench=self.bench))
        for number in self.numbers():
            self.wait(f"{NETWORK}.{number}")

    def spawn(self, number, top):
        with open(f"{top}/sshd.log", "w") as log:
            process = subprocess.Popen(
                ["unshare", "-m", "--propagation", "private", "sh", "-c", PRIVATE, "sh", top],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={"PATH": os.environ["PATH"]})
        workload.put(f"{self.bench}/pid/{number}", str(process.pid))
        return process

    def wait(self, address, seconds=20):
        end = time.monotonic() + seconds
        while True:
            try:
                with socket.create_connection((address, 22), 1) as connection:
                    if connection.recv(4) == b"SSH-":
                        return
            except OSError:
                pass
            if time.monotonic() > end:
                raise SystemExit(f"bench: no sshd answers at {address} (logs in {self.bench}/hosts)")
            time.sleep(0.05)

    def start_proxy(self, milliseconds):
        """All hosts again at other addresses: each way takes half of MILLISECONDS longer, and round trips are counted."""
        pairs = [f"{DELAYED}.{n}={NETWORK}.{n}" for n in self.numbers()]
        proxy = os.path.join(os.path.dirname(__file__), "proxy.py")
        counts = f"{self.bench}/round-trips"
        self.proxy = subprocess.Popen([sys.executable, proxy, str(milliseconds), counts, *pairs], stdin=subprocess.DEVNULL)
        workload.put(f"{self.bench}/pid/proxy", str(self.proxy.pid))
        self.processes.append(self.proxy)
        for number in self.numbers():
            self.wait(f"{DELAYED}.{number}")
        self.round_trips()

    def round_trips(self):
        """The round trips of all connections since the last call."""
        counts = f"{self.bench}/round-trips"
        if os.path.exists(counts):
            os.unlink(counts)
        self.proxy.send_signal(10)
        end = time.monotonic() + 10
        while not os.path.exists(counts) and time.monotonic() < end:
            time.sleep(0.01)
        with open(counts) as file:
            return int(file.read())

    def stop(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes = []
        shutil.rmtree(f"{self.bench}/hosts", ignore_errors=True)
        os.makedirs(f"{self.bench}/hosts", exist_ok=True)
