package dev.hactl.modules.system;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Guard;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.modules.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has to be done to a user's keys. Pure. */
final class KeysPlan {
  private final AuthorizedKey.Params wish;
  private final KeysFile now;

  /** The wished keys as they stand in a file. */
  private final List<PublicKey> keys;

  private KeysPlan(AuthorizedKey.Params wish, KeysFile now) {
    this.wish = wish;
    this.now = now;
    this.keys =
        wish.keys().stream()
            .map(k ->
                new PublicKey(Lines.line(k.options()), k.type(), k.blob(), Lines.line(k.comment())))
            .toList();
  }

  static Decision<KeysFile> decide(AuthorizedKey.Params wish, KeysFile now) {
    return new KeysPlan(wish, now).decided();
  }

  private Decision<KeysFile> decided() {
    if (!now.userExists()) {
      return new Decision.Blocked<>(
          Thing.user(wish.user()), "there is no user " + wish.user() + " on this host");
    }
    if (now.isLink() && !wish.follow()) {
      return new Decision.Impossible<>(
          now.path()
              + ", or its directory, is a symbolic link; say 'follow: true' to write through it");
    }
    if (now.exists() && !now.readable()) {
      return new Decision.Impossible<>("this login may not read " + now.path());
    }
    if (now.directory().isEmpty() && !wish.manageDirectory() && adds()) {
      return new Decision.Blocked<>(
          Thing.path(now.directoryPath()), "there is no directory " + now.directoryPath());
    }
    Lines after = wanted(now);
    Thing[] things = {Thing.user(wish.user()), Thing.path(now.path())};
    if (after.equals(now.lines()) && attributesFit(now)) {
      return Decision.ok(things);
    }
    return Decision.change(change(after), things);
  }

  private boolean adds() {
    return wish.state() == AuthorizedKey.State.PRESENT;
  }

  private boolean attributesFit(KeysFile file) {
    return !adds()
        || (file.exists() && file.secure() && (!ownsDirectory() || file.directorySecure()));
  }

  /** Only a directory made for keys is taken over; another path may lead into a shared one. */
  private boolean ownsDirectory() {
    return wish.manageDirectory() && now.directoryPath().endsWith("/.ssh");
  }

  /** The file with the wished keys and, unless they are exclusive, with all others. */
  private Lines wanted(KeysFile file) {
    return file.lines().edit(adds() ? this::present : this::absent);
  }

  private List<String> absent(List<String> lines) {
    lines.removeIf(l -> PublicKey.read(l).map(this::isWished).orElse(false));
    return lines;
  }

  private List<String> present(List<String> lines) {
    var missing = new ArrayList<>(keys);
    var result = new ArrayList<String>();
    for (String line : lines) {
      Optional<PublicKey> old = PublicKey.read(line);
      Optional<PublicKey> wished = old.flatMap(k -> missing.stream().filter(k::same).findFirst());
      if (wished.isPresent()) {
        PublicKey merged = merged(wished.get(), old.get());
        // An equal line keeps its bytes, such as blanks between its words.
        result.add(merged.equals(old.get()) ? line : merged.line());
        missing.remove(wished.get());
      } else if (old.isEmpty() || isWished(old.get()) || !wish.exclusive()) {
        result.add(line);
      }
    }
    missing.forEach(k -> result.add(merged(k, k).line()));
    return result;
  }

  private boolean isWished(PublicKey key) {
    return keys.stream().anyMatch(key::same);
  }

  private PublicKey merged(PublicKey wished, PublicKey old) {
    String options =
        wish.options()
            .map(Lines::line)
            .orElse(wished.options().isEmpty() ? old.options() : wished.options());
    String comment =
        wish.comment()
            .map(Lines::line)
            .orElse(wished.comment().isEmpty() ? old.comment() : wished.comment());
    return new PublicKey(options, wished.type(), wished.blob(), comment);
  }

  private Change<KeysFile> change(Lines after) {
    String verb = adds() ? "let keys log in as " : "keep keys from logging in as ";
    var change =
        Change.<KeysFile>to(
                verb + wish.user(), s -> wanted(s).equals(s.lines()) && attributesFit(s))
            .diff(new Diff.Lines(now.path(), "", now.lines().text(), after.text(), false))
            .touches(Footprint.of(Thing.path(now.path()), Thing.path(now.directoryPath())));
    if (ownsDirectory() && !now.directorySecure() && adds()) {
      change.diff(
          Diff.of(
              now.directoryPath(),
              new Diff.Property("mode", now.directory().split(" ", 2)[0], "drwx------")));
    }
    if (adds() && wish.manageDirectory() && (now.directory().isEmpty() || ownsDirectory())) {
      change.step(Step.sh(directory()));
    }
    guard(after).ifPresent(change::guard);
    boolean keepMode = now.exists() && now.secure();
    change.step(
        new Step.Put(
            now.path(),
            after.content(false),
            keepMode ? Optional.empty() : Optional.of(now.uid()),
            keepMode ? Optional.empty() : Optional.of(now.gid()),
            keepMode ? Optional.empty() : Optional.of("0600"),
            false,
            Optional.empty()));
    return change.build();
  }

  private String directory() {
    return """
    set -e
    d=DIRECTORY
    [ -d "$d" ] || mkdir -m 700 -- "$d"
    chown UID:GID "$d"
    chmod 700 "$d"
    """
        .replace("DIRECTORY", Sh.quote(now.directoryPath()))
        .replace("UID", now.uid())
        .replace("GID", now.gid());
  }

  private Optional<Guard> guard(Lines after) {
    List<String> gone =
        now.lines().lines().stream()
            .filter(l -> !after.lines().contains(l))
            .flatMap(l -> PublicKey.read(l).stream())
            .filter(k ->
                after.lines().stream().flatMap(l -> PublicKey.read(l).stream()).noneMatch(k::same))
            .map(PublicKey::fingerprint)
            .filter(f -> !f.isEmpty())
            .distinct()
            .toList();
    return gone.isEmpty() || (adds() && !wish.exclusive())
        ? Optional.empty()
        : Optional.of(SessionKey.keeps(wish.user(), gone));
  }
}
