package io.fleetcompat.oracle.simulated;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A change of one method of the product, as somebody could have written it by mistake.
 *
 * @param name what was mistaken
 * @param owner the class, below {@code io.fleetcompat}
 * @param method every method of this name
 * @param edit of its instructions
 */
record Mutation(String name, String owner, String method, Edit edit) {

  /** A change of one instruction; true where it was changed. */
  interface Edit {
    boolean accept(CodeBuilder code, CodeElement element, MethodModel method);
  }

  private static final Map<Opcode, Opcode> OPPOSITES =
      Map.ofEntries(
          Map.entry(Opcode.IFEQ, Opcode.IFNE),
          Map.entry(Opcode.IFNE, Opcode.IFEQ),
          Map.entry(Opcode.IFLT, Opcode.IFGE),
          Map.entry(Opcode.IFGE, Opcode.IFLT),
          Map.entry(Opcode.IFGT, Opcode.IFLE),
          Map.entry(Opcode.IFLE, Opcode.IFGT),
          Map.entry(Opcode.IFNULL, Opcode.IFNONNULL),
          Map.entry(Opcode.IFNONNULL, Opcode.IFNULL),
          Map.entry(Opcode.IF_ICMPEQ, Opcode.IF_ICMPNE),
          Map.entry(Opcode.IF_ICMPNE, Opcode.IF_ICMPEQ),
          Map.entry(Opcode.IF_ICMPLT, Opcode.IF_ICMPGE),
          Map.entry(Opcode.IF_ICMPGE, Opcode.IF_ICMPLT),
          Map.entry(Opcode.IF_ICMPGT, Opcode.IF_ICMPLE),
          Map.entry(Opcode.IF_ICMPLE, Opcode.IF_ICMPGT));

  /** The neighbours of comparisons with the bound: {@code >} and {@code >=}. */
  private static final Map<Opcode, Opcode> OFF_BY_ONE =
      Map.of(
          Opcode.IFLT, Opcode.IFLE,
          Opcode.IFLE, Opcode.IFLT,
          Opcode.IFGT, Opcode.IFGE,
          Opcode.IFGE, Opcode.IFGT,
          Opcode.IF_ICMPLT, Opcode.IF_ICMPLE,
          Opcode.IF_ICMPLE, Opcode.IF_ICMPLT,
          Opcode.IF_ICMPGT, Opcode.IF_ICMPGE,
          Opcode.IF_ICMPGE, Opcode.IF_ICMPGT);

  /** A call that is not made; what it would have given is null, 0 or false. */
  static Mutation without(String name, String owner, String method, String call) {
    return new Mutation(
        name,
        owner,
        method,
        (code, element, in) -> {
          if (element instanceof InvokeInstruction invoke
              && invoke.name().stringValue().equals(call)) {
            skip(code, invoke);
            return true;
          }
          return false;
        });
  }

  private static void skip(CodeBuilder code, InvokeInstruction invoke) {
    MethodTypeDesc type = invoke.typeSymbol();
    List<ClassDesc> parameters = type.parameterList();
    for (int i = parameters.size() - 1; i >= 0; i--) {
      pop(code, TypeKind.from(parameters.get(i)));
    }
    if (invoke.opcode() != Opcode.INVOKESTATIC) {
      code.pop();
    }
    constant(code, TypeKind.from(type.returnType()), 0);
  }

  private static void pop(CodeBuilder code, TypeKind kind) {
    if (kind.slotSize() == 2) {
      code.pop2();
    } else {
      code.pop();
    }
  }

  private static void constant(CodeBuilder code, TypeKind kind, long value) {
    switch (kind) {
      case VOID -> {}
      case LONG -> code.loadConstant(value);
      case FLOAT -> code.loadConstant((float) value);
      case DOUBLE -> code.loadConstant((double) value);
      case REFERENCE -> code.aconst_null();
      default -> code.loadConstant((int) value);
    }
  }

