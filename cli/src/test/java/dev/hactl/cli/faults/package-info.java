/**
 * What can go wrong with hosts, seen through whole runs of {@code hactl apply} against real ones.
 *
 * <table>
 * <caption>Every fault, how a run ends, and the test that shows it</caption>
 * <tr><th>fault<th>exit<th>test
 * <tr><td>wrong key, unknown host key, changed host key, refused connection<td>4<td>LoginFaultsIT
 * <tr><td>wrong or missing sudo password, no right to sudo<td>4<td>LoginFaultsIT
 * <tr><td>NOPASSWD, requiretty, use_pty, MaxSessions 1<td>0<td>ConvergingIT
 * <tr><td>csh or fish as login shell, rc file that prints, umask 077, TMOUT<td>0<td>ConvergingIT
 * <tr><td>dash, bash --posix, mksh or BusyBox as sh<td>0<td>ConvergingIT
 * <tr><td>host that vanishes, link lost in an ordinary step<td>4<td>LostFaultsIT
 * <tr><td>link lost in a protected step, twice<td>0<td>LostFaultsIT
 * <tr><td>link lost in a package transaction<td>0<td>PackageFaultsIT
 * <tr><td>package that restarts the host's service manager or sshd<td>0<td>PackageFaultsIT
 * <tr><td>host locked by another run<td>7<td>LockFaultsIT
 * <tr><td>target disk full<td>2<td>TargetFaultsIT
 * <tr><td>bind-mounted target, symlinked target, 2 GB file<td>0<td>TargetFaultsIT
 * <tr><td>probe that hangs, step that hangs, unkillable process, syntax error<td>2<td>StepFaultsIT
 * <tr><td>text that reads stdin, daemon left behind, 100 MB of output, binary output<td>0<td>
 * StepFaultsIT
 * </table>
 *
 * <p>What each transport makes of these is tested beside the transport; here one case each shows
 * that the operator gets one clear message, the right exit code and a right recap.
 */
package dev.hactl.cli.faults;
