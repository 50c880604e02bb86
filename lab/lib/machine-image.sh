# The disk every machine starts from, built from the recipe in lab/images/machine and Debian's User-Mode Linux kernel.
# Its name carries the hash of both, so it is rebuilt when, and only when, one of them changes. Needs images.sh.

IMAGES=$MACHINES/images
KERNEL=/usr/bin/linux.uml
ROOT_SIZE=6G

ensure_kernel() { need linux.uml=user-mode-linux; }

machine_image() {
  parent="$SUITE $("$KERNEL" --version)"
  echo "$IMAGES/machine-$(recipe_hash base machine packages debian/files).ext4"
}

# ensure_machine_image: builds the disk if it is missing and prints its path.
ensure_machine_image() {
  image=$(machine_image)
  [ -e "$image" ] || build_machine_image "$image" || exit
  echo "$image"
}

build_machine_image() {
  need mmdebstrap=mmdebstrap mke2fs=e2fsprogs
  say "Machine image: building (about two minutes)"
  tree=$MACHINES/tree context=$MACHINES/context
  rm -rf "$context" && mkdir -p "$context" "$IMAGES"
  remove_tree "$tree"
  cp -R "$LAB/images/machine/." "$LAB/images/packages" "$LAB/images/debian" "$context"
  apt_settings > "$context/apt.conf"
  kernel_version=$("$KERNEL" --version)
  # shellcheck disable=SC2046 # a list of options
  quietly machine-tree mmdebstrap $(cat "$LAB/images/base/options") --aptopt="$context/apt.conf" --format=directory \
    --include="$(sed '/^#/d' "$context/package-list" | xargs | tr ' ' ,)" \
    --customize-hook="mkdir -p \"\$1/tmp/recipe\" \"\$1/usr/lib/modules\" && cp -R '$context/.' \"\$1/tmp/recipe\"" \
    --customize-hook="cp -R '/usr/lib/uml/modules/$kernel_version' \"\$1/usr/lib/modules\"" \
    --customize-hook="chroot \"\$1\" sh /tmp/recipe/install '$kernel_version' && rm -rf \"\$1/tmp/recipe\"" \
    "$SUITE" "$tree" >&2 || return
  rm -f "$1.new"
  # Few inodes and no reserved blocks: the machine's own copy stays small.
  quietly machine-disk mke2fs -q -t ext4 -L root -m 0 -N 150000 -d "$tree" "$1.new" "$ROOT_SIZE" >&2 || return
  remove_tree "$tree"
  rm -rf "$context"
  for old in "$IMAGES"/*.ext4; do
    [ ! -e "$old" ] || image_in_use "$old" || { rm -f "$old" && note "removed the outdated $old"; }
  done
  mv "$1.new" "$1"
}

# A machine's disk holds only what differs from its image: an old image stays as long as one refers to it.
image_in_use() { grep -qxFs "$1" "$MACHINES"/sets/*/*/image; }

remove_tree() {
  if grep -qF " $1/" /proc/self/mountinfo; then die "something is still mounted below $1"; fi
  rm -rf "$1"
}
