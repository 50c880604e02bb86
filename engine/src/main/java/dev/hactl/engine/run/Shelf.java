package dev.hactl.engine.run;

import dev.hactl.engine.plan.LocalFiles;
import dev.hactl.engine.template.Renderer;
import dev.hactl.engine.template.TemplateFiles;

/**
 * Where the files that tasks name are looked for: beside their playbook, and in their role first.
 *
 * @param renderer renders texts and these templates
 * @param files finds files on the controller
 * @param templates finds templates on the controller
 */
record Shelf(Renderer renderer, LocalFiles files, TemplateFiles templates) {}
