# The Docker engine of the lab. An engine that already answers is used as it is; otherwise one is started by hand
# with all its state in $LAB_DIR, and only that one is ever stopped.

SOCKET=${DOCKER_HOST:-unix:///var/run/docker.sock}
ENGINE_PID=$LAB_DIR/dockerd.pid

engine_answers() { timeout 20 docker version --format '{{.Server.Version}}' > /dev/null 2>&1; }

# True if the engine of the pid file is a live dockerd of this lab (the pid could have been reused by a stranger).
engine_is_ours() {
  [ -s "$ENGINE_PID" ] &&
    { tr '\0' ' ' < "/proc/$(cat "$ENGINE_PID")/cmdline"; } 2> /dev/null | grep -qF -e "--pidfile $ENGINE_PID"
}

ensure_engine() {
  need docker=docker.io ssh=openssh-client
  engine_answers && return 0
  need dockerd=docker.io
  [ "$(id -u)" = 0 ] || cannot "no Docker engine answers at $SOCKET, and only root can start one"
  case $SOCKET in unix://*) ;; *) cannot "no Docker engine answers at DOCKER_HOST=$SOCKET" ;; esac
  say "Starting a Docker engine (state in $LAB_DIR, stopped by lab/down)"
  rm -f "$ENGINE_PID"
  # No firewall rules, no default bridge, no forwarding: hosts live on a bridge of their own and are reached through
  # docker's userland proxy, so nothing of the machine's network is changed.
  driver=
  [ -d /run/systemd/system ] || driver="--exec-opt native.cgroupdriver=cgroupfs --cgroup-parent=/$NET"
  # shellcheck disable=SC2086 # a list of options
  setsid dockerd --host "$SOCKET" --data-root "$LAB_DIR/docker" --exec-root "$LAB_DIR/exec" --pidfile "$ENGINE_PID" \
    --iptables=false --ip6tables=false --ip-forward=false --bridge=none $driver \
    > "$LOG_DIR/dockerd.log" 2>&1 < /dev/null 9>&- &
  deadline=$(($(date +%s) + 60))
  until engine_answers; do
    if [ "$(date +%s)" -ge "$deadline" ] || ! kill -0 $! 2> /dev/null; then
      tail -n 15 "$LOG_DIR/dockerd.log" >&2
      cannot "the Docker engine does not start (log: $LOG_DIR/dockerd.log)"
    fi
    sleep 0.2
  done
}

ensure_network() {
  docker network inspect "$NET" > /dev/null 2>&1 && return 0
  docker network create --label "$LABEL" --subnet "$SUBNET.0.0/16" --gateway "$SUBNET.0.1" \
    -o com.docker.network.bridge.name="$NET" "$NET" > /dev/null ||
    die "cannot make the network $SUBNET.0.0/16 (in use? set HACTL_LAB_SUBNET to the first two numbers of a free one)"
}

stop_engine() {
  engine_is_ours || return 0
  if [ -n "$(docker ps -q)" ]; then
    note "the engine runs containers that are not the lab's: left running"
    return 0
  fi
  pid=$(cat "$ENGINE_PID")
  say "Stopping the Docker engine (pid $pid)"
  kill "$pid"
  deadline=$(($(date +%s) + 60))
  while kill -0 "$pid" 2> /dev/null; do
    [ "$(date +%s)" -lt "$deadline" ] || die "dockerd (pid $pid) does not end"
    sleep 0.1
  done
  remove_engine_traces
}

# dockerd forgets namespace mounts, its data's mount and its (empty) control groups when it ends, more when it is killed.
remove_engine_traces() {
  awk -v dir="$LAB_DIR/" 'index($5, dir) == 1 { print $5 }' /proc/self/mountinfo | sort -r | xargs -r -n 1 umount
  rm -rf "$ENGINE_PID" "$LAB_DIR/exec"
  find /sys/fs/cgroup -maxdepth 2 -type d -name "$NET" 2> /dev/null | while read -r group; do
    find "$group" -depth -type d -exec rmdir {} + 2> /dev/null || :
  done
  pgrep -x dockerd > /dev/null || rmdir /run/docker/plugins /run/docker 2> /dev/null || :
}
