package dev.hactl.modules.storage;

import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.modules.look.Look;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image, the loop devices of its host and the unit that attaches it.
 *
 * @param image the image
 * @param loops every loop device of the kernel
 * @param unit the text of the unit's file; empty when there is none
 * @param enabled whether the unit is pulled in at boot
 * @param systemd whether systemd runs here
 * @param losetup whether there is a losetup(8)
 */
record LoopState(
    Image image,
    List<LoopDevice> loops,
    Optional<String> unit,
    boolean enabled,
    boolean systemd,
    boolean losetup) {

  /** What stands at a path. */
  enum Kind {
    MISSING,
    FILE,
    OTHER
  }

  /**
   * The image.
   *
   * @param real its path with links resolved
   * @param parent whether its directory is there
   * @param bytes its size
   * @param written whether any block of it was ever written
   * @param signatures what it bears
   */
  record Image(
      Kind kind,
      String real,
      boolean parent,
      long bytes,
      boolean written,
      List<Signature> signatures) {}

  /** Looks at all of it. */
  static Probe<LoopState> probe(LoopWish wish) {
    return Look.at("loops", Tables.LOOPS)
        .and("image", image(wish))
        .and("signs", "r=" + Sh.quote(wish.path()) + "; [ -f \"$r\" ] || exit 0\n" + Signature.ASK)
        .and("unit", file(wish.unitFile()))
        .and(
            "around",
            "[ ! -e "
                + Sh.quote(wish.unitLink())
                + " ] || echo enabled\n"
                + "[ ! -d /run/systemd/system ] || echo systemd\n"
                + "! command -v losetup > /dev/null || echo losetup\n")
        .probe(LoopState::read);
  }

  private static String file(String path) {
    return "f=" + Sh.quote(path) + "; [ ! -e \"$f\" ] || { echo there; cat -- \"$f\"; }";
  }

  private static String image(LoopWish wish) {
    return "p="
        + Sh.quote(wish.path())
        + " d="
        + Sh.quote(wish.directory())
        + """

        printf 'real %s\\n' "$(readlink -f -- "$p")"
        [ ! -d "$d" ] || echo parent
        if [ -f "$p" ]; then
          echo 'kind file'; stat -L -c 'bytes %s' -- "$p"; stat -L -c 'blocks %b' -- "$p"
        elif [ -e "$p" ] || [ -h "$p" ]; then echo 'kind other'
        fi
        """;
  }

  private static LoopState read(Look.Seen seen) {
    Map<String, String> image = seen.words("image");
    Map<String, String> around = seen.words("around");
    Kind kind =
        switch (image.getOrDefault("kind", "")) {
          case "file" -> Kind.FILE;
          case "other" -> Kind.OTHER;
          default -> Kind.MISSING;
        };
    String unit = seen.text("unit");
    return new LoopState(
        new Image(
            kind,
            image.getOrDefault("real", ""),
            image.containsKey("parent"),
            Long.parseLong(image.getOrDefault("bytes", "0")),
            !image.getOrDefault("blocks", "0").equals("0"),
            Signature.parse(seen.text("signs"))),
        LoopDevice.parse(seen.text("loops")),
        unit.startsWith("there\n")
            ? Optional.of(unit.substring("there\n".length()))
            : Optional.empty(),
        around.containsKey("enabled"),
        around.containsKey("systemd"),
        around.containsKey("losetup"));
  }

  /** The devices that the image is attached to. */
  List<LoopDevice> attached() {
    return loops.stream().filter(l -> !l.free() && l.file().equals(image.real())).toList();
  }

  /** The device of a path. */
  Optional<LoopDevice> device(String path) {
    return loops.stream().filter(l -> l.path().equals(path)).findFirst();
  }

  /** The device that losetup(8) would take next. */
  String nextFree() {
    int number = 0;
    while (device("/dev/loop" + number).filter(l -> !l.free()).isPresent()) {
      number++;
    }
    return "/dev/loop" + number;
  }
}
