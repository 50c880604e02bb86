package dev.hactl.modules.files;

import dev.hactl.engine.module.Probe;
import java.util.List;

/**
 * Probes that look at files. All such questions of a message are answered together by about four
 * processes, however many there are.
 */
public final class FileProbe {
  private FileProbe() {}

  /** Looks at one file. */
  public static Probe<FileState> of(FileQuestion question) {
    return of(List.of(question)).map(List::getFirst);
  }

  /** Looks at several files that one decision needs together; the answers are in their order. */
  public static Probe<List<FileState>> of(List<FileQuestion> questions) {
    return Probe.of(FileCollector.INSTANCE, List.copyOf(questions), FileWire::decode);
  }
}
