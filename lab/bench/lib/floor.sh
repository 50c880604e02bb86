# The floor: what the playbook of the bench does, as one idempotent script written by hand, run by one ssh per host.
# With "safe" it does with each change what hactl does: a file is on the disk before it takes its name, and what was changed is
# looked at again before the next change.
# sh -s -- apply|safe|check ROOT GROUPS CLUSTER NODE ADDRESS PEER PORT LOGS
set -eu
mode=$1 root=$2 groups=$3 cluster=$4 node=$5 address=$6 peer=$7 port=$8 logs=$9
changed=0

# differs: a change is due; true when it is also to be made.
differs() { changed=$((changed + 1)) && [ "$mode" != check ]; }

put() { # PATH MODE: standard input
  if [ "$mode" = safe ]; then dd bs=64k conv=fsync 2> /dev/null; else cat; fi > "$1.new"
  chmod "$2" "$1.new" && mv -f "$1.new" "$1"
  seen "$1" "$2" && { [ "$mode" != safe ] || sum=$(sha256sum "$1"); }
}

seen() { # PATH MODE: is it what was made?
  [ "$mode" != safe ] || [ "$(stat -c '%a %U:%G' "$1")" = "$2 root:root" ]
}

mode_of() { # PATH MODE
  [ "$(stat -c %a "$1")" = "$2" ] || ! differs || chmod "$2" "$1"
}

directory() { # PATH MODE
  if [ -d "$1" ]; then mode_of "$1" "$2"; elif differs; then mkdir -m "$2" "$1" && seen "$1" "$2"; fi
}

content() { # PATH MODE TEXT
  if [ -f "$1" ] && printf '%s\n' "$3" | cmp -s - "$1"; then
    mode_of "$1" "$2"
  elif differs; then
    printf '%s\n' "$3" | put "$1" "$2"
  else
    old=$1 && [ -f "$old" ] || old=/dev/null
    printf '%s\n' "$3" | diff -u "$old" - || :
  fi
}

line() { # PATH MODE REGEXP LINE
  if [ -f "$1" ] && grep -qxF -e "$4" "$1"; then
    mode_of "$1" "$2"
  elif differs; then
    { [ ! -f "$1" ] || grep -v -e "$3" "$1" || :; printf '%s\n' "$4"; } | put "$1" "$2"
  fi
}

service="# Managed: changes made here do not last.
[cluster]
name = $cluster
node = $node
members = $address, $peer
quorum = majority
fencing = enabled
stickiness = 100

[listen]
address = $address
port = $port
backlog = 512
keepalive = on
idle_timeout = 300
tls = required
tls_minimum = 1.2

[replicate]
to = $peer
port = $port
mode = synchronous
window = 64
retry = 5
verify = checksum

[storage]
path = /var/lib/$cluster
sync = always
journal = on
compact_at = 0.75

[log]
file = $logs/$cluster.log
level = info
rotate = daily
keep = 14

[health]
interval = 2
failures = 3"

group=0
while [ "$group" -lt "$groups" ]; do
  n=$group
  [ "$n" -gt 9 ] || n=0$n
  dir=$root/unit$n
  directory "$dir" 755
  content "$dir/service.conf" 644 "$service"
  content "$dir/limits" 640 "# Limits of unit $n
OPEN_FILES=65536
PROCESSES=4096
MEMORY_LOCK=unlimited
CORE=0
STACK=8192
NICE=-5
WATCHDOG=10
RESTART=always
UNIT=unit$n"
  line "$dir/environment" 644 '^FLAGS=' "FLAGS=\"--foreground --unit $n\""
  if [ $((group % 2)) -eq 0 ]; then
    seen=$(stat -c '%a %u %g %s %Y' "$dir/service.conf" 2> /dev/null) || seen=absent
  elif [ ! -e "$dir/key" ] && differs; then
    dd if=/dev/urandom of="$dir/key" bs=64 count=4 status=none
  fi
  group=$((group + 1))
done
echo "changed=$changed"
