package dev.hactl.engine.model;

import dev.hactl.engine.source.Node;
import dev.hactl.engine.source.Place;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One module call with everything that play, blocks and the task itself say about it.
 *
 * @param id number within the play, from 0, handlers counted after tasks
 * @param name as written or the module's name; texts in it are rendered per host
 * @param module the module's name
 * @param args the module's arguments: a mapping, or a scalar for a free-form module
 * @param keywords how and when it runs
 * @param place where the task begins
 * @param modulePlace where the module's name stands
 * @param home the playbook and role it belongs to
 */
public record Task(
    int id,
    Node.Scalar name,
    String module,
    Node args,
    Keywords keywords,
    Place place,
    Place modulePlace,
    Home home)
    implements Item {
  /** The key under which a plain text stands when {@code args:} was given too. */
  public static final String FREE_FORM = "_free_form";

  /** How outputs call it: its name, after that of its role. */
  public String title() {
    return home.role().map(r -> r.name() + " : ").orElse("") + name.text();
  }

  /**
   * What tells a handler from all others of its play, also in later runs: its title, and which of
   * several uses of its role it belongs to.
   *
   * @param roles the roles of the play
   */
  public String handlerKey(List<Role> roles) {
    long before =
        home.role().stream()
            .flatMap(own ->
                roles.stream()
                    .filter(r -> r.number() < own.number() && r.name().equals(own.name())))
            .count();
    return before == 0 ? title() : title() + " #" + (before + 1);
  }

  @Override
  public List<Task> flat() {
    return List.of(this);
  }

  /**
   * Keywords, inherited ones merged.
   *
   * @param when conditions of play, blocks and task; all must hold
   * @param loop what to repeat the task over, as {@code item} or another name
   * @param loopControl how it goes through it
   * @param register the variable that gets the result
   * @param notifies handlers to run when the task changed something
   * @param listen topics a handler answers to besides its name
   * @param tags of play, blocks and task together
   * @param become run as another user
   * @param becomeUser which one
   * @param runOnce only on the first host of the batch
   * @param delegateTo run on another host
   * @param on which hosts it runs on, by what they are when it is reached
   * @param environment variables of the started programs, outer ones first
   * @param ignoreErrors a failure does not stop the host
   * @param changedWhen replaces the module's own verdict
   * @param failedWhen replaces the module's own verdict
   * @param until repeat until all hold
   * @param retries how often at most to repeat
   * @param delay seconds between tries
   * @param timeout seconds a step may take
   * @param noLog hide arguments, output and diff
   * @param checkMode override {@code --check} either way
   * @param diff override {@code --diff} either way
   * @param vars variables of blocks and task, outer ones first
   * @param allow consents: {@code disruptive} or a token
   * @param anyErrorsFatal a failing host stops all
   * @param ignoreUnreachable losing the host does not end its play
   * @param throttle on how many hosts at most at the same time
   * @param delegateFacts variables that the task sets are those of the host it is delegated to
   * @param detach where it says that it is started and the play goes on, if it does
   * @param transaction what the block says that makes one of it and its neighbours; equal for the
   *     tasks of one block and for no others, because it has a place
   */
  public record Keywords(
      List<Node.Scalar> when,
      Optional<Node> loop,
      LoopControl loopControl,
      Optional<String> register,
      List<Node.Scalar> notifies,
      List<String> listen,
      Set<String> tags,
      Optional<Boolean> become,
      Optional<Node.Scalar> becomeUser,
      boolean runOnce,
      Optional<Node.Scalar> delegateTo,
      Optional<OnTarget> on,
      List<Node.Mapping> environment,
      boolean ignoreErrors,
      List<Node.Scalar> changedWhen,
      List<Node.Scalar> failedWhen,
      List<Node.Scalar> until,
      Optional<Node.Scalar> retries,
      Optional<Node.Scalar> delay,
      Optional<Node.Scalar> timeout,
      boolean noLog,
      Optional<Boolean> checkMode,
      Optional<Boolean> diff,
      List<Node.Mapping> vars,
      List<Node.Scalar> allow,
      boolean anyErrorsFatal,
      boolean ignoreUnreachable,
      Optional<Integer> throttle,
      boolean delegateFacts,
      Optional<Place> detach,
      Optional<Node.Scalar> transaction) {}
}
