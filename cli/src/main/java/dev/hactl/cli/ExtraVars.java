package dev.hactl.cli;

import java.nio.file.Path;

/** Variables from the command line; a later one wins. */
sealed interface ExtraVars {

  /** {@code -e key=value}: the value is text. */
  record Pair(String name, String text) implements ExtraVars {}

  /** {@code -e '{"key": [1, 2]}'} or {@code -e 'key: value'}: a YAML mapping as text. */
  record Document(String yaml) implements ExtraVars {}

  /** {@code -e @FILE}: a YAML file. */
  record VarsFile(Path file) implements ExtraVars {}

  /** {@code --secret-vars FILE}: a YAML file all of whose values are secret. */
  record SecretVarsFile(Path file) implements ExtraVars {}
}
