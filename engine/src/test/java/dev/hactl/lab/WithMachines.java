package dev.hactl.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class of the level "machine": two machines with their own kernel, {@link LabMachine}
 * parameters with {@link OnMachine}. Every such class begins with both machines running, their
 * disks as before the first boot and all links whole. The build runs these classes only with {@code
 * -Pmachines}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag("machine")
@ExtendWith(LabMachines.class)
public @interface WithMachines {}
