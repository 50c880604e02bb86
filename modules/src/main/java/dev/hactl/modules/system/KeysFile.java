package dev.hactl.modules.system;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.UnreadableAnswer;
import dev.hactl.modules.text.Lines;
import dev.hactl.modules.text.Sections;
import java.util.Optional;

/**
 * A user's authorized_keys file.
 *
 * @param uid the user's number; empty when there is no such user
 * @param gid number of its primary group
 * @param path the file
 * @param directory its directory as {@code ls -ldn} prints it; empty when it is missing
 * @param entry the file, likewise
 * @param readable whether this login may read it
 * @param lines its content
 */
record KeysFile(
    String uid,
    String gid,
    String path,
    String directory,
    String entry,
    boolean readable,
    Lines lines) {

  private static final String MARK = "hactl-keys-file";

  /** Looks at the file of a user, by default the one sshd reads. */
  static Probe<KeysFile> probe(String user, Optional<String> path) {
    String text =
        """
        if command -v getent >/dev/null 2>&1; then u=$(getent passwd USER)
        else u=$(grep '^'USER: /etc/passwd); fi
        IFS=: read -r n p uid gid c home s <<EOF_USER
        $u
        EOF_USER
        f=PATH
        : "${f:=$home/.ssh/authorized_keys}"
        """
                .replace("USER", Sh.quote(user))
                .replace("PATH", path.map(Sh::quote).orElse(""))
            + Sections.mark(MARK, "who")
            + "printf '%s\\n' \"$uid\" \"$gid\" \"$f\"\n"
            + Sections.mark(MARK, "directory")
            + "[ -z \"$uid\" ] || ls -ldn -- \"${f%/*}\" 2>/dev/null\n"
            + Sections.mark(MARK, "entry")
            + "[ -z \"$uid\" ] || ls -ldn -- \"$f\" 2>/dev/null\n"
            + "[ -r \"$f\" ] || exit 0\n"
            + Sections.mark(MARK, "lines")
            + "cat -- \"$f\"\n";
    return Probe.sh(text, KeysFile::parse);
  }

  static KeysFile parse(Answer answer) {
    Sections sections = Sections.of(MARK, answer.bytes());
    // Nothing follows the file, so that a key could not pretend to be another section.
    String[] who = sections.body("who").split("\n", -1);
    if (who.length < 3) {
      throw new UnreadableAnswer("the user's keys could not be looked up");
    }
    return new KeysFile(
        who[0],
        who[1],
        who[2],
        sections.body("directory").strip(),
        sections.body("entry").strip(),
        sections.get("lines").isPresent(),
        Lines.of(Sections.bytes(sections.body("lines"))));
  }

  boolean userExists() {
    return !uid.isEmpty();
  }

  boolean exists() {
    return !entry.isEmpty();
  }

  boolean isLink() {
    return entry.startsWith("l") || directory.startsWith("l");
  }

  String directoryPath() {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }

  /** Whether only the user may write the file, as sshd's StrictModes asks for. */
  boolean secure() {
    return owned(entry) && entry.charAt(5) != 'w' && entry.charAt(8) != 'w';
  }

  /** Whether the directory is the user's alone. */
  boolean directorySecure() {
    return owned(directory) && directory.startsWith("drwx------");
  }

  private boolean owned(String line) {
    String[] words = line.split(" +", 5);
    return words.length > 3 && words[2].equals(uid);
  }
}
