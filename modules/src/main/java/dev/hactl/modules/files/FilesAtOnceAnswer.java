package dev.hactl.modules.files;

import dev.hactl.modules.files.FileQuestion.Algorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Reads what the text of {@link FilesAtOnce} printed. */
final class FilesAtOnceAnswer {
  private final List<List<FilesAtOnce.Wanted>> chunks;
  private final String nonce;

  FilesAtOnceAnswer(List<List<FilesAtOnce.Wanted>> chunks, String nonce) {
    this.chunks = chunks;
    this.nonce = nonce;
  }

  FileReports read(byte[] output, boolean lastResort) {
    var reports = new FileReports(lastResort);
    var reader = new MarkedLines(new String(output, StandardCharsets.ISO_8859_1), nonce);
    for (List<FilesAtOnce.Wanted> chunk : chunks) {
      readChunk(reader, chunk, reports);
    }
    return reports;
  }

  private void readChunk(MarkedLines reader, List<FilesAtOnce.Wanted> chunk, FileReports reports) {
    readStat(
        reader,
        chunk,
        (wanted, line) -> reports.of(wanted.path).line = line,
        wanted -> reports.of(wanted.path).absent = true);
    boolean walks = chunk.stream().anyMatch(w -> w.follow || w.cap > 0 || !w.hashes.isEmpty());
    if (!walks) {
      return;
    }
    List<FilesAtOnce.Wanted> links =
        chunk.stream().filter(w -> w.follow && isLink(reports, w)).toList();
    if (!links.isEmpty()) {
      readStat(
          reader,
          links,
          (wanted, line) -> reports.of(wanted.path).followed = line.stat(),
          wanted -> reports.of(wanted.path).leadsNowhere = true);
      List<String> real = reader.linesAfter("real");
      List<FilesAtOnce.Wanted> leading =
          links.stream().filter(w -> !reports.of(w.path).leadsNowhere).toList();
      for (int i = 0; i < leading.size() && real.size() == leading.size(); i++) {
        reports.of(leading.get(i).path).resolved = StatLine.utf8(real.get(i));
      }
    }
    for (Algorithm algorithm : FilesAtOnce.algorithms(chunk)) {
      readHashes(reader.linesAfter(algorithm.command()), algorithm, chunk, reports);
    }
    reader.skipTo("content");
    HeadOutput.read(reader, readFiles(chunk, links, reports), reports);
    reader.skipTo("over");
  }

  private static boolean isLink(FileReports reports, FilesAtOnce.Wanted wanted) {
    StatLine line = reports.of(wanted.path).line;
    return line != null && line.stat().type() == 'l';
  }

  private interface Found {
    void at(FilesAtOnce.Wanted wanted, StatLine line);
  }

  private interface Absent {
    void at(FilesAtOnce.Wanted wanted);
  }

  private void readStat(
      MarkedLines reader, List<FilesAtOnce.Wanted> asked, Found found, Absent absent) {
    List<String> complaints = reader.linesAfter("stat");
    List<String> lines = reader.linesAfter("lines");
    int next = 0;
    var silent = new ArrayList<FilesAtOnce.Wanted>();
    var seen = new LinkedHashMap<FilesAtOnce.Wanted, StatLine>();
    for (FilesAtOnce.Wanted wanted : asked) {
      // Half a name: the target of the link before it holds a line break.
      while (next < lines.size() && !lines.get(next).startsWith(nonce + " ")) {
        next++;
      }
      var line =
          next < lines.size()
              ? StatLine.read(lines.get(next), nonce, wanted.path)
              : Optional.<StatLine>empty();
      boolean whole =
          next + 1 >= lines.size()
              || lines.get(next + 1).isEmpty()
              || lines.get(next + 1).startsWith(nonce + " ");
      if (line.isPresent()) {
        next++;
        if (whole) {
          seen.put(wanted, line.get());
        }
      } else {
        silent.add(wanted);
      }
    }
    // Otherwise a complaint may have got into a line, and even one that looks well is in doubt.
    if (complaints.size() == silent.size()) {
      seen.forEach(found::at);
      if (complaints.stream().allMatch(StatLine::saysAbsent)) {
        silent.forEach(absent::at);
      }
    }
  }

  private static void readHashes(
      List<String> lines,
      Algorithm algorithm,
      List<FilesAtOnce.Wanted> chunk,
      FileReports reports) {
    var byPath = new LinkedHashMap<String, String>();
    for (String line : lines) {
      int digits = algorithm.digits();
      boolean escaped = line.startsWith("\\"); // GNU does so for names with a backslash
      String rest = escaped ? line.substring(1) : line;
      if (rest.length() > digits + 2) {
        String path = rest.substring(digits + 2);
        byPath.put(escaped ? path.replace("\\\\", "\\") : path, rest.substring(0, digits));
      }
    }
    for (FilesAtOnce.Wanted wanted : chunk) {
      String hash = byPath.get(StatLine.latin(wanted.path));
      if (hash != null) {
        reports.of(wanted.path).hashes.put(algorithm, hash);
      }
    }
  }

  /** The files that the host gives to head(1), in that order. */
  private static List<HeadOutput.Expected> readFiles(
      List<FilesAtOnce.Wanted> chunk, List<FilesAtOnce.Wanted> links, FileReports reports) {
    var files = new ArrayList<HeadOutput.Expected>();
    for (FilesAtOnce.Wanted wanted : chunk) {
      StatLine line = reports.of(wanted.path).line;
      if (line != null && line.stat().type() == '-' && wanted.readsSize(line.stat().size())) {
        files.add(new HeadOutput.Expected(wanted.path, (int) line.stat().size()));
      }
    }
    for (FilesAtOnce.Wanted wanted : links) {
      Stat stat = reports.of(wanted.path).followed;
      if (stat != null && stat.type() == '-' && wanted.readsSize(stat.size())) {
        files.add(new HeadOutput.Expected(wanted.path, (int) stat.size()));
      }
    }
    return files;
  }
}
