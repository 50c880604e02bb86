package dev.hactl.engine.run;

import dev.hactl.engine.model.Task;
import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.remote.Landing;
import dev.hactl.engine.remote.UnreachableException;
import dev.hactl.engine.remote.Upload;
import dev.hactl.engine.remote.UploadException;
import dev.hactl.engine.report.Event;
import java.io.BufferedInputStream;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Large files, which go to a host beside its shell. */
final class Uploads {
  private final Emitter emitter;

  Uploads(Emitter emitter) {
    this.emitter = emitter;
  }

  /** Brings large files to the host before the message that puts them in place. */
  <S> Map<Step, String> send(HostPass pass, Call.Where where, Task task, List<Change<S>> changes)
      throws HostLost, UploadException {
    var uploaded = new HashMap<Step, String>();
    for (Change<S> change : changes) {
      for (Step step : change.steps()) {
        if (step instanceof Step.Put put && put.content() instanceof Content.LocalFile file) {
          String temporary = Landing.temporaryFor(put.path());
          var upload =
              new Upload(
                  file.size(),
                  Optional.of(file.sha256()),
                  () -> new BufferedInputStream(Files.newInputStream(file.path())));
          try {
            where
                .link()
                .connect()
                .upload(where.who(), upload, temporary, progress(pass, task, file));
          } catch (UnreachableException e) {
            throw new HostLost(String.valueOf(e.getMessage()));
          } catch (UploadException e) {
            throw new UploadException(put.path() + " is unchanged: " + e.getMessage(), e);
          }
          uploaded.put(step, temporary);
        }
      }
    }
    return uploaded;
  }

  /** Tells each tenth once. */
  private Upload.Progress progress(HostPass pass, Task task, Content.LocalFile file) {
    var told = new AtomicLong();
    return (sent, size) -> {
      long tenth = size == 0 ? 10 : sent * 10 / size;
      if (tenth > told.getAndAccumulate(tenth, Math::max)) {
        emitter.emit(
            new Event.Progress(
                pass.host.name(), task.name().text(), file.source() + " " + tenth * 10 + " %"));
      }
    };
  }
}
