# The disks of a machine: snapshots. Needs machines.sh.

snapshots() {
  for kept in "$SET_DIR/$1"/snapshots/*/data.img; do
    [ ! -e "$kept" ] || printf " %s" "$(basename "$(dirname "$kept")")"
  done
}

copy_disks() { # FROM TO
  # A root disk that was never booted has no layer yet.
  for disk in root.cow data.img; do
    rm -f "$2/$disk"
    [ ! -e "$1/$disk" ] || cp --sparse=always --reflink=auto "$1/$disk" "$2/$disk"
  done
}

take_snapshot() {
  case $2 in '' | *[!A-Za-z0-9_.-]* | .*) die "a snapshot cannot be called $2" ;; esac
  kept=$SET_DIR/$1/snapshots/$2
  rm -rf "$kept.new" && mkdir -p "$kept.new"
  if pid_of "$1" > /dev/null; then
    ssh -F "$MACHINE_SSH" -o ConnectTimeout=10 "$1" sync < /dev/null || note "$1 does not answer: kept as after a power failure"
    trap 'freeze "$1" CONT' EXIT
    freeze "$1" STOP
    copy_disks "$SET_DIR/$1" "$kept.new"
    freeze "$1" CONT
    trap - EXIT
  else
    copy_disks "$SET_DIR/$1" "$kept.new"
  fi
  rm -rf "$kept" && mv "$kept.new" "$kept"
}

load_snapshot() { copy_disks "$SET_DIR/$1/snapshots/$2" "$SET_DIR/$1"; }
