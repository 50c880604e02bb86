package dev.hactl.modules.control;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Control;
import dev.hactl.engine.module.ControlModule;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Types;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Waits until a port or a path is as wanted. */
@HactlModule("wait_for")
public final class WaitFor implements ControlModule<WaitFor.Params> {

  /** What is wanted of the port or path. */
  public enum State {
    /** Open, or there. */
    STARTED,
    /** The same. */
    PRESENT,
    /** Closed, or not there. */
    STOPPED,
    /** The same. */
    ABSENT,
    /** No connections left; not offered. */
    DRAINED
  }

  /** What is waited for and how long. */
  record Params(
      Optional<Port> port,
      Optional<String> path,
      boolean present,
      Optional<SearchPattern> search,
      Duration timeout,
      Duration delay,
      Duration sleep,
      Optional<String> message) {}

  @Override
  public Manual manual() {
    return Manual.control(
        "Wait until a port or a path is as wanted",
        """
        The managed host looks, not the controller; use `delegate_to` to look from elsewhere. A
        port of the host itself (`127.0.0.1`, `localhost`, `::1`) is read from the kernel's list
        of listening sockets, which needs no program and disturbs no service. Connections to other
        hosts are made with what the host has: bash, python3, perl, nc or curl, in this order; when
        it has none, the task fails at once and says so.

        `search_regex` is looked for by `grep -E` on the host, line by line, in the file or in
        what the port says by itself within `connect_timeout` (read with bash, python3 or perl).
        Look-aheads are refused.

        Check mode looks once: as wanted is `ok`, everything else is unknown, because an earlier
        change may bring it. `drained` is refused: count connections with a `command` and
        `until`. Without `port` and `path` it waits for `timeout` seconds.
        """,
        Example.of(
            "A port of this host",
            """
            - wait_for:
                port: 22
                timeout: 30
            """),
        Example.on(
            "echo 'server ready' > /run/hactl-example.log",
            "A line in a file",
            """
            - wait_for:
                path: /run/hactl-example.log
                search_regex: ready$
                timeout: 10
            """),
        Example.of(
            "A file that goes away",
            """
            - wait_for:
                path: /run/hactl-example.lock
                state: absent
                sleep: 0.5
                timeout: 10
                msg: the other job did not end
            """));
  }

  @Override
  public Form<Params> form() {
    var form = Form.builder().atMostOne("port", "path");
    var host = form.optionalText("host", "127.0.0.1", "The name or address to connect to.");
    var port = form.optional("port", Port.NUMBER, "The TCP port, 1 to 65535.");
    var path = form.optional("path", Types.PATH, "A file or directory on the host.");
    var state =
        form.optional(
            "state",
            Types.oneOf(State.class),
            State.STARTED,
            "`started` and `present`: the port accepts connections, or the path is there."
                + " `stopped` and `absent`: it does not, or it is not.");
    var search =
        form.optional(
            "search_regex",
            SearchPattern.TYPE,
            "What must be found in the file, or in what the port says first.");
    var timeout =
        form.optional(
            "timeout", Types.SECONDS, Duration.ofMinutes(5), "Seconds after which the task fails.");
    var connect =
        form.optional(
            "connect_timeout",
            Types.SECONDS,
            Duration.ofSeconds(5),
            "Seconds that one connection may take.");
    var delay =
        form.optional("delay", Types.SECONDS, Duration.ZERO, "Seconds before the first look.");
    var sleep =
        form.optional("sleep", Types.SECONDS, Duration.ofSeconds(1), "Seconds between looks.");
    var message = form.optional("msg", Types.TEXT, "What is said when the time is over.");
    return form.into(a -> {
      State wanted = a.get(state);
      if (wanted == State.DRAINED) {
        throw new BadValue(
            "state: drained is not offered",
            "count the connections with a command and until, e.g. ss -Htn sport = :80");
      }
      boolean present = wanted == State.STARTED || wanted == State.PRESENT;
      if (a.get(search).isPresent() && !present && a.get(port).isPresent()) {
        throw new BadValue("search_regex of a port needs state: started");
      }
      return new Params(
          a.get(port).map(number -> new Port(a.get(host), number, a.get(connect))),
          a.get(path),
          present,
          a.get(search),
          a.get(timeout),
          a.get(delay),
          a.get(sleep),
          a.get(message));
    });
  }

  @Override
  public Control steer(Params params) {
    if (params.port().isPresent()) {
      Port port = params.port().get();
      return wait(
          params,
          port.look(params.search()),
          port + (params.present() ? " to accept connections" : " to refuse connections"));
    }
    if (params.path().isPresent()) {
      String path = params.path().get();
      return wait(
          params,
          PathLook.at(path, params.search()),
          path + (params.present() ? " to be there" : " to be gone"));
    }
    return Pause.waiting(params.delay().plus(params.timeout()));
  }

  private static Control wait(Params params, Probe<Sight> look, String expectation) {
    Predicate<Sight> satisfied =
        sight -> params.present() ? sight == Sight.AS_SOUGHT : sight == Sight.ABSENT;
    String sought =
        params
            .search()
            .map(s -> (params.present() ? " and say '" : " or not say '") + s.text() + "'")
            .orElse("");
    if (!params.present() && params.search().isPresent()) {
      satisfied = sight -> sight == Sight.ABSENT || sight == Sight.OTHERWISE;
    }
    return new Control.WaitFor<>(
        look,
        satisfied,
        params.delay(),
        params.sleep(),
        params.timeout(),
        expectation + sought,
        sight ->
            sight == Sight.NO_TOOL
                ? Optional.of(
                    "this host cannot connect to "
                        + params.port().map(Port::toString).orElse("it")
                        + ": it has none of bash, python3, perl"
                        + (params.search().isPresent() ? "" : ", nc, curl"))
                : Optional.empty(),
        params.message());
  }
}
