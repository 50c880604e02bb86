package dev.hactl.modules.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** A port that nobody may connect to before a playbook was found to be in order. */
final class Unreached implements AutoCloseable {
  private final ServerSocket server;
  private final AtomicInteger connections = new AtomicInteger();

  Unreached() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::count);
  }

  private void count() {
    try {
      while (true) {
        server.accept().close();
        connections.incrementAndGet();
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  int connections() {
    return connections.get();
  }

  String inventory() {
    return """
    nobodies:
      cluster: nobodies
      hosts:
        nobody:
          ansible_host: 127.0.0.1
          ansible_port: %d
    """
        .formatted(server.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
