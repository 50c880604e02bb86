# The machines: User-Mode Linux processes with their own kernel, each with a root disk (a copy-on-write layer over the
# image), a raw second disk and two network cards, in a network namespace of their own. Needs common.sh.
#
# A set of machines is a directory below $MACHINES/sets; two sets never meet. In it, for each machine NODE:
#   NODE/number, image, port   its number from 1, the image its root refers to, its ssh port on 127.0.0.1
#   NODE/root.cow, data.img    its disks; NODE/seed.tar: what makes it different from the others
#   NODE/pid, console.log      the running one

MACHINES=$LAB_DIR/machines
MACHINE_PORT=$((FIRST_PORT + 100))   # the first of the ports that are tried
MEMORY=${HACTL_LAB_MEMORY:-1024}     # MiB for each machine, taken from this machine only as it is used
DATA_SIZE=${HACTL_LAB_DATA:-1G}

# Addresses exist inside the namespace only: machine K is RING.K, the namespace itself RING.254.
RING0=10.77.0
RING1=10.77.1

use_set() {
  case $1 in '' | *[!a-z0-9]* | ????????????????*) die "HACTL_LAB_SET: at most 15 of a-z and 0-9, not $1" ;; esac
  SET=$1 SET_DIR=$MACHINES/sets/$1 NETNS=$NET-$1
  MACHINE_INVENTORY=$SET_DIR/inventory.yml MACHINE_SSH=$SET_DIR/ssh_config MACHINE_KNOWN_HOSTS=$SET_DIR/known_hosts
}
use_set "${HACTL_LAB_SET:-pair}"

nodes() { for number in "$SET_DIR"/*/number; do [ ! -e "$number" ] || basename "$(dirname "$number")"; done; }

number_of() { cat "$SET_DIR/$1/number"; }

known() { [ -e "$SET_DIR/$1/number" ] || die "no machine $1 in the set $SET (lab/machine status lists them)"; }

# pid_of NODE: the live process of that machine; fails if there is none (the pid could have been reused by a stranger).
pid_of() {
  pid=$(cat "$SET_DIR/$1/pid" 2> /dev/null) && [ -n "$pid" ] &&
    { tr '\0' ' ' < "/proc/$pid/cmdline"; } 2> /dev/null | grep -qF -e "uml_dir=$SET_DIR/uml/ umid=$1 " && echo "$pid"
}

# lock_node NODE: one command at a time for each machine, until unlock_node. Whoever only waits for a boot has to let
# go of it: a peer may want to fence the machine meanwhile.
lock_node() {
  exec 8> "$SET_DIR/$1/lock"
  flock -w 120 8 || die "another command holds $SET_DIR/$1/lock"
}

unlock_node() { exec 8>&-; }

# start_machine NODE: powers it on and returns at once; leaves a running one alone.
start_machine() {
  ! pid_of "$1" > /dev/null || return 0
  dir=$SET_DIR/$1 number=$(number_of "$1")
  [ ! -e "$dir/console.log" ] || mv "$dir/console.log" "$dir/console.log.1"
  mac=00:$(printf '%02x' "$number")   # before it: 02:68:61 and the ring
  # The first process is the machine's power supply; its child, the kernel, leads a group in which all others are.
  # gro: frames larger than a packet are taken and not dropped; without it TCP crawls.
  setsid ip netns exec "$NETNS" "$LAB/lib/machine-kernel" uml_dir="$SET_DIR/uml/" umid="$1" mem="${MEMORY}M" \
    ubd0="$dir/root.cow,$(cat "$dir/image")" ubd1="$dir/data.img" ubd2r="$dir/seed.tar" root=/dev/ubda rw \
    pty.legacy_count=0 systemd.show_status=no \
    "vec0:transport=tap,ifname=$1-0,depth=128,gro=1,mac=02:68:61:00:$mac" \
    "vec1:transport=tap,ifname=$1-1,depth=128,gro=1,mac=02:68:61:01:$mac" \
    con=null con0=null,fd:1 con1=null > "$dir/console.log" 2>&1 < /dev/null &
  echo $! > "$dir/pid"
}

# kill_machine NODE: power failure. The power supply is held first, so that it starts no kernel meanwhile.
kill_machine() {
  pid=$(pid_of "$1") || return 0
  kill -STOP "$pid"
  kernel=$(pgrep -P "$pid" || :)
  kill -KILL "$pid" ${kernel:+"-$kernel"} 2> /dev/null || :
  deadline=$(($(date +%s) + 20))
  while pid_of "$1" > /dev/null || group_lives "${kernel:-$pid}"; do
    [ "$(date +%s)" -lt "$deadline" ] || die "$1 (process group ${kernel:-$pid}) does not end"
    sleep 0.05
  done
  rm -f "$SET_DIR/$1/pid"
}

# Zombies do not count: where nobody collects orphans they stay for ever.
group_lives() {
  ps -e -o pgid=,stat= | awk -v group="$1" '$1 == group && $2 !~ /^Z/ { found = 1 } END { exit !found }'
}

# wait_for_machine NODE: until ssh logs in.
wait_for_machine() {
  deadline=$(($(date +%s) + ${HACTL_LAB_BOOT:-120}))
  until ssh -F "$MACHINE_SSH" -o ConnectTimeout=5 "$1" true < /dev/null > /dev/null 2>&1; do
    pid_of "$1" > /dev/null || die "$1 ended while it booted (console: $SET_DIR/$1/console.log)"
    [ "$(date +%s)" -lt "$deadline" ] || die "$1 does not boot (console: $SET_DIR/$1/console.log)"
    sleep 0.3
  done
}

# pristine NODE: both disks as they were before the first boot.
pristine() {
  rm -f "$SET_DIR/$1/root.cow" "$SET_DIR/$1/data.img"
  truncate -s "$DATA_SIZE" "$SET_DIR/$1/data.img"
}

# freeze NODE stop|cont: the processes of the machine's user space are traced by its kernel, and would take a stop
# signal for one of their own; only the kernel's processes get it.
freeze() {
  pid=$(pid_of "$1") || return 0
  for process in $(pgrep -g "$(pgrep -P "$pid")"); do
    if grep -q '^TracerPid:[[:space:]]*0$' "/proc/$process/status" 2> /dev/null; then kill -"$2" "$process"; fi
  done
}
