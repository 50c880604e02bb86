package dev.hactl.modules.files;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.UnreadableAnswer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** States on their way from the collector to the parser of a probe. */
final class FileWire {
  private FileWire() {}

  static Answer encode(List<FileState> states) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(states.size());
      for (FileState state : states) {
        write(out, state);
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return new Answer(0, bytes.toByteArray());
  }

  static List<FileState> decode(Answer answer) {
    try (var in = new DataInputStream(new ByteArrayInputStream(answer.bytes()))) {
      var states = new ArrayList<FileState>();
      for (int left = in.readInt(); left > 0; left--) {
        states.add(read(in));
      }
      return states;
    } catch (IOException e) {
      throw new UnreadableAnswer("the host did not say what stands at the paths asked for");
    }
  }

  private static void write(DataOutputStream out, FileState state) throws IOException {
    text(out, state.path());
    text(out, state.kind().name());
    Stat s = state.stat();
    out.writeInt(s.mode());
    out.writeChar(s.type());
    for (long number :
        new long[] {
          s.size(),
          s.mtime(),
          s.atime(),
          s.ctime(),
          s.inode(),
          s.links(),
          s.device(),
          s.blocks(),
          s.blockSize(),
          s.uid(),
          s.gid()
        }) {
      out.writeLong(number);
    }
    text(out, s.owner());
    text(out, s.group());
    maybe(out, state.target());
    maybe(out, state.resolved());
    maybe(out, state.hash());
    byte[] content = state.content().map(Content.Inline::bytes).orElse(null);
    out.writeInt(content == null ? -1 : content.length);
    if (content != null) {
      out.write(content);
    }
    text(out, state.reason());
  }

  private static FileState read(DataInputStream in) throws IOException {
    String path = text(in);
    FileState.Kind kind = FileState.Kind.valueOf(text(in));
    int mode = in.readInt();
    char type = in.readChar();
    long[] n = new long[11];
    for (int i = 0; i < n.length; i++) {
      n[i] = in.readLong();
    }
    var stat =
        new Stat(
            mode, type, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], text(in),
            text(in));
    Optional<String> target = maybe(in);
    Optional<String> resolved = maybe(in);
    Optional<String> hash = maybe(in);
    int length = in.readInt();
    Optional<Content.Inline> content =
        length < 0 ? Optional.empty() : Optional.of(content(in, length, path));
    return new FileState(path, kind, stat, target, resolved, hash, content, text(in));
  }

  private static Content.Inline content(DataInputStream in, int length, String path)
      throws IOException {
    return Content.of(in.readNBytes(length), false, path);
  }

  private static void maybe(DataOutputStream out, Optional<String> text) throws IOException {
    out.writeBoolean(text.isPresent());
    if (text.isPresent()) {
      text(out, text.get());
    }
  }

  private static Optional<String> maybe(DataInputStream in) throws IOException {
    return in.readBoolean() ? Optional.of(text(in)) : Optional.empty();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
