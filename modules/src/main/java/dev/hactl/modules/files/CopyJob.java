package dev.hactl.modules.files;

import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Thing;
import dev.hactl.engine.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** What the copy module can copy. Each kind has an observation of its own. */
sealed interface CopyJob {
  Probe<CopySeen> probe();

  Decision<CopySeen> plan(CopySeen seen);

  Value.Dict result(CopySeen seen);

  /** A file of the controller, or a text. */
  record One(Deployment deployment) implements CopyJob {
    @Override
    public Probe<CopySeen> probe() {
      return FileProbe.of(deployment.questions()).within(deployment.patience()).map(CopySeen::new);
    }

    @Override
    public Decision<CopySeen> plan(CopySeen seen) {
      return Lifted.over(deployment.plan(landed(seen)), One::landed);
    }

    private static Landed landed(CopySeen seen) {
      return Landed.of(seen.states());
    }

    @Override
    public Value.Dict result(CopySeen seen) {
      return deployment.result(landed(seen));
    }
  }

  /** Another file of the host. */
  record OnHost(String source, Deployment deployment) implements CopyJob {
    @Override
    public Probe<CopySeen> probe() {
      var questions = new ArrayList<>(deployment.questions());
      questions.add(FileQuestion.of(source).following().hashed(FileQuestion.Algorithm.SHA256));
      return FileProbe.of(questions).map(CopySeen::new);
    }

    private static Landed landed(CopySeen seen) {
      return Landed.of(seen.states().subList(0, seen.states().size() - 1));
    }

    @Override
    public Decision<CopySeen> plan(CopySeen seen) {
      FileState from = seen.states().getLast();
      return switch (from.kind()) {
        case ABSENT, LINK ->
            new Decision.Blocked<>(Thing.path(source), source + " does not exist on this host");
        case DIRECTORY, OTHER ->
            new Decision.Impossible<>(
                source + " is " + from.kind().words() + "; only files are copied on a host");
        case UNREADABLE -> new Decision.Impossible<>(source + ": " + from.reason());
        case FILE ->
            from.hash().isEmpty()
                ? new Decision.Impossible<>(source + ": " + from.reason())
                : Lifted.over(deployment.with(content(from)).plan(landed(seen)), OnHost::landed);
      };
    }

    /** Stands for the other file; its bytes never come to the controller. */
    private static Content content(FileState from) {
      return new Content.LocalFile(
          Path.of(from.path()), from.stat().size(), from.hash().orElseThrow(), false, from.path());
    }

    @Override
    public Value.Dict result(CopySeen seen) {
      FileState from = seen.states().getLast();
      return from.hash().isEmpty()
          ? new Value.Dict(new LinkedHashMap<>())
          : deployment.with(content(from)).result(landed(seen));
    }
  }

  /** A folder of the controller. */
  record Tree(TreeDeployment deployment) implements CopyJob {
    @Override
    public Probe<CopySeen> probe() {
      return FileProbe.of(deployment.questions()).map(CopySeen::new);
    }

    @Override
    public Decision<CopySeen> plan(CopySeen seen) {
      return deployment.plan(seen);
    }

    @Override
    public Value.Dict result(CopySeen seen) {
      var result = new LinkedHashMap<String, Value>();
      result.put("dest", Value.text(deployment.root()));
      StatResult.attributes(result, seen.states().getFirst());
      return new Value.Dict(result);
    }
  }

  /**
   * What stands where things are copied to.
   *
   * @param states in the order of the job's questions
   */
  record CopySeen(List<FileState> states) {}
}
