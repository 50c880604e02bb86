package dev.hactl.engine.remote;

import dev.hactl.engine.remote.UnreachableException.Kind;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Commands on this machine, as child processes. */
final class LocalTransport implements Transport {
  private final List<Link> links = new CopyOnWriteArrayList<>();

  @Override
  public Link open(String command, boolean terminal, Sink sink) throws UnreachableException {
    if (terminal) {
      throw new UnreachableException(
          Kind.BECOME_REFUSED,
          "sudo wants a terminal (requiretty), which a local connection has none of; exempt the user with: Defaults:USER !requiretty");
    }
    try {
      Link link =
          ProcessLink.start(
              SessionLeader.words(List.of("/bin/sh", "-c", command)),
              sink,
              "the shell ended with status");
      links.add(link);
      return link;
    } catch (IOException e) {
      throw new UnreachableException(
          Kind.NO_SHELL, "cannot start /bin/sh here: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    links.forEach(Link::close);
  }
}
