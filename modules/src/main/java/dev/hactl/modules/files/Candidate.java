package dev.hactl.modules.files;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.remote.Landing;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tries the {@code validate} command on new content while planning, so that check mode finds what
 * apply would refuse. The content lies in a directory of its own that only this user can enter and
 * that is gone afterwards. A command that is not there yet decides nothing: an earlier task may
 * bring it, and the landing asks it again.
 */
final class Candidate {
  private Candidate() {}

  static <S> Decision<S> valid(
      Optional<String> command, Content content, String path, Supplier<Decision<S>> then) {
    if (command.isEmpty()
        || !(content instanceof Content.Inline inline)
        || inline.size() > Landing.INLINE_LIMIT) {
      return then.get();
    }
    return Decision.ask(
        probe(command.get(), inline, path),
        complaint ->
            complaint
                .<Decision<S>>map(said ->
                    new Decision.Impossible<>(
                        "the new content of " + path + " is not valid: " + said))
                .orElseGet(then));
  }

  private static Probe<Optional<String>> probe(
      String command, Content.Inline content, String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String encoded = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(content.bytes());
    String text =
        "umask 077\nd=$(mktemp -d) || exit 127\n"
            + "trap 'rm -rf \"$d\"' 0\ntrap 'exit 130' 1 2 15\n"
            + "n=$d/"
            + Sh.quote(name)
            + "\n"
            + "base64 -d >\"$n\" <<'END' || exit 127\n"
            + encoded
            + "\nEND\n"
            + "sh -c "
            + Sh.quote(Landing.validator(command))
            + " sh \"$n\" 2>&1\n";
    Probe<Optional<String>> probe =
        Probe.sh(
            text,
            answer ->
                switch (answer.status()) {
                  case 0, 126, 127 -> Optional.empty();
                  default ->
                      Optional.of(
                          command
                              + " ended with status "
                              + answer.status()
                              + (content.secret() || answer.text().isEmpty()
                                  ? ""
                                  : ": " + answer.text()));
                });
    return probe.byUser();
  }
}
