# Images, built from the recipes in lab/images. A tag carries the hash of its recipe, so an unchanged recipe is never
# built twice and a changed one always is.

REPOSITORY=hactl-lab
SUITE=bookworm

# recipe_hash FILE-OR-DIR...: one hash over names and contents; prints 12 hex digits.
recipe_hash() {
  (cd "$LAB/images" && find "$@" -type f | LC_ALL=C sort | xargs sha256sum; echo "${parent:-}") | sha256sum | cut -c1-12
}

base_tag() { parent='' && echo "$REPOSITORY/base:$(recipe_hash base)"; }
debian_tag() { parent=$(base_tag) && echo "$REPOSITORY/debian:$(recipe_hash debian packages)"; }
rpm_tag() { parent=$(debian_tag) && echo "$REPOSITORY/rpm:$(recipe_hash rpm packages)"; }

have_image() { [ -n "$(docker images -q "$1")" ]; }

# ensure_image debian|rpm: builds what is missing of base -> debian -> rpm and prints the tag.
ensure_image() {
  if ! have_image "$("$1_tag")"; then
    case $1 in
      base) build_base "$(base_tag)" ;;
      debian) ensure_image base && build debian "$(debian_tag)" "$(base_tag)" ;;
      rpm) ensure_image debian && build rpm "$(rpm_tag)" "$(debian_tag)" ;;
    esac > /dev/null || exit
  fi
  "$1_tag"
}

# The machine's own way to the package mirrors (a proxy) also holds while images are built.
apt_settings() { apt-config dump 2> /dev/null | grep -E '^Acquire::(http|https|ftp)::.*[Pp]roxy' || :; }

build_base() {
  if [ "${HACTL_LAB_BASE:-auto}" != mmdebstrap ] && timeout 60 docker pull -q debian:12 > "$LOG_DIR/pull.log" 2>&1; then
    say "Base image: debian:12 from the registry"
    docker tag debian:12 "$1"
    return
  fi
  need mmdebstrap=mmdebstrap
  [ "$(id -u)" = 0 ] || cannot "no image registry answers, and only root can build the base image"
  say "Base image: no image registry answers, built from Debian packages (about 20 s)"
  apt_settings > "$LAB_DIR/apt.conf"
  tar=$LAB_DIR/base.tar
  # shellcheck disable=SC2046 # a list of options
  quietly base mmdebstrap $(cat "$LAB/images/base/options") --aptopt="$LAB_DIR/apt.conf" "$SUITE" "$tar"
  docker import "$tar" "$1" > /dev/null
  rm -f "$tar"
}

# build KIND TAG PARENT: the recipe's directory and the packages of the local repositories are its context.
build() {
  say "Image $1: building (about 30 s)"
  context=$LAB_DIR/context-$1
  rm -rf "$context"
  cp -R "$LAB/images/$1" "$context"
  cp -R "$LAB/images/packages" "$context/packages"
  apt_settings > "$context/apt.conf"
  # The build uses the machine's network: the lab's own has no way out.
  quietly "image-$1" env DOCKER_BUILDKIT=0 docker build --network host --build-arg "PARENT=$3" \
    --build-arg http_proxy --build-arg https_proxy --label "$LABEL" -t "$2" "$context"
  rm -rf "$context"
  remove_old_images "$1" "$2"
}

remove_old_images() {
  # A failed build leaves nameless layers; in an engine of our own nobody else's can be hit.
  ! engine_is_ours || docker image prune -f > /dev/null
  docker images --format '{{.Repository}}:{{.Tag}}' "$REPOSITORY/$1" | grep -vxF "$2" | while read -r old; do
    if docker rmi "$old" > /dev/null 2>&1; then note "removed the outdated $old"; fi
  done
}
