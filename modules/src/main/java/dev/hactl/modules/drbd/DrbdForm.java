package dev.hactl.modules.drbd;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.modules.drbd.DrbdWish.Fencing;
import dev.hactl.modules.drbd.DrbdWish.FileWish;
import dev.hactl.modules.drbd.DrbdWish.FirstSync;
import dev.hactl.modules.nodes.MemberAddresses;
import dev.hactl.modules.text.Tainted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/** The parameters of a resource. */
final class DrbdForm {
  private DrbdForm() {}

  /** The form; throws {@link BadValue} for what does not go together. */
  static Form<DrbdWish> form() {
    var form = Form.builder().atMostOne("content", "template");
    var resource = form.required("resource", Types.NAME, "The resource's name.", "name");
    var device =
        form.required(
            "device",
            Types.NAME.map("device", DrbdForm::minor),
            "Its device: /dev/drbdN or N.",
            "minor");
    var disk = form.required("disk", Types.PATH, "The disk below it, on every member.");
    var disks =
        form.optional("disks", NODES, "Other paths of the disk, by node name, where they differ.");
    var meta =
        form.optionalText(
            "meta_disk",
            "internal",
            "Where its metadata is: internal, or the path of a disk that holds nothing else.",
            "meta-disk");
    var address =
        form.optional(
            "address",
            MemberAddresses.TYPE,
            "The address of each node by node name, or a network in which each has one.",
            "addresses");
    var port = form.optional("port", Types.INTEGER, 7789L, "The TCP port, on all members.");
    var protocol =
        form.optional("protocol", PROTOCOL, "When a write is done: A, B or C, the default.");
    var fencing =
        form.optional(
            "fencing",
            Types.oneOf(Fencing.class),
            "What to do when the peer is lost; other than dont-care also sets the handlers that"
                + " make Pacemaker keep the peer from promotion until it is in sync again.");
    var net = form.optional("net", OptionSection.TYPE, "Options of 'net'.");
    var diskOptions = form.optional("disk_options", OptionSection.TYPE, "Options of 'disk'.");
    var handlers = form.optional("handlers", OptionSection.TYPE, "Handlers.");
    var options = form.optional("options", OptionSection.TYPE, "Options of 'options'.");
    var startup = form.optional("startup", OptionSection.TYPE, "Options of 'startup'.");
    var content =
        form.optional("content", Tainted.TYPE, "The whole resource file, instead of options.");
    var template =
        form.optional("template", Types.TEMPLATE, "A template of the whole resource file.");
    var up =
        form.optional(
            "up", Types.BOOL, true, "Whether to bring it up where Pacemaker does not manage it.");
    var sync =
        form.optional(
            "initial_sync",
            Types.oneOf(FirstSync.class),
            FirstSync.FULL,
            "How replicas that are all new become one: skip declares empty disks equal, full"
                + " copies one over the others, none leaves that to somebody else.");
    var source =
        form.optional("source", Types.NAME, "Whose disk a full first sync copies; else the first.");
    var primary =
        form.optional(
            "primary",
            Types.NAME,
            "The member that becomes Primary when no member is, for example to make a file system;"
                + " without effect once Pacemaker manages the resource.");
    var waits =
        form.optional("wait", Types.BOOL, true, "Whether to wait until all replicas are in sync.");
    var deadline =
        form.optional("sync_timeout", Types.SECONDS, Duration.ofHours(12), "How long at most.");
    var stall =
        form.optional(
            "stall", Types.SECONDS, Duration.ofMinutes(5), "How long nothing may move meanwhile.");
    return form.into(a -> {
      Optional<Content> own = a.get(template).or(() -> a.get(content).map(Tainted::content));
      var file =
          new FileWish(
              a.get(address).orElseGet(() -> new MemberAddresses(new LinkedHashMap<>(), "")),
              Math.toIntExact(a.get(port)),
              a.get(protocol).orElse("C"),
              a.get(fencing),
              a.get(net).orElse(OptionSection.NONE),
              a.get(diskOptions).orElse(OptionSection.NONE),
              a.get(handlers).orElse(OptionSection.NONE),
              a.get(options).orElse(OptionSection.NONE),
              a.get(startup).orElse(OptionSection.NONE));
      var wish =
          new DrbdWish(
              a.get(resource),
              a.get(device),
              a.get(disk),
              a.get(disks).orElseGet(LinkedHashMap::new),
              a.get(meta),
              own,
              file,
              a.get(up),
              a.get(sync),
              a.get(source),
              a.get(primary),
              a.get(waits),
              a.get(deadline),
              a.get(stall));
      check(wish);
      return wish;
    });
  }

