package dev.hactl.modules.contract;

import dev.hactl.engine.module.Sh;
import dev.hactl.lab.LabHost;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One long-lived root shell on a host, beside hactl's own way in: the contract test looks at its
 * hosts a thousand times, and starting a shell through Docker each time takes longer than the look.
 */
final class RootShell implements AutoCloseable {
  private static final String MARK = "contract-look-mark";

  private final String host;
  private final Process process;
  private final InputStream out;
  private final OutputStream in;

  /**
   * Starts it.
   *
   * @param host what it is called
   * @param command the words that start a shell there
   */
  RootShell(String host, List<String> command) {
    this.host = host;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      out = new BufferedInputStream(process.getInputStream());
      in = process.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One in a container. */
  static RootShell in(LabHost host) {
    return new RootShell(host.name(), List.of("docker", "exec", "-i", host.containerId(), "sh"));
  }

  /** How a text ended, and what it printed. */
  record Result(int status, String out) {}

  /** Runs a text with nothing to read; both its streams are the output. */
  Result run(String text) {
    try {
      String order = "sh -c " + Sh.quote(text) + " < /dev/null 2>&1; echo \"" + MARK + " $?\"\n";
      in.write(order.getBytes(StandardCharsets.UTF_8));
      in.flush();
      var answer = new ByteArrayOutputStream();
      var line = new ByteArrayOutputStream();
      while (true) {
        int b = out.read();
        if (b < 0) {
          throw new IllegalStateException("the root shell on " + host + " has ended");
        }
        line.write(b);
        if (b == '\n') {
          String last = line.toString(StandardCharsets.UTF_8);
          int mark = last.lastIndexOf(MARK);
          if (mark >= 0) {
            int status = Integer.parseInt(last.substring(mark + MARK.length() + 1).strip());
            String rest = last.substring(0, mark);
            return new Result(status, answer.toString(StandardCharsets.UTF_8) + rest);
          }
          answer.write(line.toByteArray());
          line.reset();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a text that has to succeed and returns what it printed, without the last line end. */
  String sh(String text) {
    Result result = run(text);
    if (result.status() != 0) {
      throw new AssertionError("on " + host + ": " + text + "\n" + result);
    }
    return result.out().stripTrailing();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
