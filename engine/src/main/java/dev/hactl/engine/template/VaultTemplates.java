package dev.hactl.engine.template;

import dev.hactl.engine.source.Opening;
import dev.hactl.engine.source.SourceFile;
import dev.hactl.engine.vault.Envelope;
import dev.hactl.engine.vault.Keyring;
import freemarker.cache.FileTemplateLoader;
import freemarker.cache.TemplateLoader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Template files of a folder, decrypted where they are encrypted. Such a template begins with a
 * word of hactl's own that marks what is rendered as secret, also when another one includes it.
 */
final class VaultTemplates implements TemplateLoader {
  /** What the mark reads; {@link HostRoot} knows it. */
  static final String NAME = "hactl_encrypted_template";

  private static final String MARK = "${" + NAME + "}";

  private final FileTemplateLoader files;
  private final Keyring keyring;

  VaultTemplates(FileTemplateLoader files, Keyring keyring) {
    this.files = files;
    this.keyring = keyring;
  }

  /** The source of a template as its author sees it; empty when no password opens it. */
  static SourceFile source(String shown, String text, Keyring keyring) {
    if (!Envelope.is(text)) {
      return new SourceFile(shown, text);
    }
    String plain =
        switch (keyring.open(text)) {
          case Keyring.Opened.Plain p -> new String(p.bytes(), StandardCharsets.UTF_8);
          case Keyring.Opened.Refused r -> "";
        };
    return new SourceFile(shown, plain, new Opening(keyring, true, Optional.empty()));
  }

  @Override
  public Object findTemplateSource(String name) throws IOException {
    return files.findTemplateSource(name);
  }

  @Override
  public long getLastModified(Object source) {
    return files.getLastModified(source);
  }

  @Override
  public Reader getReader(Object source, String encoding) throws IOException {
    Reader reader = files.getReader(source, encoding);
    var text = new StringWriter();
    try (reader) {
      reader.transferTo(text);
    }
    if (!Envelope.is(text.toString())) {
      return new StringReader(text.toString());
    }
    return switch (keyring.open(text.toString())) {
      case Keyring.Opened.Plain p ->
          new StringReader(marked(new String(p.bytes(), StandardCharsets.UTF_8)));
      case Keyring.Opened.Refused r -> throw new Closed(r);
    };
  }

  @Override
  public void closeTemplateSource(Object source) throws IOException {
    files.closeTemplateSource(source);
  }

  /** With the mark in front, but behind a header, which must come first. */
  private static String marked(String text) {
    Matcher header = Pattern.compile("\\s*[<\\[]#ftl\\b[^>\\]]*[>\\]]").matcher(text);
    return header.lookingAt()
        ? text.substring(0, header.end()) + MARK + text.substring(header.end())
        : MARK + text;
  }

  /** The text as FreeMarker sees it. */
  static String seen(SourceFile source) {
    return source.encrypted() ? marked(source.text()) : source.text();
  }

  /** A place in the first line is this much further right for FreeMarker. */
  static int shift(SourceFile source, int line) {
    return source.encrypted() && line == 1 ? MARK.length() : 0;
  }

  /** A template that no password opens. */
  static final class Closed extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Keyring.Opened.Refused refused;

    Closed(Keyring.Opened.Refused refused) {
      super(refused.why());
      this.refused = refused;
    }

    Keyring.Opened.Refused refused() {
      return refused;
    }
  }
}
