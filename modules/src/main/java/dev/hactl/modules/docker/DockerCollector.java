package dev.hactl.modules.docker;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Collector;
import dev.hactl.engine.module.Sh;
import dev.hactl.modules.look.Look;
import dev.hactl.modules.storage.Tables;
import dev.hactl.modules.text.Sections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Asks docker once about the images and containers of many tasks. */
enum DockerCollector implements Collector<DockerQuestion> {
  INSTANCE;

  private static final List<String> PARTS =
      List.of("head", "inspect", "problem", "users", "cluster");

  /**
   * Whether docker may be asked at all. Where systemd listens for it, asking would start the
   * daemon, which a look must not do. Its own file tells in most cases that it runs already.
   */
  private static final String AWAKE =
      """
      awake() {
        [ ! -e /run/docker.pid ] && [ -d /run/systemd/system ] || return 0
        systemctl -q is-active docker.socket 2> /dev/null || return 0
        systemctl -q is-active docker.service 2> /dev/null
      }
      ask() {
        command -v docker > /dev/null 2>&1 || return 0
        awake || { echo 'it is not started' >&2; return 0; }
        docker "$@"
      }
      """;

  private static final String HEAD =
      """
      ! command -v docker > /dev/null 2>&1 || echo docker
      if [ -w /var/lib ]; then F=/var/lib/hactl; else F=$HOME/.local/state/hactl; fi
      echo "folder $F"
      for f in "$F"/images/*.tar; do [ ! -f "$f" ] || printf 'path %s\\n' "$f"; done
      """;

  private static final String USERS =
      """
      all=$(ask ps -aq --no-trunc 2> /dev/null)
      [ -z "$all" ] || docker inspect --type container \
        -f '{{.State.Running}} {{.Image}} {{.Name}}' $all 2> /dev/null || :
      """;

  /** What Pacemaker runs with; what it keeps on disk where it does not run. */
  private static final String CLUSTER =
      "command -v cibadmin > /dev/null 2>&1 && timeout 8 cibadmin -Ql 2> /dev/null || {\n"
          + Tables.CIB
          + "\n}\n";

  @Override
  public String script(List<DockerQuestion> questions, String nonce) {
    var script = new StringBuilder("(\n").append(AWAKE);
    script.append(Sections.mark(nonce, "head")).append(HEAD);
    all(questions, DockerQuestion::paths)
        .forEach(path ->
            script
                .append("[ ! -e ")
                .append(Sh.quote(path))
                .append(" ] || printf 'path %s\\n' ")
                .append(Sh.quote(path))
                .append('\n'));
    script.append(Sections.mark(nonce, "inspect"));
    // Standard error comes as a part of its own.
    script
        .append("{ problem=$(ask inspect -- ")
        .append(Sh.words(List.copyOf(all(questions, DockerQuestion::objects))))
        .append(" 2>&1 >&4 4>&-); } 4>&1\n");
    script.append(Sections.mark(nonce, "problem")).append("printf '%s\\n' \"$problem\"\n");
    if (questions.stream().anyMatch(DockerQuestion::users)) {
      script.append(Sections.mark(nonce, "users")).append(USERS);
    }
    if (questions.stream().anyMatch(DockerQuestion::cluster)) {
      script.append(Sections.mark(nonce, "cluster")).append(CLUSTER);
    }
    return script.append(")\n").append(Sections.mark(nonce, "end")).toString();
  }

  private static Set<String> all(
      List<DockerQuestion> questions, Function<DockerQuestion, List<String>> which) {
    var all = new LinkedHashSet<String>();
    questions.forEach(q -> all.addAll(which.apply(q)));
    return all;
  }

  /** Every question gets the whole output; {@link DockerSeen} picks from it. */
  @Override
  public List<Answer> split(List<DockerQuestion> questions, String nonce, byte[] output) {
    Sections sections = Sections.of(nonce, output);
    if (sections.get("end").isEmpty()) {
      return questions.stream().map(q -> Answer.missing()).toList();
    }
    var parts = new LinkedHashMap<String, String>();
    PARTS.forEach(name -> parts.put(name, sections.body(name)));
    Answer answer = Look.Seen.answer(parts);
    return questions.stream().map(q -> answer).toList();
  }
}
