package dev.hactl.engine.run;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.remote.Download;
import dev.hactl.engine.remote.Landing;
import dev.hactl.engine.remote.UnreachableException;
import dev.hactl.engine.remote.Upload;
import dev.hactl.engine.remote.UploadException;
import dev.hactl.engine.report.Event;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Large files, which go to a host beside its shell. */
final class Uploads {
  private static final long MIB = 1 << 20;

  private final Emitter emitter;

  Uploads(Emitter emitter) {
    this.emitter = emitter;
  }

  /** Brings large files to the host before the message that puts them in place. */
  <S> Map<Step, String> send(Sender.Job job, List<Change<S>> changes)
      throws HostLost, UploadException {
    var uploaded = new HashMap<Step, String>();
    for (Change<S> change : changes) {
      for (Step step : change.steps()) {
        switch (step) {
          case Step.Put put when !(put.content() instanceof Content.Inline) -> {
            String temporary = Landing.temporaryFor(put.path());
            try {
              send(job, put.content(), temporary);
            } catch (UploadException e) {
              throw new UploadException(put.path() + " is unchanged: " + e.getMessage(), e);
            }
            uploaded.put(step, temporary);
          }
          case Step.Put put -> {}
          case Step.Relay relay -> relay(job, relay);
          case Step.Script script -> {}
        }
      }
    }
    return uploaded;
  }

  private void send(Sender.Job job, Content content, String path) throws HostLost, UploadException {
    upload(
        job,
        new Upload(content.size(), Optional.of(content.sha256()), content::open),
        path,
        content.source());
  }

  private void upload(Sender.Job job, Upload upload, String path, String source)
      throws HostLost, UploadException {
    try {
      job.where().link().connect().upload(job.where().who(), upload, path, tenths(job, source));
    } catch (UnreachableException e) {
      throw new HostLost(String.valueOf(e.getMessage()), job.where().link());
    }
  }

  private void relay(Sender.Job job, Step.Relay relay) throws HostLost, UploadException {
    Call.Where from =
        job.others()
            .apply(relay.member())
            .orElseThrow(() -> new UploadException(relay.member() + " cannot be asked"));
    String source = "from " + relay.member();
    try {
      Path file = Files.createTempFile("hactl-relay-", "");
      try {
        Download got = receive(job, relay, from, file);
        upload(
            job,
            new Upload(
                got.size(),
                Optional.of(got.sha256()),
                () -> new BufferedInputStream(Files.newInputStream(file))),
            relay.path(),
            source);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UploadException("the controller cannot keep a file: " + e.getMessage(), e);
    }
  }

  private Download receive(Sender.Job job, Step.Relay relay, Call.Where from, Path file)
      throws HostLost, UploadException {
    try {
      return from.link()
          .connect()
          .download(from.who(), relay.text(), file, sizes(job, "from " + relay.member()));
    } catch (UnreachableException e) {
      // The host of this job is there; what is missing is told as its failure.
      throw new UploadException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Tells each tenth once. */
  private Upload.Progress tenths(Sender.Job job, String source) {
    var told = new AtomicLong();
    return (sent, size) -> {
      long tenth = size == 0 ? 10 : sent * 10 / size;
      if (tenth > told.getAndAccumulate(tenth, Math::max)) {
        tell(job, source + " " + tenth * 10 + " %");
      }
    };
  }

  /** Tells how much came, each time it doubled; nobody knows how much it will be. */
  private Upload.Progress sizes(Sender.Job job, String source) {
    var next = new AtomicLong(64 * MIB);
    return (received, size) -> {
      if (received >= next.get()) {
        next.set(2 * received);
        tell(job, source + " " + received / MIB + " MiB");
      }
    };
  }

  private void tell(Sender.Job job, String what) {
    emitter.emit(new Event.Progress(job.pass().host.name(), job.task().name().text(), what));
  }
}
