# Making and removing a set of machines. Needs machines.sh; machines_up also images.sh and machine-image.sh.

# ensure_machine_network COUNT: the namespace, one bridge for each ring, one tap for each machine and ring.
ensure_machine_network() {
  if ! ip netns list | awk -v name="$NETNS" '$1 == name { found = 1 } END { exit !found }'; then
    ip netns add "$NETNS" || cannot 'no network namespace can be made'
    ip -n "$NETNS" link set lo up
    ip netns exec "$NETNS" sysctl -q -w net.ipv4.ip_forward=0   # a cut link has no way round
    for ring in 0 1; do
      ip -n "$NETNS" link add "ring$ring" type bridge mcast_snooping 0
      ip -n "$NETNS" link set "ring$ring" up
    done
    ip -n "$NETNS" address add "$RING0.254/24" dev ring0
    ip -n "$NETNS" address add "$RING1.254/24" dev ring1
  fi
  for node in $(nodes); do
    for ring in 0 1; do
      tap=$node-$ring
      ip -n "$NETNS" link show "$tap" > /dev/null 2>&1 || ip -n "$NETNS" tuntap add "$tap" mode tap
      ip -n "$NETNS" link set "$tap" master "ring$ring" up
    done
  done
}

# ensure_machine NODE NUMBER IMAGE: its directory; a machine that is off moves to a newer image, losing its disks.
ensure_machine() {
  dir=$SET_DIR/$1
  mkdir -p "$dir"
  if [ "$(cat "$dir/image" 2> /dev/null)" != "$3" ] && ! pid_of "$1" > /dev/null; then
    echo "$3" > "$dir/image"
    rm -rf "$dir/snapshots"
    pristine "$1"
  fi
  [ -e "$dir/ssh_host_ed25519_key" ] || ssh-keygen -q -t ed25519 -N '' -C "$1" -f "$dir/ssh_host_ed25519_key"
  pid_of "$1" > /dev/null || write_seed "$1" "$2"
  echo "$2" > "$dir/number"
}

# write_seed NODE NUMBER: the archive that makes it this machine (lab/images/machine/files/boot unpacks it).
write_seed() {
  dir=$SET_DIR/$1 seed=$SET_DIR/$1/seed
  rm -rf "$seed" && mkdir -p "$seed/etc/ssh" "$seed/etc/lab-machine"
  echo "$1" > "$seed/etc/hostname"
  printf '127.0.0.1 localhost\n%s %s\n' "$RING0.$2" "$1" > "$seed/etc/hosts"
  for card in "vec0 $RING0.$2/24" "vec1 $RING1.$2/24"; do
    printf 'address replace %s dev %s\nlink set %s up\n' "${card#* }" "${card% *}" "${card% *}"
  done > "$seed/etc/lab-machine/network"
  cp "$KEY.pub" "$seed/etc/ssh/lab_authorized_keys"
  cp "$dir/ssh_host_ed25519_key" "$dir/ssh_host_ed25519_key.pub" "$seed/etc/ssh"
  chmod -R u=rwX,go=rX "$seed"
  chmod 600 "$seed/etc/ssh/ssh_host_ed25519_key"
  (umask 077 && tar -C "$seed" --owner=0 --group=0 -cf "$dir/seed.tar" etc)
  rm -rf "$seed"
}

remove_machine() {
  kill_machine "$1"
  for ring in 0 1; do ip -n "$NETNS" link delete "$1-$ring" 2> /dev/null || :; done
  rm -rf "${SET_DIR:?}/$1"
}

services_pid() {
  pid=$(cat "$SET_DIR/services.pid" 2> /dev/null) && [ -n "$pid" ] &&
    { tr '\0' ' ' < "/proc/$pid/cmdline"; } 2> /dev/null | grep -qF -e "lib/services.py $SET_DIR " && echo "$pid"
}

# The relay of the ssh ports and the power API; started again when there is a machine it does not know.
ensure_services() {
  if services_pid > /dev/null; then
    missing=
    for node in $(nodes); do [ -s "$SET_DIR/$node/port" ] || missing=yes; done
    [ -n "$missing" ] || return 0
    stop_services
  fi
  [ -s "$SET_DIR/token" ] || (umask 077 && od -An -N16 -tx1 /dev/urandom | tr -d ' \n' > "$SET_DIR/token")
  rm -f "$SET_DIR/services.ready"
  HACTL_LAB_DIR=$LAB_DIR HACTL_LAB_SET=$SET setsid /usr/bin/python3 "$LAB/lib/services.py" "$SET_DIR" \
    --netns "/run/netns/$NETNS" --net "$RING0" --first-port "$MACHINE_PORT" --machine "$LAB/machine" \
    > "$SET_DIR/services.log" 2>&1 < /dev/null 7>&- 8>&- 9>&- &
  echo $! > "$SET_DIR/services.pid"
  deadline=$(($(date +%s) + 20))
  until [ -e "$SET_DIR/services.ready" ]; do
    if [ "$(date +%s)" -ge "$deadline" ] || ! kill -0 $! 2> /dev/null; then
      tail -n 5 "$SET_DIR/services.log" >&2
      die "the relay does not start (log: $SET_DIR/services.log)"
    fi
    sleep 0.1
  done
}

