package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Has Java note every connection that is begun, to whatever host, while the tests of a class run;
 * in the end there must have been none. That it would see one is proved by {@link ConnectingTest}.
 */
public final class Connecting implements BeforeAllCallback, AfterAllCallback {
  /** What begins a connection: a socket, the look-up of a name, a shell here, a client of ssh. */
  private static final String BEGINNINGS =
      "java.net.Socket::connect;java.net.InetAddress$NameServiceAddresses::get;"
          + "dev.hactl.engine.remote.ProcessLink::start;"
          + "dev.hactl.engine.remote.OpensshTransport::startMaster";

  private static final ExtensionContext.Namespace OURS =
      ExtensionContext.Namespace.create(Connecting.class);

  /** What begins connections while something is done, each with who called it. */
  static List<String> during(Runnable work) {
    Recording recording = begin();
    work.run();
    return end(recording);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getStore(OURS).put(Recording.class, begin());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Recording recording =
        Objects.requireNonNull(
            context.getStore(OURS).remove(Recording.class, Recording.class), "began");
    assertEquals(List.of(), end(recording), "a connection was begun");
  }

  private static Recording begin() {
    var recording = new Recording();
    recording
        .enable("jdk.MethodTrace")
        .withStackTrace()
        .withoutThreshold()
        .with("filter", BEGINNINGS);
    recording.start();
    return recording;
  }

  private static List<String> end(Recording recording) {
    try (recording) {
      recording.stop();
      Path file = Files.createTempFile("connections", ".jfr");
      try {
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
            .filter(e -> e.getEventType().getName().equals("jdk.MethodTrace"))
            .map(Connecting::told)
            .toList();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String told(RecordedEvent event) {
    return name(event.<RecordedMethod>getValue("method"))
        + " of "
        + event.getStackTrace().getFrames().stream()
            .filter(RecordedFrame::isJavaFrame)
            .map(f -> name(f.getMethod()))
            .filter(n -> n.startsWith("dev.hactl."))
            .limit(5)
            .collect(Collectors.joining(" < "));
  }

  private static String name(RecordedMethod method) {
    return method.getType().getName() + "." + method.getName();
  }
}
