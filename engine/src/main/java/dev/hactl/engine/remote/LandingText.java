package dev.hactl.engine.remote;

/**
 * The fixed parts of a landing.
 *
 * <p>Names: {@code t} target, {@code d} its directory, {@code k} name of the temporary file, {@code
 * n} its path while it must be removed on failure, {@code u} an uploaded file to be removed, {@code
 * old} set when the target exists, {@code b} backup of a target that is being written in place.
 */
final class LandingText {
  private LandingText() {}

  /**
   * Functions and traps. A descriptor is kept open over the attribute change because the old mode
   * may forbid writing; creation is exclusive (noclobber) because the directory may be anyone's.
   */
  static final String PROLOGUE =
      """
      umask 077
      n= u= b= old=
      say() { printf '%s\\n' "hactl: $*" >&2; }
      fail() { [ $# = 0 ] || say "$*"; exit 1; }
      full() { fail "cannot write the new content beside $t (is the disk full?); $t is unchanged"; }
      leave() {
      e=$?
      trap '' 1 2 13 15
      [ -z "$b" ] || { cat "$b" >"$t" && rm -f "$b"; }
      [ -z "$n$u" ] || rm -f ${n:+"$n"} ${u:+"$u"}
      exit "$e"
      }
      trap leave 0
      trap 'exit 129' 1
      trap 'exit 130' 2
      trap 'exit 141' 13
      trap 'exit 143' 15
      create() {
      [ ! -e "$d/$k" ] && [ ! -L "$d/$k" ] || rm -f "$d/$k" || fail
      set -C
      command exec 9>"$d/$k" || fail "cannot make a file in ${d:-/}; $t is unchanged"
      set +C
      n=$d/$k
      }
      adopt() {
      [ -f "$u" ] || fail "the uploaded file $u is gone"
      if [ "${u%/*}" = "$d" ]; then n=$u; else create; fi
      }
      keep() {
      cp -a --attributes-only "$t" "$n" 2>/dev/null && return
      a=$(stat -c '%u:%g %a' "$t") || fail
      chown "${a% *}" "$n" 2>/dev/null || [ "$(id -u)" != 0 ] || fail "cannot keep the owner of $t"
      chmod "${a#* }" "$n" || fail
      if command -v getfacl >/dev/null && command -v setfacl >/dev/null; then
      getfacl -p "$t" 2>/dev/null | setfacl --set-file=- "$n" 2>/dev/null
      fi
      if [ -e /sys/fs/selinux/enforce ] || [ -e /selinux/enforce ]; then
      chcon --reference="$t" "$n" 2>/dev/null
      fi
      }
      size() {
      s=$(wc -c <"$n") || fail
      [ "$s" -eq "$1" ] || full
      }
      check() {
      if [ -r "$n" ] && command -v sha256sum >/dev/null; then
      case $(sha256sum <"$n") in
      "$1"*) ;;
      *) full ;;
      esac
      else size "$2"; fi
      }
      mounted() {
      m=$(readlink -f "$t")
      while read -r x x x x p x; do
      case $p in *\\\\*) p=$(printf '%b' "$p") ;; esac
      [ "$p" != "$m" ] || return 0
      done </proc/self/mountinfo
      return 1
      }
      in_place() {
      if [ ! -e "$d/$k.old" ]; then
      cp -p "$t" "$d/$k.part" && mv -f "$d/$k.part" "$d/$k.old" || { rm -f "$d/$k.part"; full; }
      fi
      b=$d/$k.old
      cat "$n" >"$t" || full
      sync "$t" 2>/dev/null || sync
      b=
      rm -f "$d/$k.old" "$n"
      }
      """;

  /**
   * Follows links and looks what is there. Links are followed by hand because BusyBox's {@code
   * readlink -f} knows no link to a file that is yet to come.
   */
  static final String FIND_TARGET =
      """
      s=$t i=
      while [ -L "$t" ]; do
      i=x$i
      [ ${#i} -le 40 ] || fail "the symbolic link $s leads nowhere"
      r=$(readlink "$t") || fail
      case $r in
      /*) t=$r ;;
      *) t=${t%/*}/$r ;;
      esac
      done
      d=${t%/*}
      [ -d "${d:-/}" ] || fail "the directory ${d:-/} does not exist"
      if [ -e "$t" ]; then
      [ ! -d "$t" ] || fail "$t is a directory"
      [ -f "$t" ] || fail "$t is not a regular file"
      old=1
      fi
      """;

  /** Keeps the old file under a name that Ansible's users know. */
  static final String BACKUP =
      """
      if [ "$old" ]; then
      s=$t.$$.$(date +%Y-%m-%d@%H:%M:%S)~
      cp -p "$t" "$s" || { rm -f "$s"; full; }
      printf '%s\\n' "backup: $s"
      fi
      """;

  /** Opens the block that runs when the target is a mount point; attributes follow. */
  static final String RENAME =
      """
      if s=$(mv -f "$n" "$t" 2>&1); then
      n=
      else
      mounted || fail "$s; $t is unchanged"
      printf '%s\\n' "$t is a mount point: written in place"
      in_place
      n=
      """;

  /** New files get the label that the SELinux policy wants for their place. */
  static final String EPILOGUE =
      """
      if [ -z "$old" ] && { [ -e /sys/fs/selinux/enforce ] || [ -e /selinux/enforce ]; }; then
      ! command -v restorecon >/dev/null || restorecon "$t"
      fi
      exit 0
      """;
}
