package dev.hactl.modules.control;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A TCP port as the managed host sees it.
 *
 * @param host name or address
 * @param number 1 to 65535
 * @param timeout how long one connection may take
 */
record Port(String host, long number, Duration timeout) {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*|[0-9a-fA-F:]+");
  private static final Pattern LOOPBACK = Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

  /** The type of a port number. */
  static final Type.Plain<Long> NUMBER =
      Types.INTEGER.map(
          "port",
          n -> {
            if (n < 1 || n > 65535) {
              throw new BadValue("a port is a number from 1 to 65535, this is " + n);
            }
            return n;
          });

  /** Refuses what is neither a name nor an address. */
  Port {
    if (!HOST.matcher(host).matches()) {
      throw new BadValue("'" + host + "' is neither a host name nor an address");
    }
  }

  /** The question whether the port accepts connections, and says what is sought. */
  Probe<Sight> look(Optional<SearchPattern> search) {
    String text = search.map(this::reading).orElseGet(() -> local().orElseGet(this::connecting));
    return Probe.sh(text, Sight::of).within(timeout.plusSeconds(5)).shared();
  }

  /**
   * Reads the kernel's list of listening sockets with builtins alone; proc(5). Addresses are words
   * in the host's byte order, so both orders are compared. Listening sockets stand first: the walk
   * ends before the connections of a busy host.
   */
  private Optional<String> local() {
    return addresses()
        .map(accepted ->
            """
            for f in /proc/net/tcp /proc/net/tcp6; do
              [ -r "$f" ] || continue
              while read -r slot address peer state rest; do
                case $slot in [0-9]*) ;; *) continue ;; esac
                [ "$state" = 0A ] || break
                case $address in %s) exit %d ;; esac
              done < "$f"
            done
            exit %d
            """
                .formatted(accepted, Sight.AS_SOUGHT.status(), Sight.ABSENT.status()));
  }

  private Optional<String> addresses() {
    String port = String.format(Locale.ROOT, ":%04X", number);
    String any4 = "0".repeat(8) + port;
    String any6 = "0".repeat(32) + port;
    String one6 = "0".repeat(24) + "01000000" + port + "|" + "0".repeat(24) + "00000001" + port;
    if (host.equals("::1")) {
      return Optional.of(any6 + "|" + one6);
    }
    boolean name = host.equals("localhost");
    if (!name && !LOOPBACK.matcher(host).matches()) {
      return Optional.empty();
    }
    String[] bytes = (name ? "127.0.0.1" : host).split("\\.");
    var big = new StringBuilder();
    var little = new StringBuilder();
    for (String digits : bytes) {
      String two = String.format(Locale.ROOT, "%02X", Integer.parseInt(digits));
      big.append(two);
      little.insert(0, two);
    }
    String mapped4 = "0".repeat(16) + "FFFF0000" + little + port;
    String mappedBig = "0".repeat(16) + "0000FFFF" + big + port;
    return Optional.of(
        String.join("|", any4, little + port, big + port, any6, mapped4, mappedBig)
            + (name ? "|" + one6 : ""));
  }

  private long seconds() {
    return Math.max(1, (timeout.toMillis() + 999) / 1000);
  }

  private String variables() {
    return "h=%s p=%d s=%d t=\ncommand -v timeout > /dev/null 2>&1 && t=\"timeout $s\"\n"
        .formatted(Sh.quote(host), number, seconds());
  }

  private String connecting() {
    return variables()
        + """
        has() { command -v "$1" > /dev/null 2>&1; }
        if has bash; then $t bash -c ': < "/dev/tcp/$1/$2"' - "$h" "$p"
        elif has python3; then
          python3 -c 'import socket as s, sys; s.create_connection((sys.argv[1], int(sys.argv[2])), int(sys.argv[3]))' "$h" "$p" "$s"
        elif has perl; then
          perl -MIO::Socket::IP -e 'exit !IO::Socket::IP->new(PeerHost=>$ARGV[0], PeerPort=>$ARGV[1], Timeout=>$ARGV[2])' "$h" "$p" "$s"
        elif has nc; then
          case $(nc -h 2>&1) in
            *-z*) nc -z -w "$s" "$h" "$p" ;;
            *-e*) nc -w "$s" "$h" "$p" -e true ;;
            *) exit %d ;;
          esac
        elif has curl; then
          case $h in *:*) h="[$h]" ;; esac
          case $(curl -s -o /dev/null -m "$s" -w '%%{time_connect}' "telnet://$h:$p") in
            0 | 0?000000) false ;;
            *) : ;;
          esac
        else exit %d
        fi < /dev/null > /dev/null 2>&1 && exit %d
        exit %d
        """
            .formatted(
                Sight.NO_TOOL.status(),
                Sight.NO_TOOL.status(),
                Sight.AS_SOUGHT.status(),
                Sight.ABSENT.status());
  }

  /**
   * Reads what the port says by itself. The connecting program first says its process id, so that
   * it can be ended as soon as the text was found instead of when the port falls silent.
   */
  private String reading(SearchPattern search) {
    return variables()
        + """
        has() { command -v "$1" > /dev/null 2>&1; }
        says() {
          if has bash; then $t bash -c 'exec 3<> "/dev/tcp/$1/$2" || exit; echo "$$"; exec cat <&3' - "$h" "$p"
          elif has python3; then
            $t python3 -uc 'import os, socket, sys
        c = socket.create_connection((sys.argv[1], int(sys.argv[2])), int(sys.argv[3]))
        print(os.getpid())
        while True:
          d = c.recv(4096)
          if not d: break
          os.write(1, d)' "$h" "$p" "$s"
          elif has perl; then
            $t perl -MIO::Socket::IP -e '$| = 1; $c = IO::Socket::IP->new(PeerHost=>$ARGV[0], PeerPort=>$ARGV[1], Timeout=>$ARGV[2]) or exit 1; print "$$\\n"; print $d while sysread $c, $d, 4096' "$h" "$p" "$s"
          fi
        }
        has bash || has python3 || has perl || exit %d
        says < /dev/null 2> /dev/null | {
          read -r pid || exit %d
          %s; found=$?
          kill "$pid" 2> /dev/null
          [ "$found" = 0 ] && exit %d
          exit %d
        }
        """
            .formatted(
                Sight.NO_TOOL.status(),
                Sight.ABSENT.status(),
                PathLook.grep(search),
                Sight.AS_SOUGHT.status(),
                Sight.OTHERWISE.status());
  }

  @Override
  public String toString() {
    return "port " + number + " of " + host;
  }
}
