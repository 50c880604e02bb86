package dev.hactl.engine.remote;

import static dev.hactl.engine.remote.Shells.LOGIN;

import dev.hactl.engine.inventory.ConnectionSettings.Kind;
import dev.hactl.lab.LoopbackHost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A host that is reached over each transport: the same protocol must give the same outcomes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OverEachTransport {
  private final List<RemoteHost> open = new ArrayList<>();
  private LoopbackHost lab;

  @BeforeAll
  void start() {
    lab = LoopbackHost.start();
  }

  @AfterEach
  void disconnect() {
    open.forEach(RemoteHost::close);
    open.clear();
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  RemoteHost host(Kind kind) throws Exception {
    RemoteHost host =
        Remote.connect(
            kind == Kind.LOCAL ? Shells.local() : Shells.as(kind, lab.settings()), Shells.RUN);
    open.add(host);
    return host;
  }

  Shell shell(Kind kind) throws Exception {
    return host(kind).shell(LOGIN);
  }
}
