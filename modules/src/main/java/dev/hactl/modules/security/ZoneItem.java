package dev.hactl.modules.security;

import dev.hactl.engine.module.Sh;
import java.util.Optional;

/** What a task wants in a zone: one thing at a time. */
sealed interface ZoneItem {

  /** Whether a zone has it. */
  boolean in(Zones.Zone zone);

  /** The option of firewall-cmd that adds or removes it. */
  String option(boolean add);

  /** As an operator reads it. */
  String shown();

  /** Whether having it ({@code true}) or lacking it keeps packets out that came in before. */
  boolean closes(boolean has);

  /**
   * A value in one of a zone's lists.
   *
   * @param kind as firewall-cmd's options name it
   * @param property as {@code --list-all} names the list
   */
  record Listed(String kind, String property, String value) implements ZoneItem {
    @Override
    public boolean in(Zones.Zone zone) {
      return zone.values(property).contains(value);
    }

    @Override
    public String option(boolean add) {
      // An interface or source belongs to one zone; "change" takes it from where it is.
      boolean moves = add && (kind.equals("interface") || kind.equals("source"));
      return "--" + (moves ? "change-" : add ? "add-" : "remove-") + kind + "=" + Sh.quote(value);
    }

    @Override
    public String shown() {
      return kind + " " + value;
    }

    @Override
    public boolean closes(boolean has) {
      return kind.equals("icmp-block")
          ? has
          : !has || kind.equals("interface") || kind.equals("source");
    }
  }

  /** A rule of the rich language. */
  record Rich(String rule) implements ZoneItem {
    private Optional<String> found(Zones.Zone zone) {
      return zone.values("rich rules").stream()
          .filter(r -> RichRule.normal(r).equals(RichRule.normal(rule)))
          .findFirst();
    }

    @Override
    public boolean in(Zones.Zone zone) {
      return found(zone).isPresent();
    }

    @Override
    public String option(boolean add) {
      return "--" + (add ? "add" : "remove") + "-rich-rule=" + Sh.quote(rule);
    }

    @Override
    public String shown() {
      return "rich rule " + rule;
    }

    @Override
    public boolean closes(boolean has) {
      return RichRule.closes(rule) == has;
    }
  }

  /** Something a zone does or does not. */
  record Switch(String name) implements ZoneItem {
    @Override
    public boolean in(Zones.Zone zone) {
      return zone.values(name).contains("yes");
    }

    @Override
    public String option(boolean add) {
      return "--" + (add ? "add-" : "remove-") + name;
    }

    @Override
    public String shown() {
      return name;
    }

    @Override
    public boolean closes(boolean has) {
      return name.equals("icmp-block-inversion") || !has;
    }
  }

  /** What happens to packets that nothing else takes; kept only, it has no runtime form. */
  record Target(String target) implements ZoneItem {
    @Override
    public boolean in(Zones.Zone zone) {
      return zone.values("target").contains(target);
    }

    @Override
    public String option(boolean add) {
      return "--set-target=" + Sh.quote(add ? target : "default");
    }

    @Override
    public String shown() {
      return "target " + target;
    }

    @Override
    public boolean closes(boolean has) {
      return false;
    }
  }

  /** The zone itself; kept only. */
  record Itself() implements ZoneItem {
    @Override
    public boolean in(Zones.Zone zone) {
      return true;
    }

    @Override
    public String option(boolean add) {
      return add ? "--new-zone=" : "--delete-zone=";
    }

    @Override
    public String shown() {
      return "the zone";
    }

    @Override
    public boolean closes(boolean has) {
      return false;
    }
  }
}
