# Sourced by every script of the lab: where things live, how the lab speaks, what it installs.
# Everything the lab makes is below $LAB_DIR or carries the label $LABEL, so that lab/down can find all of it again.

LAB=$(cd "$(dirname "$0")" && while [ ! -f lib/common.sh ]; do cd ..; done && pwd)
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH

if [ -n "${HACTL_LAB_DIR:-}" ]; then
  LAB_DIR=$HACTL_LAB_DIR
elif [ "$(id -u)" = 0 ]; then
  LAB_DIR=/var/lib/hactl-lab
else
  LAB_DIR=${XDG_STATE_HOME:-$HOME/.local/state}/hactl-lab
fi
# A second lab (another HACTL_LAB_DIR) gets names of its own; give it its own HACTL_LAB_SUBNET and HACTL_LAB_PORT too.
if [ "$LAB_DIR" = /var/lib/hactl-lab ]; then
  NET=hactl-lab
else
  NET=hactl-$(printf '%s' "$LAB_DIR" | cksum | awk '{printf "%08x", $1}')
fi
SUBNET=${HACTL_LAB_SUBNET:-172.30}    # the first two numbers of a /16 that only the hosts' bridge uses
FIRST_PORT=${HACTL_LAB_PORT:-22201}   # host k listens on 127.0.0.1, port FIRST_PORT + k - 1
LABEL=dev.hactl.lab=$LAB_DIR
LOG_DIR=$LAB_DIR/log
KEY=$LAB_DIR/id_ed25519                # opens every account of every host

say() { printf '==> %s\n' "$*" >&2; }
note() { printf '    %s\n' "$*" >&2; }
die() { printf 'lab: %s\n' "$*" >&2; exit 1; }

# Exit 3 tells callers (the Java fixture) that this machine cannot run the level at all, and why.
cannot() { printf 'lab: cannot run here: %s\n' "$*" >&2; exit 3; }

# quietly NAME COMMAND...: runs it with its output in log/NAME.log; shows the end of that log only when it fails.
quietly() {
  log=$LOG_DIR/$1.log; shift
  started=$(date +%s)
  if "$@" > "$log" 2>&1 < /dev/null; then
    note "done in $(($(date +%s) - started)) s"
  else
    status=$?
    tail -n 25 "$log" >&2
    printf 'lab: failed (exit %s): %s (whole log: %s)\n' "$status" "$*" "$log" >&2
    return "$status"
  fi
}

make_lab_dir() {
  mkdir -p "$LOG_DIR" || cannot "no permission to create $LAB_DIR (set HACTL_LAB_DIR)"
  chmod 755 "$LAB_DIR"
}

# One lab command at a time: an image is not built twice, and lab/down does not race lab/up.
take_lock() {
  make_lab_dir
  exec 9> "$LAB_DIR/lock"
  flock -n 9 || { note "waiting for another lab command"; flock -w 900 9 || die "another lab command holds $LAB_DIR/lock"; }
}

ensure_key() { [ -s "$KEY" ] || ssh-keygen -q -t ed25519 -N '' -C hactl-lab -f "$KEY"; }

# need COMMAND=PACKAGE...: installs the packages whose command is missing.
need() {
  missing=
  for pair; do
    command -v "${pair%%=*}" > /dev/null 2>&1 || missing="$missing ${pair#*=}"
  done
  [ -n "$missing" ] || return 0
  [ "$(id -u)" = 0 ] || cannot "not root, and these packages are missing:$missing"
  command -v apt-get > /dev/null || cannot "no apt-get here, and these packages are missing:$missing"
  say "Installing$missing (apt-get)"
  # shellcheck disable=SC2086 # a list of packages
  apt_install $missing
}

# One at a time: a second apt-get would not wait for the first one's package lists, and policy-rc.d has one owner.
apt_install() (
  exec 7> /run/hactl-apt.lock
  flock 7
  # Services of a freshly installed package stay down: the lab starts what it needs itself.
  policy=/usr/sbin/policy-rc.d
  ours=
  if [ ! -e $policy ]; then
    ours=yes
    printf '#!/bin/sh\nexit 101\n' > $policy && chmod 755 $policy
  fi
  result=0
  try_apt_install "$@" 7>&- || result=$?
  [ -z "$ours" ] || rm -f $policy
  return "$result"
)

try_apt_install() {
  set -- env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
  # Package lists may be absent or stale on a fresh machine: refresh them once, then it has to work.
  "$@" > "$LOG_DIR/apt.log" 2>&1 < /dev/null || {
    note "refreshing the package lists (apt-get update)"
    quietly apt-update apt-get update
    quietly apt "$@"
  }
}
