package dev.hactl.engine.remote;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes the shell text that lets one file land on a host: either the complete new file with the
 * wanted attributes is there, or the old one is untouched.
 *
 * <p>The text makes a temporary file in the directory of the target, gives it the attributes of the
 * old file (or those that are wanted) while it is still empty, so that its content is never visible
 * to anyone who may not read the result, writes and checks the content, runs {@code validate},
 * flushes it to disk and renames it over the target. Symbolic links are followed. A target that is
 * a mount point of its own (a file bound into a container) cannot be renamed over; it is written in
 * place, after a backup that a rerun finds when the first run is killed in between. Whatever fails,
 * the temporary file is removed, and the text ends with a status other than 0.
 *
 * <p>The text is POSIX sh and uses what coreutils and BusyBox share. A text that ends in a line
 * break costs three programs, whether the file is new or changed: one for the attributes, one that
 * writes and flushes, one that renames. A mode or owner for a file that is there costs one each
 * more; so does an owner for a new one; other content is also read back and flushed by programs of
 * their own.
 */
public final class Landing {
  private static final Pattern UNREADABLE = Pattern.compile("[^A-Za-z0-9._-]");

  private Landing() {}

  /**
   * A landing.
   *
   * @param functions what the body calls: the same for all landings, so it can be sent once
   * @param body what to do
   */
  public record Text(String functions, String body) {
    /** Both together. */
    public String whole() {
      return functions + body;
    }
  }

  /** Content up to this many bytes travels inside the text; larger content is uploaded first. */
  public static final int INLINE_LIMIT = 256 << 10;

  /**
   * A file whose content travels inside the text.
   *
   * @param nonce random letters and digits
   */
  public static Text inline(Step.Put put, Content.Inline content, String nonce) {
    return text(put, LandingSource.Inline.of(content, nonce));
  }

  /**
   * A file that was uploaded before, best to {@link #temporaryFor}; it is moved, or copied when it
   * lies in another directory, and removed in the end, also when the landing fails.
   *
   * @param uploaded absolute path, mode 0600
   */
  public static Text uploaded(Step.Put put, String uploaded) {
    return text(put, new LandingSource.Uploaded(uploaded, put.content().size()));
  }

  /**
   * A copy of another file of the same host, which stays.
   *
   * @param source absolute path of the other file
   */
  public static Text copied(Step.Put put, String source) {
    return text(put, new LandingSource.HostFile(source));
  }

  /**
   * Where to upload content for a target so that it needs no second copy on the host (unless the
   * target is a symbolic link to another directory).
   */
  public static String temporaryFor(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1) + temporaryName(path);
  }

  /** The same name in every run, so that a rerun clears away what a killed run left. */
  static String temporaryName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String readable = UNREADABLE.matcher(name).replaceAll("_");
    // At most 255 bytes are allowed for a name.
    String cut = readable.substring(0, Math.min(60, readable.length()));
    String hash = Content.of(path, false, "").sha256().substring(0, 8);
    return "." + cut + ".hactl-" + hash;
  }

  private static Text text(Step.Put put, LandingSource source) {
    if (!put.path().startsWith("/") || put.path().indexOf('\n') >= 0) {
      throw new IllegalArgumentException("not an absolute path: " + put.path());
    }
    var text = new StringBuilder();
    text.append("put_begin ")
        .append(Sh.words(List.of(put.path(), temporaryName(put.path()))))
        .append('\n');
    source.create(text);
    text.append("if [ \"$old\" ]; then put_keep");
    text.append(put.mode().isPresent() ? "" : "; else chmod 0644 \"$n\" || put_fail");
    text.append("; fi\n").append(attributes(put, "$n"));
    source.fill(text);
    text.append("exec 9>&-\n");
    source.check(text);
    if (put.mode().filter(Landing::special).isPresent()) {
      // Writing to a file and giving it away both clear the set-id bits.
      text.append(chmod(put, "$n"));
    }
    put.validate().ifPresent(command -> validate(text, command));
    source.flush(text);
    if (put.backup()) {
      text.append("put_backup\n");
    }
    String attributes = attributes(put, "$t");
    text.append(attributes.isEmpty() ? "put_rename\n" : "put_rename || {\n" + attributes + "}\n");
    source.finish(text);
    return new Text(LandingText.FUNCTIONS, text.append("put_end\n").toString());
  }

  private static boolean special(String mode) {
    return mode.length() == 4 && mode.charAt(0) != '0';
  }

  private static String attributes(Step.Put put, String variable) {
    String owner = put.owner().orElse("") + put.group().map(g -> ":" + g).orElse("");
    String chown =
        owner.isEmpty() ? "" : "chown " + Sh.quote(owner) + " \"" + variable + "\" || put_fail\n";
    return chown + chmod(put, variable);
  }

  private static String chmod(Step.Put put, String variable) {
    Optional<String> mode = put.mode();
    return mode.map(m -> "chmod " + Sh.quote(m) + " \"" + variable + "\" || put_fail\n").orElse("");
  }

  private static void validate(StringBuilder text, String command) {
    text.append("sh -c ").append(Sh.quote(validator(command))).append(" sh \"$n\"\ns=$?\n");
    text.append("[ \"$s\" = 0 ] || {\nput_say ")
        .append(Sh.quote("the new content is not valid: " + command + " ended with status"))
        .append(" \"$s; $t is unchanged\"\nexit \"$s\"\n}\n");
  }

  /**
   * A {@code validate} command as a text for {@code sh -c TEXT sh CANDIDATE}. A shell of its own
   * keeps a syntax error in the command away from the landing. Whatever quotes the author put
   * around {@code %s} go, because the value brings its own.
   */
  public static String validator(String command) {
    return command.replaceAll("'%s'|\"%s\"|%s", "\"\\$1\"");
  }

  /** Bytes that every shell passes through a quoted here-document unchanged. */
  static boolean plainText(byte[] bytes) {
    for (byte b : bytes) {
      if ((b >= 0 && b < 0x20 && b != '\n' && b != '\t') || b == 0x7f) {
        return false;
      }
    }
    // Compared as bytes: text that is not UTF-8 would not survive the way through a Java string.
    byte[] back = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(bytes, back);
  }
}
