package dev.hactl.modules.files;

import dev.hactl.engine.module.Answer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a host told about many paths, and what that means for each question. */
final class FileReports {
  private final Map<String, Report> byPath = new HashMap<>();
  private final boolean lastResort;

  /**
   * @param lastResort whether a file that could not be read is an answer, because nobody will ask
   *     again
   */
  FileReports(boolean lastResort) {
    this.lastResort = lastResort;
  }

  /** What is known of one path; filled while the output is read. */
  static final class Report {
    @Nullable StatLine line;
    boolean absent;
    @Nullable Stat followed;
    boolean leadsNowhere;
    @Nullable String resolved;
    final Map<FileQuestion.Algorithm, String> hashes = new EnumMap<>(FileQuestion.Algorithm.class);
    byte @Nullable [] content;
  }

  Report of(String path) {
    return byPath.computeIfAbsent(path, p -> new Report());
  }

  Answer answer(List<FileQuestion> questions) {
    var states = new ArrayList<FileState>();
    for (FileQuestion question : questions) {
      Optional<FileState> state = state(question, of(question.path()));
      if (state.isEmpty() && !lastResort) {
        return Answer.missing();
      }
      states.add(
          state.orElseGet(
              () -> FileState.unreadable(question.path(), "the host does not tell what it is")));
    }
    return FileWire.encode(states);
  }

  private Optional<FileState> state(FileQuestion question, Report report) {
    if (report.absent) {
      return Optional.of(FileState.absent(question.path()));
    }
    if (report.line == null) {
      return Optional.empty();
    }
    Stat own = report.line.stat();
    FileState state = FileState.of(question.path(), own.kind(), own);
    if (own.type() != 'l') {
      return withRead(question, report, state);
    }
    Optional<String> target = report.line.target();
    if (target.isEmpty()) {
      return Optional.empty();
    }
    if (!question.follow() || report.leadsNowhere) {
      return Optional.of(state.through(target.get(), Optional.empty()));
    }
    if (report.followed == null || report.resolved == null) {
      return Optional.empty();
    }
    return withRead(
        question,
        report,
        FileState.of(question.path(), report.followed.kind(), report.followed)
            .through(target.get(), Optional.of(report.resolved)));
  }

  private Optional<FileState> withRead(FileQuestion question, Report report, FileState state) {
    FileState read = state;
    if (!state.isFile()) {
      return Optional.of(read);
    }
    boolean wantsHash =
        question
            .hash()
            .filter(h -> h.size().isEmpty() || h.size().getAsLong() == state.stat().size())
            .isPresent();
    boolean wantsContent =
        question.contentCap() > 0 && state.stat().size() <= question.contentCap();
    if ((wantsHash || wantsContent) && claimsNoSize(question.path())) {
      return Optional.empty();
    }
    if (wantsHash) {
      String hash = report.hashes.get(question.hash().orElseThrow().algorithm());
      if (hash == null && !lastResort) {
        return Optional.empty();
      }
      read = hash == null ? read.because("it cannot be read") : read.hashed(hash);
    }
    if (wantsContent) {
      if (report.content == null && !lastResort) {
        return Optional.empty();
      }
      read =
          report.content == null ? read.because("it cannot be read") : read.holding(report.content);
    }
    return Optional.of(read);
  }

  /** Files the kernel makes up: their size says nothing about their content. */
  static boolean claimsNoSize(String path) {
    return path.startsWith("/proc/") || path.startsWith("/sys/");
  }
}
