package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import freemarker.ext.beans.DefaultMemberAccessPolicy;
import freemarker.template.Configuration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The rules in resources/freemarker, which are read faster than FreeMarker's own, allow nothing.
 */
class TemplatesSeeNoObjectsTest {
  @Test
  void noMethodOfJavaIsWithinReach() {
    var text =
        DefaultMemberAccessPolicy.getInstance(Configuration.VERSION_2_3_34).forClass(String.class);
    assertFalse(Arrays.stream(String.class.getMethods()).anyMatch(text::isMethodExposed));
  }
}