  /** A method that gives always the same, or null where it gives no number. */
  static Mutation always(String name, String owner, String method, long value) {
    return new Mutation(
        name,
        owner,
        method,
        (code, element, in) -> {
          TypeKind kind = TypeKind.from(in.methodTypeSymbol().returnType());
          if (element instanceof java.lang.classfile.instruction.ReturnInstruction) {
            pop(code, kind);
            constant(code, kind, value);
            code.return_(kind);
            return true;
          }
          return false;
        });
  }

  /** A condition that is the other way round: the branch of that number. */
  static Mutation opposite(String name, String owner, String method, int number) {
    return branch(name, owner, method, number, OPPOSITES);
  }

  /** A condition that takes the bound in, or leaves it out. */
  static Mutation offByOne(String name, String owner, String method, int number) {
    return branch(name, owner, method, number, OFF_BY_ONE);
  }

  private static Mutation branch(
      String name, String owner, String method, int number, Map<Opcode, Opcode> changes) {
    AtomicInteger met = new AtomicInteger();
    return new Mutation(
        name,
        owner,
        method,
        (code, element, in) -> {
          if (element instanceof BranchInstruction branch
              && changes.containsKey(branch.opcode())
              && met.getAndIncrement() == number) {
            code.branch(changes.get(branch.opcode()), branch.target());
            return true;
          }
          return false;
        });
  }

  /** Another method of the same form is called instead. */
  static Mutation calling(String name, String owner, String method, String from, String to) {
    return new Mutation(
        name,
        owner,
        method,
        (code, element, in) -> {
          if (element instanceof InvokeInstruction invoke
              && invoke.name().stringValue().equals(from)) {
            code.invoke(
                invoke.opcode(),
                invoke.owner().asSymbol(),
                to,
                invoke.typeSymbol(),
                invoke.isInterface());
            return true;
          }
          return false;
        });
  }

  /** The last two values of a call, of one type, change places. */
  static Mutation swapping(String name, String owner, String method, String call) {
    return new Mutation(
        name,
        owner,
        method,
        (code, element, in) -> {
          if (element instanceof InvokeInstruction invoke
              && invoke.name().stringValue().equals(call)) {
            code.swap();
            code.with(element);
            return true;
          }
          return false;
        });
  }

  /** Another field of the same type is read instead. */
  static Mutation reading(String name, String owner, String method, String from, String to) {
    return new Mutation(
        name,
        owner,
        method,
        (code, element, in) -> {
          if (element instanceof FieldInstruction read
              && read.opcode() == Opcode.GETFIELD
              && read.name().stringValue().equals(from)) {
            code.getfield(read.owner().asSymbol(), to, read.typeSymbol());
            return true;
          }
          return false;
        });
  }

  /** A field that is not set. */
  static Mutation keeping(String name, String owner, String method, String field) {
    return new Mutation(
        name,
        owner,
        method,
        (code, element, in) -> {
          if (element instanceof FieldInstruction write
              && write.opcode() == Opcode.PUTFIELD
              && write.name().stringValue().equals(field)) {
            pop(code, TypeKind.from(write.typeSymbol()));
            code.pop();
            return true;
          }
          return false;
        });
  }

  /** The name of the class. */
  String className() {
    return "io.fleetcompat." + owner;
  }

  /**
   * The class with this change.
   *
   * @throws IllegalStateException where nothing is changed: the product is another than it was
   */
  byte[] apply(ClassFile classFile, ClassModel model) {
    AtomicInteger changed = new AtomicInteger();
    ClassTransform transform =
        (classBuilder, element) -> {
          if (element instanceof MethodModel in
              && in.methodName().stringValue().equals(method)
              && in.code().isPresent()
              && !in.flags().has(java.lang.reflect.AccessFlag.BRIDGE)) {
            CodeTransform edited =
                (code, instruction) -> {
                  if (edit.accept(code, instruction, in)) {
                    changed.incrementAndGet();
                  } else {
                    code.with(instruction);
                  }
                };
            classBuilder.transformMethod(
                in, java.lang.classfile.MethodTransform.transformingCode(edited));
          } else {
            classBuilder.with(element);
          }
        };
    byte[] bytes = classFile.transformClass(model, transform);
    if (changed.get() == 0) {
      throw new IllegalStateException(
          "%s: nothing to change in %s.%s".formatted(name, owner, method));
    }
    return bytes;
  }
}
