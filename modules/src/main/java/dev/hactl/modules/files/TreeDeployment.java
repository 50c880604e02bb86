package dev.hactl.modules.files;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.LocalSource;
import dev.hactl.engine.module.Mode;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import dev.hactl.modules.files.CopyJob.CopySeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder of the controller that is to stand in a directory of the host; what else is there stays.
 *
 * @param folder the folder
 * @param pattern how each of its files is deployed; content and destination are replaced
 * @param directoryMode mode of directories that are made
 */
record TreeDeployment(LocalSource.Folder folder, Deployment pattern, Optional<Mode> directoryMode) {

  /** The directory that becomes the folder. */
  String root() {
    Destination destination = pattern.destination();
    return folder.name().isEmpty() ? destination.path() : destination.inside(folder.name());
  }

  private List<String> directories() {
    var paths = new ArrayList<String>();
    paths.add(root());
    folder.folders().forEach(f -> paths.add(root() + "/" + f));
    return paths;
  }

  private List<Deployment> files() {
    var files = new ArrayList<Deployment>();
    for (Map.Entry<String, Content> entry : folder.files().entrySet()) {
      files.add(
          new Deployment(
              entry.getValue(),
              new Destination(root() + "/" + entry.getKey(), false),
              Optional.empty(),
              pattern.ownership(),
              pattern.backup(),
              pattern.force(),
              pattern.follow(),
              pattern.validate(),
              Optional.empty()));
    }
    return files;
  }

  /** The directories, then for each file itself and its directory. */
  List<FileQuestion> questions() {
    var questions = new ArrayList<FileQuestion>();
    directories().forEach(path -> questions.add(FileQuestion.of(path).following()));
    files().forEach(file -> questions.addAll(file.questions()));
    return questions;
  }

  Decision<CopySeen> plan(CopySeen seen) {
    var changes = new ArrayList<Change<CopySeen>>();
    List<String> directories = directories();
    for (int i = 0; i < directories.size(); i++) {
      FileState there = seen.states().get(i);
      if (there.isUnreadable()) {
        return new Decision.Impossible<>(there.path() + ": " + there.reason());
      }
      if (there.exists() && !there.isDirectory()) {
        return new Decision.Impossible<>(
            there.path() + " is " + there.kind().words() + ", no directory");
      }
      if (!there.exists()) {
        changes.add(directory(directories.get(i), i));
      }
    }
    var texts = new ArrayList<FileQuestion>();
    List<Deployment> files = files();
    for (int i = 0; i < files.size(); i++) {
      files.get(i).oldText(landed(seen, i)).ifPresent(texts::add);
    }
    if (texts.isEmpty()) {
      return decided(seen, List.of(), changes);
    }
    return Decision.ask(FileProbe.of(texts), old -> decided(seen, old, changes));
  }

  private Landed landed(CopySeen seen, int file) {
    int at = directories().size() + 2 * file;
    return Landed.of(seen.states().subList(at, at + 2));
  }

  private Decision<CopySeen> decided(
      CopySeen seen, List<FileState> old, List<Change<CopySeen>> changes) {
    List<Deployment> files = files();
    for (int i = 0; i < files.size(); i++) {
      int file = i;
      Landed there = landed(seen, i);
      Deployment deployment = files.get(i);
      boolean large = deployment.content() instanceof Content.LocalFile;
      if (!there.parent().exists() && large) {
        return new Decision.Blocked<>(
            Thing.path(there.parent().path()),
            "the directory "
                + there.parent().path()
                + " does not exist, and large files need it beforehand: make it with 'file'");
      }
      Optional<Decision<Landed>> obstacle = deployment.obstacle(there, true);
      if (obstacle.isPresent()) {
        return Lifted.over(obstacle.get(), s -> landed(s, file));
      }
      deployment
          .change(there, old)
          .ifPresent(change -> changes.add(Lifted.over(change, s -> landed(s, file))));
    }
    return Accounts.known(
        pattern.ownership(),
        FileState.absent(root()),
        () -> new Decision.Decided<>(changes, List.of(Thing.path(root()))));
  }

  private Change<CopySeen> directory(String path, int index) {
    var ownership =
        new Ownership(pattern.ownership().owner(), pattern.ownership().group(), directoryMode);
    return Change.<CopySeen>to(
            "create the directory " + path,
            s -> s.states().get(index).isDirectory() && ownership.holds(s.states().get(index)))
        .diff(new Diff.Properties(path, FilePlan.state("absent", "directory", ownership, true)))
        .touches(Footprint.of(Thing.path(path)))
        .step(Step.files(DirectoryPlan.text(path, ownership)))
        .build();
  }
}
