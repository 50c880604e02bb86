package dev.hactl.modules.cib;

import dev.hactl.engine.module.Answer;
import dev.hactl.lab.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real corosync and pacemaker of one node, by {@code lab/lib/one-node-cluster}. */
public final class OneNodeCluster implements AutoCloseable {
  private static final Path SCRIPT =
      Path.of("..", "lab", "lib", "one-node-cluster").toAbsolutePath().normalize();

  /** What a program did. */
  record Ran(int status, String out, String error) {
    Answer answer() {
      return Answer.of(status, out);
    }
  }

  private final Path dir;
  private final Process unshare;

  private OneNodeCluster(Path dir, Process unshare) {
    this.dir = dir;
    this.unshare = unshare;
  }

  /** Starts it and waits until it has elected itself. */
  public static OneNodeCluster start(Path dir) throws IOException, InterruptedException {
    PacemakerPackages.need();
    Process process =
        new ProcessBuilder(SCRIPT.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("log").toFile())
            .start();
    var cluster = new OneNodeCluster(dir, process);
    try {
      Deadline.in(Duration.ofSeconds(180))
          .await(
              "the cluster of one node is up",
              () ->
                  process.isAlive()
                      && cluster
                          .sh("cibadmin --query 2>/dev/null")
                          .out()
                          .matches("(?s).*crmd=\"online\"[^>]*join=\"member\".*"));
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /** A command inside its namespaces; without {@code network} in the machine's network. */
  public List<String> inside(boolean network, String... command) {
    long init = unshare.children().findFirst().map(ProcessHandle::pid).orElse(-1L);
    var words =
        new ArrayList<>(
            List.of(
                "nsenter", "--target", String.valueOf(init), "--mount", "--ipc", "--pid", "--uts"));
    if (network) {
      words.add("--net");
    }
    words.addAll(List.of(command));
    return words;
  }

  /** Runs a shell text on the node. */
  synchronized Ran sh(String text) {
    try {
      Path script = Files.writeString(dir.resolve("script"), text);
      Path out = dir.resolve("out");
      Path error = dir.resolve("error");
      Process process =
          new ProcessBuilder(inside(true, "/bin/sh", script.toString()))
              .redirectOutput(out.toFile())
              .redirectError(error.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("no end of: " + text);
      }
      return new Ran(process.exitValue(), read(out), read(error));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path path) throws IOException {
    return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
  }

  /**
   * Takes everything out of the configuration, switches fencing off, and waits until nothing runs:
   * what still ran of an earlier test would be in what the cluster says it would do.
   */
  public void empty() {
    Deadline.in(Duration.ofSeconds(60))
        .await(
            "the configuration is empty",
            () -> {
              Cib now = cib();
              Cib empty = now;
              for (String section :
                  List.of(
                      "constraints",
                      "fencing-topology",
                      "resources",
                      "rsc_defaults",
                      "op_defaults")) {
                empty = empty.with(Element.of(section));
              }
              Element node = now.section("nodes").children().getFirst();
              empty = empty.with(Element.of("nodes").add(node.holding(List.of())));
              Element own =
                  now.section("crm_config").children().stream()
                      .filter(set -> set.id().equals("cib-bootstrap-options"))
                      .findFirst()
                      .orElseThrow();
              Element off =
                  Element.of(
                      "nvpair", "id", "fencing", "name", "stonith-enabled", "value", "false");
              var pairs =
                  new ArrayList<XmlNode>(
                      own.children().stream().filter(OneNodeCluster::ofPacemaker).toList());
              pairs.add(off);
              empty = empty.with(Element.of("crm_config").add(own.holding(pairs)));
              return now.configuresSameAs(empty)
                  || sh(CibPush.script(CibPatch.between(now, empty))).status() == 0;
            });
    Deadline.in(Duration.ofSeconds(60))
        .await(
            "nothing runs",
            () ->
                sh("m=$(crm_mon --one-shot --as-xml) && c=$(crmadmin --status lonely 2>&1) || exit\n"
                            + "case $m in *'<resource '*) exit 1 ;; esac\n"
                            + "case $c in *S_IDLE*) ;; *) exit 1 ;; esac\n")
                        .status()
                    == 0);
  }

  private static boolean ofPacemaker(Element pair) {
    return OperatorState.isOfCluster(pair.attribute("name", ""));
  }

  /** The configuration as it is now. */
  public Cib cib() {
    return Cib.parse(sh("cibadmin --query").out());
  }

  @Override
  public void close() {
    unshare.descendants().forEach(ProcessHandle::destroyForcibly);
    unshare.destroyForcibly();
  }
}
