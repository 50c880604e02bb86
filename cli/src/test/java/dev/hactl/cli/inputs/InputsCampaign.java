package dev.hactl.cli.inputs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Very many inputs; started by {@code lab/campaign inputs}, which says what the options mean. */
final class InputsCampaign {
  /** Inputs that make one line of the results, from which a broken campaign goes on. */
  private static final int CHUNK = 1000;

  /** What the heap may hold when nothing is at work: more is a leak. */
  private static final long IDLE = 100L << 20;

  private final Map<String, String> options;
  private final Inputs inputs;
  private final Path folder;

  private InputsCampaign(Map<String, String> options) {
    this.options = options;
    this.inputs = new Inputs(option("seed"));
    this.folder = Path.of(option("folder"));
  }

  private String option(String name) {
    return Optional.ofNullable(options.get(name))
        .orElseThrow(() -> new IllegalArgumentException("--" + name + " is missing"));
  }

  /** Exit status 0: all went well; 1: one did not. */
  public static void main(String[] arguments) throws Exception {
    var options = new LinkedHashMap<>(Map.of("count", "100000"));
    for (int i = 0; i < arguments.length; i++) {
      String name = arguments[i].substring(2);
      options.put(name, name.equals("resume") ? "" : arguments[++i]);
    }
    options.putIfAbsent("seed", options.getOrDefault("commit", "1"));
    System.exit(new InputsCampaign(options).run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    Files.createDirectories(folder);
    Path file = folder.resolve("inputs.tsv");
    if (options.containsKey("round")) {
      return one(Integer.parseInt(option("round")), new Tally());
    }
    if (!options.containsKey("resume")) {
      Files.deleteIfExists(file);
    }
    List<String> before = Files.exists(file) ? Files.readAllLines(file) : new ArrayList<>();
    var all = new Tally();
    int count = Integer.parseInt(option("count"));
    for (int from = 0; from < count; from += CHUNK) {
      int to = Math.min(count, from + CHUNK);
      String begin = option("seed") + " " + from + "-" + to;
      Optional<Tally> done =
          before.stream().flatMap(l -> Tally.read(begin, l).stream()).findFirst();
      all.add(
          done.isPresent() && done.get().failed() == 0 ? done.get() : chunk(from, to, begin, file));
    }
    System.out.println(all.table());
    System.out.printf(
        "%d inputs, %d failed (seed %s)%n", all.count(), all.failed(), option("seed"));
    if (options.containsKey("table")) {
      write(Path.of(option("table")), all);
    }
    return all.failed() == 0;
  }

  private Tally chunk(int from, int to, String begin, Path file) throws Exception {
    var tally = new Tally();
    for (int number = from; number < to; number++) {
      one(number, tally);
    }
    System.gc();
    long held = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    System.out.printf("%s: %d failed, %d MiB held%n", begin, tally.failed(), held >> 20);
    if (held > IDLE) {
      throw new IllegalStateException("memory is held that nobody uses");
    }
    Files.writeString(
        file, tally.written(begin) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return tally;
  }

  private boolean one(int number, Tally tally) throws Exception {
    Input input = inputs.make(number);
    Path project = folder.resolve("project");
    Inputs.Answer answer = Inputs.ask(input, project);
    tally.add(input, answer);
    answer
        .wrong()
        .ifPresent(why -> System.out.printf("round %d, %s: %s%n", number, input.kind(), why));
    return answer.wrong().isEmpty();
  }

  private void write(Path page, Tally tally) throws IOException {
    String text = Files.readString(page);
    String begin = "<!-- inputs -->\n";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf("<!-- end of inputs -->\n");
    String what =
        "\n%s, commit %s, seed `%s`: %d inputs, %d failed.\n\n"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                option("commit"),
                option("seed"),
                tally.count(),
                tally.failed());
    Files.writeString(
        page, text.substring(0, from) + what + tally.table() + "\n" + text.substring(to));
  }
}