stop_services() {
  pid=$(services_pid) || return 0
  kill "$pid"
  deadline=$(($(date +%s) + 20))
  while services_pid > /dev/null; do
    [ "$(date +%s)" -lt "$deadline" ] || die "the relay (pid $pid) does not end"
    sleep 0.05
  done
  rm -f "$SET_DIR/services.pid" "$SET_DIR/services.ready"
}

write_machine_files() {
  for node in $(nodes); do
    number=$(number_of "$node")
    printf '[127.0.0.1]:%s,%s,%s %s\n' "$(cat "$SET_DIR/$node/port")" "$RING0.$number" "$RING1.$number" \
      "$(cut -d' ' -f1,2 "$SET_DIR/$node/ssh_host_ed25519_key.pub")"
  done > "$MACHINE_KNOWN_HOSTS"
  {
    for node in $(nodes); do
      printf 'Host %s\n  HostName 127.0.0.1\n  Port %s\n' "$node" "$(cat "$SET_DIR/$node/port")"
    done
    printf 'Host *\n  User root\n  IdentityFile %s\n  IdentitiesOnly yes\n  UserKnownHostsFile %s\n' "$KEY" "$MACHINE_KNOWN_HOSTS"
    # A machine without power answers nothing: a session notices it after half a minute.
    printf '  GlobalKnownHostsFile /dev/null\n  StrictHostKeyChecking yes\n  LogLevel ERROR\n'
    printf '  ConnectTimeout 20\n  ServerAliveInterval 10\n'
  } > "$MACHINE_SSH"
  write_machine_inventory
}

write_machine_inventory() {
  (umask 077 && : > "$MACHINE_INVENTORY")
  cat > "$MACHINE_INVENTORY" << END
# Written by lab/up --machines. lab_address and lab_ring1: where machines reach each other; lab_disk: an empty disk.
all:
  vars:
    ansible_host: 127.0.0.1
    ansible_user: root
    ansible_ssh_private_key_file: $KEY
    ansible_ssh_known_hosts_file: $MACHINE_KNOWN_HOSTS
    lab_disk: /dev/ubdb
    lab_vip: $RING0.100
    lab_fence_ip: $RING0.254
    lab_fence_token: $(cat "$SET_DIR/token")
  children:
    machines:
      cluster: pair
      hosts:
END
  for node in $(nodes); do
    number=$(number_of "$node")
    printf '        %s:\n          ansible_port: %s\n          lab_address: %s\n          lab_ring1: %s\n' \
      "$node" "$(cat "$SET_DIR/$node/port")" "$RING0.$number" "$RING1.$number"
  done >> "$MACHINE_INVENTORY"
}

# remove_set: ends what runs, by pid, and removes namespace and disks.
remove_set() {
  stop_services
  for node in $(nodes); do kill_machine "$node"; done
  if ip netns pids "$NETNS" > /dev/null 2>&1; then
    left=$(ip netns pids "$NETNS" | tr '\n' ' ')
    [ -z "$left" ] || die "still running in the namespace $NETNS, and not started by the lab: $left"
    ip netns del "$NETNS"
  fi
  rm -rf "$SET_DIR"
}

# machines_up COUNT FRESH: boots what is missing, all at once, and waits for ssh.
machines_up() {
  [ "$(id -u)" = 0 ] || cannot 'not root: machines need a network namespace and taps'
  [ -e /dev/net/tun ] || cannot 'no /dev/net/tun: machines need taps'
  make_lab_dir
  mkdir -p "$SET_DIR"
  take_machine_lock
  need ssh=openssh-client ip=iproute2 ebtables=iptables python3=python3 ps=procps
  ensure_kernel
  ensure_key
  image=$(ensure_machine_image)
  started=$(date +%s)
  for node in $(nodes); do
    if [ "$(number_of "$node")" -gt "$1" ]; then
      remove_machine "$node"
    elif [ -n "$2" ]; then
      kill_machine "$node"
      rm -rf "$SET_DIR/$node/snapshots"
      pristine "$node"
    fi
  done
  number=1
  while [ "$number" -le "$1" ]; do
    ensure_machine "node$number" "$number" "$image"
    number=$((number + 1))
  done
  ensure_machine_network
  [ -z "$2" ] || ip netns exec "$NETNS" ebtables -F FORWARD
  ensure_services
  write_machine_files
  say "Machines: $(nodes | tr '\n' ' ')"
  for node in $(nodes); do start_machine "$node"; done
  for node in $(nodes); do wait_for_machine "$node"; done
  note "up after $(($(date +%s) - started)) s"
  cat << END
inventory    $MACHINE_INVENTORY
ssh          lab/machine ssh $(nodes | head -n 1)
known hosts  $MACHINE_KNOWN_HOSTS
END
}

# Only one set is made or removed at a time; commands for single machines lock those.
take_machine_lock() {
  exec 7> "$MACHINES/lock"
  flock -n 7 || { note 'waiting for another lab command'; flock -w 900 7 || die "another lab command holds $MACHINES/lock"; }
}
