package dev.hactl.cli.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code hactl.yml} may say: each setting stands for an option of the command line. */
public enum Setting {
  /** {@code -i}. */
  INVENTORY(Kind.SOURCES, "--inventory", "INVENTORY", ""),
  /** How long an inventory program may take. */
  INVENTORY_TIMEOUT(Kind.NUMBER, "--inventory-timeout", "SECONDS", "60"),
  /** {@code -f}. */
  FORKS(Kind.NUMBER, "--forks", "N", "50"),
  /** {@code -u}. */
  USER(Kind.TEXT, "--user", "USER", ""),
  /** {@code -k}. */
  ASK_PASS(Kind.FLAG, "--ask-pass", "", "false"),
  /** {@code -b}. */
  BECOME(Kind.FLAG, "--become", "", "false"),
  /** {@code -K}. */
  ASK_BECOME_PASS(Kind.FLAG, "--ask-become-pass", "", "false"),
  /** The key to log in with. */
  PRIVATE_KEY(Kind.FILE, "--private-key", "FILE", ""),
  /** Instead of {@code ~/.ssh/config}. */
  SSH_CONFIG(Kind.FILE, "--ssh-config", "FILE", ""),
  /** Instead of {@code ~/.ssh/known_hosts}. */
  KNOWN_HOSTS(Kind.FILE, "--known-hosts", "FILE", ""),
  /** Trust keys of new hosts. */
  ACCEPT_NEW_HOST_KEYS(Kind.FLAG, "--accept-new-host-keys", "", "false"),
  /** Where vault passwords are. */
  VAULT_PASSWORD_FILE(Kind.FILES, "--vault-password-file", "FILE", ""),
  /** Vault passwords with their ids. */
  VAULT_ID(Kind.IDS, "--vault-id", "ID@SOURCE", ""),
  /** {@code -J}. */
  ASK_VAULT_PASSWORD(Kind.FLAG, "--ask-vault-password", "", "false"),
  /** {@code -D}. */
  DIFF(Kind.FLAG, "--diff", "", "false"),
  /** Handlers run also where a host failed. */
  FORCE_HANDLERS(Kind.FLAG, "--force-handlers", "", "false"),
  /** How events are printed. */
  OUTPUT(Kind.FORMAT, "--output", "FORMAT", "text");

  /** What a setting is written as. */
  public enum Kind {
    /** Yes or no. */
    FLAG("true or false"),
    /** A count. */
    NUMBER("a whole number of at least 1"),
    /** Any words. */
    TEXT("a text"),
    /** How something is printed. */
    FORMAT("text or json"),
    /** A file, from the folder of the configuration. */
    FILE("the name of a file"),
    /** One or more of them. */
    FILES("the name of a file, or a list of them"),
    /** Vault passwords with their ids. */
    IDS("ID@FILE or ID@prompt, or a list of them"),
    /** Inventories. */
    SOURCES("a file, folder, program or list of hosts, or a list of them");

    private final String wanted;

    Kind(String wanted) {
      this.wanted = wanted;
    }

    /** What is to be written, half a sentence. */
    public String wanted() {
      return wanted;
    }

    boolean several() {
      return this == FILES || this == IDS || this == SOURCES;
    }
  }

  private final Kind kind;
  private final String option;
  private final String label;
  private final String fallback;

  Setting(Kind kind, String option, String label, String fallback) {
    this.kind = kind;
    this.option = option;
    this.label = label;
    this.fallback = fallback;
  }

  /** What it is written as. */
  public Kind kind() {
    return kind;
  }

  /** As it is written in the file. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The option that it stands for. */
  public String option() {
    return option;
  }

  /** What the option's value is called in help, which tells it from other commands' options. */
  public String label() {
    return label;
  }

  /** What holds when nobody says anything; empty for nothing. */
  public String fallback() {
    return fallback;
  }

  /** Whether it is there or not. */
  public boolean isFlag() {
    return kind == Kind.FLAG;
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }

  static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(s -> s.key().equals(key)).findFirst();
  }
}
