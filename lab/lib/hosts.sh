# The hosts: one container each, with systemd as its first process. Needs common.sh, engine.sh and images.sh.

INVENTORY=$LAB_DIR/inventory.yml
KNOWN_HOSTS=$LAB_DIR/known_hosts
SSH_CONFIG=$LAB_DIR/ssh_config

# What systemd must be able to write. With cgroup v1 it is only its own hierarchy: given all of /sys/fs/cgroup it
# remounts the machine's one read-only.
CGROUP=/sys/fs/cgroup
[ ! -d /sys/fs/cgroup/systemd ] || CGROUP=/sys/fs/cgroup/systemd

container() { echo "$NET-$1"; }

state_of() { docker inspect -f '{{.State.Status}}' "$(container "$1")" 2> /dev/null || echo absent; }

# start_host NAME KIND IMAGE NUMBER: brings the host into being, or back; leaves a running one alone.
start_host() {
  existing=$(container "$1")
  if [ "$(docker inspect -f '{{.Config.Image}}' "$existing" 2> /dev/null)" != "$3" ]; then
    docker rm -f "$existing" > /dev/null 2>&1 || :
    # SYS_RESOURCE is the one capability that confined machines cannot grant; systemd does without it.
    docker create --name "$existing" --label "$LABEL" --label "dev.hactl.kind=$2" --label "dev.hactl.number=$4" \
      --hostname "$1" --network "$NET" --network-alias "$1" --ip "$SUBNET.1.$4" --dns 127.0.0.1 \
      -p "127.0.0.1:$((FIRST_PORT + $4 - 1)):22" \
      --cap-add ALL --cap-drop SYS_RESOURCE --security-opt seccomp=unconfined --security-opt apparmor=unconfined \
      --cgroupns host -v "$CGROUP:$CGROUP:rw" --tmpfs /run --tmpfs /tmp:exec,mode=1777 -e container=docker \
      "$3" > /dev/null 2>> "$LOG_DIR/hosts.log" || die "cannot create $1 (log: $LOG_DIR/hosts.log)"
    docker cp -q "$KEY.pub" "$existing:/etc/ssh/lab_authorized_keys" 2> /dev/null ||
      docker cp "$KEY.pub" "$existing:/etc/ssh/lab_authorized_keys"
  fi
  docker start "$existing" > /dev/null 2>> "$LOG_DIR/hosts.log" || {
    tail -n 3 "$LOG_DIR/hosts.log" >&2
    die "cannot start $1 (is port $((FIRST_PORT + $4 - 1)) in use? set HACTL_LAB_PORT)"
  }
}

# lab_hosts: one line "NAME KIND NUMBER" for each host that exists.
lab_hosts() {
  docker ps -a --filter "label=$LABEL" --filter label=dev.hactl.number \
    --format '{{.Label "dev.hactl.number"}} {{.Label "dev.hactl.kind"}} {{.Names}}' | sort -n |
    while read -r number kind name; do echo "${name#"$NET-"} $kind $number"; done
}

# wait_for_host NAME: until ssh logs in as root, at most a minute; keeps the host key it then trusts.
wait_for_host() {
  deadline=$(($(date +%s) + 60))
  until docker exec "$(container "$1")" sh -c \
    'systemctl is-active -q ssh && cat /etc/ssh/ssh_host_ed25519_key.pub' > "$LAB_DIR/host-key" 2> /dev/null; do
    [ "$(date +%s)" -lt "$deadline" ] || die "$1 does not boot (docker exec $(container "$1") journalctl -b)"
    sleep 0.2
  done
  cut -d' ' -f1,2 "$LAB_DIR/host-key" | sed "s/^/[127.0.0.1]:$((FIRST_PORT + $2 - 1)),$SUBNET.1.$2 /" >> "$KNOWN_HOSTS"
  rm -f "$LAB_DIR/host-key"
}

write_ssh_config() {
  {
    lab_hosts | while read -r name kind number; do
      printf 'Host %s\n  HostName 127.0.0.1\n  Port %s\n' "$name" $((FIRST_PORT + number - 1))
    done
    printf 'Host *\n  User root\n  IdentityFile %s\n  IdentitiesOnly yes\n  UserKnownHostsFile %s\n' "$KEY" "$KNOWN_HOSTS"
    printf '  GlobalKnownHostsFile /dev/null\n  StrictHostKeyChecking yes\n  LogLevel ERROR\n'
  } > "$SSH_CONFIG"
}

write_inventory() {
  {
    printf '# Written by lab/up. lab_address: where hosts reach each other.\nall:\n  vars:\n'
    printf '    ansible_host: 127.0.0.1\n    ansible_user: root\n'
    printf '    ansible_ssh_private_key_file: %s\n    ansible_ssh_known_hosts_file: %s\n  children:\n' "$KEY" "$KNOWN_HOSTS"
    for family in debian rpm; do
      printf '    %s:\n      hosts:\n' "$family"
      lab_hosts | while read -r name kind number; do
        [ "$kind" != "$family" ] ||
          printf '        %s:\n          ansible_port: %s\n          lab_address: %s\n' \
            "$name" $((FIRST_PORT + number - 1)) "$SUBNET.1.$number"
      done
    done
  } > "$INVENTORY"
}
