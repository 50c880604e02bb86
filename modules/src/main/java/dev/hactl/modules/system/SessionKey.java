package dev.hactl.modules.system;

import dev.hactl.engine.module.Guard;
import dev.hactl.engine.module.Sh;
import java.util.List;

/** The key that the running session logged in with. */
final class SessionKey {
  private SessionKey() {}

  /**
   * Refuses when one of the keys is the session's own. The session is found by walking up to the
   * sshd that serves it, which works after sudo too; sshd logs the fingerprint under its own
   * process id. What the log does not tell is not refused.
   *
   * @param fingerprints of the keys that would go away
   */
  static Guard keeps(String user, List<String> fingerprints) {
    String text =
        """
        pid=$$ served=
        while [ "${pid:-0}" -gt 1 ]; do
          name= parent=
          while read -r field value rest; do
            case $field in
            Name:) name=$value ;;
            PPid:) parent=$value ;;
            esac
          done <"/proc/$pid/status" || break
          case $name in sshd*) served="$served $pid" ;; esac
          pid=$parent
        done 2>/dev/null
        for pid in $served; do
          said=$(
            {
              journalctl -q --no-pager -o cat "_PID=$pid" </dev/null
              grep -hF "[$pid]:" /var/log/auth.log /var/log/secure
            } 2>/dev/null | grep -F 'Accepted publickey for 'USER' from '
          )
          for key in KEYS; do
            case $said in
            *"$key"*)
              echo "$key"
              exit 1
              ;;
            esac
          done
        done
        exit 0
        """
            .replace("USER", Sh.quote(user))
            .replace("KEYS", Sh.words(fingerprints));
    return new Guard(
        text,
        "this session logged in as "
            + user
            + " with a key that would be taken away; put it into the list");
  }
}
