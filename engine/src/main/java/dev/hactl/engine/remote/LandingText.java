package dev.hactl.engine.remote;

/**
 * The shell functions of a landing.
 *
 * <p>Names: {@code t} target, {@code d} its directory, {@code k} name of the temporary file, {@code
 * n} its path while it must be removed on failure, {@code u} an uploaded file to be removed, {@code
 * old} set when the target exists, {@code b} backup of a target that is being written in place.
 */
final class LandingText {
  private LandingText() {}

  /**
   * The functions. A descriptor is kept open over the attribute change because the old mode may
   * forbid writing; creation is exclusive (noclobber) because the directory may be anyone's. Links
   * are followed by hand because BusyBox's {@code readlink -f} knows no link to a file that is yet
   * to come. A backup has a name that Ansible's users know. New files get the label that the
   * SELinux policy wants for their place. Only a failed {@code mv} is asked for its words, by a
   * second try: taking them down costs a process.
   */
  static final String FUNCTIONS =
      """
      put_begin() {
      umask 077
      n= u= b= old=
      trap put_leave 0
      trap 'exit 129' 1
      trap 'exit 130' 2
      trap 'exit 141' 13
      trap 'exit 143' 15
      t=$1 k=$2 s=$1 i=
      while [ -L "$t" ]; do
      i=x$i
      [ ${#i} -le 40 ] || put_fail "the symbolic link $s leads nowhere"
      r=$(readlink "$t") || put_fail
      case $r in
      /*) t=$r ;;
      *) t=${t%/*}/$r ;;
      esac
      done
      d=${t%/*}
      [ -d "${d:-/}" ] || put_fail "the directory ${d:-/} does not exist"
      if [ -e "$t" ]; then
      [ ! -d "$t" ] || put_fail "$t is a directory"
      [ -f "$t" ] || put_fail "$t is not a regular file"
      old=1
      fi
      }
      put_say() { printf '%s\\n' "hactl: $*" >&2; }
      put_fail() { [ $# = 0 ] || put_say "$*"; exit 1; }
      put_full() { put_fail "cannot write the new content beside $t (is the disk full?); $t is unchanged"; }
      put_leave() {
      e=$?
      trap '' 1 2 13 15
      [ -z "$b" ] || { cat "$b" >"$t" && rm -f "$b"; }
      [ -z "$n$u" ] || rm -f ${n:+"$n"} ${u:+"$u"}
      exit "$e"
      }
      put_create() {
      [ ! -e "$d/$k" ] && [ ! -L "$d/$k" ] || rm -f "$d/$k" || put_fail
      set -C
      command exec 9>"$d/$k" || put_fail "cannot make a file in ${d:-/}; $t is unchanged"
      set +C
      n=$d/$k
      }
      put_adopt() {
      u=$1
      [ -f "$u" ] || put_fail "the uploaded file $u is gone"
      if [ "${u%/*}" = "$d" ]; then n=$u; else put_create; fi
      }
      put_keep() {
      cp -a --attributes-only "$t" "$n" 2>/dev/null && return
      a=$(stat -c '%u:%g %a' "$t") || put_fail
      chown "${a% *}" "$n" 2>/dev/null || [ "$(id -u)" != 0 ] || put_fail "cannot keep the owner of $t"
      chmod "${a#* }" "$n" || put_fail
      if command -v getfacl >/dev/null && command -v setfacl >/dev/null; then
      getfacl -p "$t" 2>/dev/null | setfacl --set-file=- "$n" 2>/dev/null
      fi
      if [ -e /sys/fs/selinux/enforce ] || [ -e /selinux/enforce ]; then
      chcon --reference="$t" "$n" 2>/dev/null
      fi
      }
      put_size() {
      s=$(wc -c <"$n") || put_fail
      [ "$s" -eq "$1" ] || put_full
      }
      put_check() {
      if [ -r "$n" ] && command -v sha256sum >/dev/null; then
      case $(sha256sum <"$n") in
      "$1"*) ;;
      *) put_full ;;
      esac
      else put_size "$2"; fi
      }
      put_flush() { sync "$1" 2>/dev/null || sync; }
      put_backup() {
      [ "$old" ] || return 0
      s=$t.$$.$(date +%Y-%m-%d@%H:%M:%S)~
      cp -p "$t" "$s" || { rm -f "$s"; put_full; }
      printf '%s\\n' "backup: $s"
      }
      put_mounted() {
      m=$(readlink -f "$t")
      while read -r x x x x p x; do
      case $p in *\\\\*) p=$(printf '%b' "$p") ;; esac
      [ "$p" != "$m" ] || return 0
      done </proc/self/mountinfo
      return 1
      }
      put_in_place() {
      if [ ! -e "$d/$k.old" ]; then
      cp -p "$t" "$d/$k.part" && mv -f "$d/$k.part" "$d/$k.old" || { rm -f "$d/$k.part"; put_full; }
      fi
      b=$d/$k.old
      cat "$n" >"$t" || put_full
      put_flush "$t"
      b=
      rm -f "$d/$k.old" "$n"
      }
      put_rename() {
      mv -f "$n" "$t" 2>/dev/null && { n=; return 0; }
      s=$(mv -f "$n" "$t" 2>&1) && { n=; return 0; }
      put_mounted || put_fail "$s; $t is unchanged"
      printf '%s\\n' "$t is a mount point: written in place"
      put_in_place
      n=
      return 1
      }
      put_end() {
      if [ -z "$old" ] && { [ -e /sys/fs/selinux/enforce ] || [ -e /selinux/enforce ]; }; then
      ! command -v restorecon >/dev/null || restorecon "$t"
      fi
      exit 0
      }
      """;
}
