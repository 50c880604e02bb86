package dev.hactl.engine.run;

import dev.hactl.engine.inventory.Inventory;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.remote.RunInfo;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.template.TemplateFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts one question to several hosts side by side, in one message each. Nothing is changed and no
 * lock is taken, so it works beside any run; a host that is down costs only its own answer.
 */
public final class Survey {
  private Survey() {}

  /** What came of the question on one host. */
  public sealed interface Answer<S> {
    /** The host answered. */
    record Told<S>(S state) implements Answer<S> {}

    /** No connection could be made, or it broke. */
    record Unreachable<S>(String why) implements Answer<S> {}

    /** The host is there, but did not answer in time or not understandably. */
    record Silent<S>(String why) implements Answer<S> {}
  }

  /**
   * Asks.
   *
   * @param hosts names in the inventory
   * @param options how to log in, and how many hosts at the same time
   * @return an answer per host, in the order of {@code hosts}
   * @throws dev.hactl.engine.source.SourceException when a host's connection variables make no
   *     sense
   */
  public static <S> SequencedMap<String, Answer<S>> ask(
      Inventory inventory, List<String> hosts, Probe<S> probe, RunOptions options) {
    var info = new RunInfo("show", options.operator().user(), options.operator().controller());
    var renderer = new Renderer(TemplateFiles.beside(Path.of("")));
    var answers = new ConcurrentHashMap<String, Answer<S>>();
    try (var links = new Links(inventory, options, info, renderer, new Emitter(event -> {}))) {
      // All connection variables are read before the first connection.
      hosts.forEach(links::get);
      Parallel.each(
          hosts, options.mode().forks(), host -> answers.put(host, ask(links, host, probe)));
    }
    var ordered = new LinkedHashMap<String, Answer<S>>();
    hosts.forEach(host -> ordered.put(host, Objects.requireNonNull(answers.get(host))));
    return ordered;
  }

  private static <S> Answer<S> ask(Links links, String host, Probe<S> probe) {
    try {
      var where = new Call.Where(links.get(host), links.identity(host), false);
      return new Answer.Told<>(new Decider().observe(where, probe));
    } catch (HostLost e) {
      return new Answer.Unreachable<>(String.valueOf(e.getMessage()));
    } catch (Decider.NotObserved e) {
      return new Answer.Silent<>(String.valueOf(e.getMessage()));
    }
  }
}
