package dev.hactl.engine.value;

import dev.hactl.engine.source.Place;

/**
 * Where a variable got its value.
 *
 * @param scope what kind of source it was, e.g. {@code group_vars}, {@code register}, {@code -e}
 * @param place the place in it
 */
public record Origin(String scope, Place place) {
  @Override
  public String toString() {
    return place.toString().equals(scope) ? scope : scope + " (" + place + ")";
  }
}
