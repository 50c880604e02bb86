package dev.hactl.modules.files;

import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Thing;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes sure that an owner exists before a change that needs one is promised. */
final class Accounts {
  private Accounts() {}

  /**
   * Goes on when the new owner and group of a file exist; blocked otherwise, because an earlier
   * task may make them. Numbers and root always exist.
   */
  static <S> Decision<S> known(Ownership ownership, FileState state, Supplier<Decision<S>> then) {
    Optional<String> user = ownership.newOwner(state).filter(Accounts::uncertain);
    Optional<String> group = ownership.newGroup(state).filter(Accounts::uncertain);
    if (user.isEmpty() && group.isEmpty()) {
      return then.get();
    }
    return Decision.ask(
        probe(user, group),
        missing ->
            missing
                .<Decision<S>>map(
                    thing -> new Decision.Blocked<>(thing, thing + " does not exist on this host"))
                .orElseGet(then));
  }

  private static boolean uncertain(String name) {
    return !name.equals("root") && !name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** BusyBox systems have no getent(1). */
  private static Probe<Optional<Thing>> probe(Optional<String> user, Optional<String> group) {
    String users =
        user.map(u -> "id -u " + Sh.quote(u) + " >/dev/null 2>&1 || { echo user; exit; }\n")
            .orElse("");
    String groups =
        group
            .map(Sh::quote)
            .map(g ->
                "getent group "
                    + g
                    + " >/dev/null 2>&1 && exit\n"
                    + "while IFS=: read -r a b; do [ \"$a\" != "
                    + g
                    + " ] || exit 0; done"
                    + " </etc/group\necho group\n")
            .orElse("");
    return Probe.sh(
        users + groups,
        answer ->
            switch (answer.text()) {
              case "user" -> user.map(Thing::user);
              case "group" -> group.map(Thing::group);
              default -> Optional.empty();
            });
  }
}