  private static final Type.Plain<String> PROTOCOL =
      Types.NAME.map("one of A, B, C", DrbdForm::protocol);

  private static String protocol(String text) {
    if (!text.matches("[ABCabc]")) {
      throw new BadValue("'" + text + "' is no protocol", "write A, B or C; see drbd.conf(5)");
    }
    return text.toUpperCase(Locale.ROOT);
  }

  private static final Type.Plain<SequencedMap<String, String>> NODES =
      Types.DICT
          .map(
              "mapping from nodes to paths",
              given -> {
                SequencedMap<String, String> paths = new LinkedHashMap<>();
                given.forEach((node, path) -> paths.put(node, Types.PATH.convert().apply(path)));
                return paths;
              })
          .openly();

  private static int minor(String text) {
    String digits = text.replaceFirst("^/dev/drbd", "");
    if (!digits.matches("\\d{1,6}") || Integer.parseInt(digits) >= 1 << 20) {
      throw new BadValue("'" + text + "' is not a DRBD device", "write /dev/drbd1, or 1");
    }
    return Integer.parseInt(digits);
  }

  private static void check(DrbdWish wish) {
    if (!wish.resource().matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,126}")) {
      throw new BadValue("'" + wish.resource() + "' cannot be the name of a resource");
    }
    if (!wish.metaDisk().equals("internal") && !wish.metaDisk().matches("/[A-Za-z0-9_./+-]+")) {
      throw new BadValue("'" + wish.metaDisk() + "' is neither 'internal' nor the path of a disk");
    }
    var paths = new ArrayList<>(wish.disks().values());
    paths.add(wish.disk());
    for (String path : paths) {
      if (!path.matches("/[A-Za-z0-9_./:+-]+") || path.matches("/dev/drbd\\d+")) {
        throw new BadValue("'" + path + "' cannot be the disk of a resource");
      }
    }
    FileWish file = wish.file();
    if (file.port() < 1 || file.port() > 65535) {
      throw new BadValue("the port " + file.port() + " does not exist");
    }
    boolean addressed =
        !file.addresses().given().isEmpty() || !file.addresses().network().isEmpty();
    if (wish.own().isEmpty() && !addressed) {
      throw new BadValue("the nodes need an address", "give 'address', or a 'template'");
    }
    if (wish.own().isPresent()) {
      checkOwn(wish, wish.own().get());
    }
  }

  /** An own file describes this resource, this device and this disk, or the probe looks astray. */
  private static void checkOwn(DrbdWish wish, Content own) {
    String text = own instanceof Content.Inline inline ? inline.text() : "";
    List<ResourceFile.Claims> claims = ResourceFile.claims(text);
    boolean fits =
        claims.size() == 1
            && claims.getFirst().resource().equals(wish.resource())
            && claims.getFirst().minors().contains(wish.device())
            && claims.getFirst().disks().contains(wish.disk());
    if (!fits) {
      throw new BadValue(
          "the file does not describe the resource %s with /dev/drbd%d on %s, and nothing else"
              .formatted(wish.resource(), wish.device(), wish.disk()),
          "'resource', 'device' and 'disk' must say what the file says");
    }
  }
}
