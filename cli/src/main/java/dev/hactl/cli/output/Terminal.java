package dev.hactl.cli.output;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command reads and writes, handed in so that every output can be tested.
 *
 * @param interactive whether standard output is a terminal that a person reads
 * @param colour whether to colour what is written there
 * @param width in columns, less the one that the cursor needs; banners are drawn to it
 */
public record Terminal(
    PrintStream out,
    PrintStream err,
    InputStream in,
    boolean interactive,
    boolean colour,
    int width) {

  /** The width of output that is read elsewhere, as users of Ansible know it. */
  public static final int DEFAULT_WIDTH = 79;

  /**
   * The streams of this process. The launcher tells through {@code HACTL_TERMINAL} whether standard
   * output is a terminal and through {@code COLUMNS} how wide: a shell asks that for free, Java
   * would have to start a process.
   */
  public static Terminal ofThisProcess(Map<String, String> environment) {
    boolean interactive = "1".equals(environment.get("HACTL_TERMINAL"));
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        new FileInputStream(FileDescriptor.in),
        interactive,
        interactive && wantsColour(environment),
        interactive ? width(environment.getOrDefault("COLUMNS", "")) : DEFAULT_WIDTH);
  }

  /** Ends the line and shows it at once. */
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Tells about a problem, apart from what the command was asked to print. */
  public void complain(String line) {
    out.flush();
    err.println(line);
    err.flush();
  }

  /** NO_COLOR: present and not empty means no colour (no-color.org). */
  private static boolean wantsColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  private static int width(String columns) {
    try {
      int width = Integer.parseInt(columns);
      return width < 20 ? DEFAULT_WIDTH : width - 1;
    } catch (NumberFormatException notTold) {
      return DEFAULT_WIDTH;
    }
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
  }
}
