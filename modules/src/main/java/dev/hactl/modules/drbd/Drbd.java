package dev.hactl.modules.drbd;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.ClusterModule;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Diagnosis;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import dev.hactl.modules.drbd.DrbdWish.Fencing;
import dev.hactl.modules.drbd.DrbdWish.FileWish;
import dev.hactl.modules.drbd.DrbdWish.FirstSync;
import dev.hactl.modules.nodes.MemberAddresses;
import dev.hactl.modules.text.Tainted;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** A replicated disk on all members of a cluster. */
@HactlModule("drbd")
public final class Drbd implements ClusterModule<DrbdWish, DrbdState> {

  private static final String DESCRIPTION =
      """
      Writes /etc/drbd.d/RESOURCE.res, the same on all members, creates metadata where provably \
      nothing is, brings the resource up, and makes replicas that are all new one: either \
      declared equal, when their disks are empty ('initial_sync: skip'), or copied from one to the \
      others ('full', which needs the consent RESOURCE@SOURCE). What a running resource would do \
      with a changed file is asked of 'drbdadm -d adjust' and shown; options change in use, a new \
      address interrupts the replication and needs 'allow: disruptive', another disk is refused.

      Every member of the cluster is looked at, whatever --limit says, and nothing is changed \
      while one of them cannot be. A disk that bears a file system, another replica's metadata, or \
      data that no tool recognises is refused unless the consent names it. Replicas that were \
      changed apart from each other (split brain), or that never were the same, are refused, \
      whoever consents: hactl never decides whose data is lost. So write 'after-sb-1pri: \
      consensus' rather than 'discard-secondary', which makes DRBD decide that by itself.

      Once the cluster's configuration holds the resource (a primitive ocf:linbit:drbd), \
      Pacemaker alone brings it up and down and chooses the Primary; hactl then only keeps the \
      file, and the options of what runs. Names of options are those of drbd.conf(5), for the \
      DRBD that is there: 8.4 and 9 differ. Sources: drbd.conf(5), drbdadm(8), drbdmeta(8), the \
      DRBD User's Guide.\
      """;

  @Override
  public Manual manual() {
    return new Manual(
        "Manage a replicated disk on all members of a cluster",
        DESCRIPTION,
        Manual.Kind.STATE,
        Manual.Scope.CLUSTER,
        Manual.LabLevel.MACHINE,
        List.of(
            Example.of(
                "Two empty disks become one, without copying",
                """
                - drbd:
                    resource: skydata
                    device: /dev/drbd1
                    disk: /dev/vdb
                    address: {db1: 192.0.2.1, db2: 192.0.2.2}
                    net: {verify-alg: crc32c, csums-alg: crc32c}
                    disk_options: {on-io-error: detach}
                    fencing: resource-only
                    initial_sync: skip
                    primary: db1
                  register: skydata
                """),
            Example.of(
                "Addresses by the network, and a first sync from db1",
                """
                - drbd:
                    resource: mail
                    device: 2
                    disk: /dev/vg0/mail
                    address: 198.51.100.0/24
                    port: 7790
                    initial_sync: full
                    source: db1
                  allow: mail@db1
                """)),
        List.of(
            new Return("resource", "its name"),
            new Return("device", "the path of its device"),
            new Return("minor", "the number of its device"),
            new Return("primary", "the member that is Primary; empty when none is"),
            new Return("roles", "the role on each member that was observed"),
            new Return("disks", "the state of each replica"),
            new Return("synced", "whether all replicas are connected and UpToDate")));
  }

  @Override
  public Form<DrbdWish> form() {
    var form = Form.builder().atMostOne("content", "template");
    var resource = form.required("resource", Types.NAME, "The resource's name.", "name");
    var device =
        form.required(
            "device",
            Types.NAME.map("device", Drbd::minor),
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
      Types.NAME.map("one of A, B, C", Drbd::protocol);

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

  @Override
  public Probe<DrbdState> probe(DrbdWish wish) {
    return DrbdProbe.probe(wish);
  }

  @Override
  public ClusterDecision<DrbdState> plan(DrbdWish wish, Members<DrbdState> observed) {
    return new DrbdPlan(wish, observed).decide();
  }

  @Override
  public Optional<Diagnosis> diagnose(DrbdWish wish, Members<DrbdState> observed) {
    String text =
        observed.observed().entrySet().stream()
            .map(e ->
                e.getKey()
                    + ": "
                    + e.getValue().replica().map(Drbd::standing).orElse("the resource is down"))
            .collect(Collectors.joining("\n"));
    boolean apart =
        observed.observed().values().stream()
            .anyMatch(s -> s.replica().filter(Replica::standAlone).isPresent());
    return Optional.of(new Diagnosis(text, apart));
  }

  private static String standing(Replica replica) {
    return replica.show()
        + (replica.outOfSync() > 0
            ? ", " + DrbdPlan.size(replica.outOfSync() * 1024) + " out of sync"
            : "");
  }

  @Override
  public Value.Dict result(DrbdWish wish, Members<DrbdState> observed) {
    var roles = new LinkedHashMap<String, Value>();
    var disks = new LinkedHashMap<String, Value>();
    observed
        .observed()
        .forEach((name, state) ->
            state
                .replica()
                .ifPresent(r -> {
                  roles.put(name, new Value.Text(r.role(), false));
                  disks.put(name, new Value.Text(r.disk(), false));
                }));
    String primary =
        roles.entrySet().stream()
            .filter(e -> e.getValue().equals(new Value.Text("Primary", false)))
            .map(java.util.Map.Entry::getKey)
            .findFirst()
            .orElse("");
    boolean synced =
        observed.complete()
            && observed.everywhere(
                s -> s.replica().filter(r -> r.upToDate() && r.connected()).isPresent());
    var result = new LinkedHashMap<String, Value>();
    result.put("resource", new Value.Text(wish.resource(), false));
    result.put("device", new Value.Text(wish.devicePath(), false));
    result.put("minor", new Value.Num(BigDecimal.valueOf(wish.device()), false));
    result.put("primary", new Value.Text(primary, false));
    result.put("roles", new Value.Dict(roles));
    result.put("disks", new Value.Dict(disks));
    result.put("synced", new Value.Bool(synced, false));
    return new Value.Dict(result);
  }
}
