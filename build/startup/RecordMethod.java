import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;

/**
 * The equals or hashCode of a record, as {@code java.lang.runtime.ObjectMethods} says: components of
 * primitive types are compared as their wrappers do it.
 *
 * @param fields where the components are, in order
 */
record RecordMethod(ClassDesc self, Kind kind, List<DirectMethodHandleDesc> fields)
    implements InlineBootstraps.Method {
  private static final ClassDesc BOOTSTRAPS = ClassDesc.of("java.lang.runtime.ObjectMethods");
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

  /** Which of the two. */
  enum Kind {
    EQUALS,
    HASH_CODE
  }

  /** The method behind the call, if it is one of the two. */
  static Optional<InlineBootstraps.Method> of(InvokeDynamicInstruction call) {
    if (!call.bootstrapMethod().owner().equals(BOOTSTRAPS)) {
      return Optional.empty();
    }
    Optional<Kind> kind =
        switch (call.name().stringValue()) {
          case "equals" -> Optional.of(Kind.EQUALS);
          case "hashCode" -> Optional.of(Kind.HASH_CODE);
          default -> Optional.empty(); // toString is for messages
        };
    return kind.map(
        k ->
            new RecordMethod(
                call.typeSymbol().parameterType(0),
                k,
                call.bootstrapArgs().stream()
                    .filter(DirectMethodHandleDesc.class::isInstance)
                    .map(DirectMethodHandleDesc.class::cast)
                    .toList()));
  }

  @Override
  public MethodTypeDesc type() {
    return switch (kind) {
      case EQUALS -> MethodTypeDesc.of(CD_boolean, self, CD_Object);
      case HASH_CODE -> MethodTypeDesc.of(CD_int, self);
    };
  }

  @Override
  public void body(CodeBuilder code) {
    switch (kind) {
      case EQUALS -> equal(code);
      case HASH_CODE -> hash(code);
    }
  }

  private void equal(CodeBuilder code) {
    Label other = code.newLabel();
    Label different = code.newLabel();
    code.aload(0).aload(1).if_acmpne(other).iconst_1().ireturn().labelBinding(other);
    code.aload(1).instanceOf(self).ifeq(different);
    code.aload(1).checkcast(self).astore(2);
    for (DirectMethodHandleDesc field : fields) {
      ClassDesc type = component(field);
      get(code, 0, field);
      get(code, 2, field);
      if (type.isPrimitive()) {
        code.invokestatic(wrapper(type), "compare", MethodTypeDesc.of(CD_int, type, type));
        code.ifne(different);
      } else {
        code.invokestatic(
            OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object));
        code.ifeq(different);
      }
    }
    code.iconst_1().ireturn().labelBinding(different).iconst_0().ireturn();
  }

  private void hash(CodeBuilder code) {
    code.iconst_0().istore(1);
    for (DirectMethodHandleDesc field : fields) {
      ClassDesc type = component(field);
      code.iload(1).loadConstant(31).imul();
      get(code, 0, field);
      ClassDesc owner = type.isPrimitive() ? wrapper(type) : OBJECTS;
      ClassDesc argument = type.isPrimitive() ? type : CD_Object;
      code.invokestatic(owner, "hashCode", MethodTypeDesc.of(CD_int, argument));
      code.iadd().istore(1);
    }
    code.iload(1).ireturn();
  }

  private void get(CodeBuilder code, int local, DirectMethodHandleDesc field) {
    code.aload(local).getfield(self, field.methodName(), component(field));
  }

  private static ClassDesc component(DirectMethodHandleDesc field) {
    return field.invocationType().returnType();
  }

  private static ClassDesc wrapper(ClassDesc primitive) {
    return ClassDesc.of(
        "java.lang."
            + switch (primitive.displayName()) {
              case "int" -> "Integer";
              case "char" -> "Character";
              default ->
                  Character.toUpperCase(primitive.displayName().charAt(0))
                      + primitive.displayName().substring(1);
            });
  }
}
