/**
 * JSON Schema of what users write, made from the forms of modules and the keywords of the language.
 */
@NullMarked
package dev.hactl.cli.schema;

import org.jspecify.annotations.NullMarked;
