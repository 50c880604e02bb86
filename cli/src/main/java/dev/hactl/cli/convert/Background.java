package dev.hactl.cli.convert;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Converts tasks that are started without a wait for their end. */
final class Background {
  private static final Set<String> PROGRAMS = Set.of("command", "shell", "script");

  private static final Pattern JOB =
      Pattern.compile("\\{\\{ *([A-Za-z_]\\w*)\\.ansible_job_id *}}");

  /** What cannot stand beside {@code detach}, or means something else there. */
  private static final List<String> CLASHES =
      List.of(
          "loop", "until", "retries", "delay", "failed_when", "changed_when", "notify", "timeout");

  private final Texts texts;

  Background(Texts texts) {
    this.texts = texts;
  }

  /**
   * Makes {@code detach: true} of {@code async} beside {@code poll: 0}.
   *
   * @param async the entry of that name
   * @param m its task
   */
  void detach(NodeTuple async, MappingNode m, Draft draft) {
    List<String> keys = m.getValue().stream().map(t -> YamlFile.scalar(t.getKeyNode())).toList();
    List<String> clashing =
        keys.stream().filter(k -> CLASHES.contains(k) || k.startsWith("with_")).toList();
    boolean program =
        keys.stream().anyMatch(k -> PROGRAMS.contains(k.substring(k.lastIndexOf('.') + 1)));
    var place = texts.file.place(async.getKeyNode());
    if (!program) {
      draft.refuse(place, "hactl can only start a program and go on: command, shell or script");
    } else if (!clashing.isEmpty()) {
      draft.refuse(
          place,
          "what is started and left to itself has no '" + clashing.getFirst() + "'",
          "say it at the wait_for_task that waits for it");
    } else {
      String limit = YamlFile.scalar(async.getValueNode());
      draft.replace(
          texts.file.start(async.getKeyNode()),
          texts.file.end(async.getValueNode()),
          "detach: true");
      draft.note(
          place,
          "Ansible ended it after " + limit + " s; hactl lets it run to its end",
          "wait for it with wait_for_task, whose timeout ends the wait");
    }
  }

  /** Whether a task asks how far another one is. */
  static boolean asks(NodeTuple call) {
    return Set.of("async_status", "ansible.builtin.async_status", "ansible.legacy.async_status")
        .contains(YamlFile.scalar(call.getKeyNode()));
  }

  /**
   * Makes {@code wait_for_task} of a task that asks until another one has ended.
   *
   * @return the entries that are needed no more
   */
  List<NodeTuple> await(NodeTuple call, MappingNode m, Draft draft) {
    Matcher job = JOB.matcher(jid(call.getValueNode()));
    String register = value(m, "register", "");
    boolean waits =
        value(m, "until", "")
            .matches(Pattern.quote(register) + "\\.finished( *\\| *bool| *== *1)?");
    String retries = value(m, "retries", "3");
    String delay = value(m, "delay", "5");
    boolean plain = (retries + delay).matches("[0-9]{2,8}");
    if (!job.matches()
        || register.isEmpty()
        || !waits
        || !plain
        || YamlFile.entry(m, "notify").isPresent()) {
      draft.refuse(
          texts.file.place(call.getKeyNode()),
          "this asks in a way of its own how far a task is",
          "hactl waits with wait_for_task: {task: REGISTER, timeout: SECONDS}");
      return List.of();
    }
    long timeout = Long.parseLong(retries) * Long.parseLong(delay);
    draft.replace(
        texts.file.start(call.getKeyNode()),
        texts.file.tupleEnd(call),
        "wait_for_task: {task: %s, timeout: %d}".formatted(job.group(1), Math.max(1, timeout)));
    draft.note(
        texts.file.place(call.getKeyNode()),
        "'" + register + ".changed' is false: the start was the change",
        "ask the register of the task that was started");
    return Stream.of("until", "retries", "delay")
        .flatMap(k -> YamlFile.entry(m, k).stream())
        .toList();
  }

  private static String jid(Node args) {
    return args instanceof MappingNode m && m.getValue().size() == 1
        ? value(m, "jid", "")
        : YamlFile.scalar(args).strip().replaceFirst("^jid=[\"']?", "").replaceFirst("[\"']$", "");
  }

  private static String value(MappingNode m, String key, String otherwise) {
    return YamlFile.entry(m, key)
        .map(t -> YamlFile.scalar(t.getValueNode()).strip())
        .orElse(otherwise);
  }
}
