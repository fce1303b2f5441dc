import com.google.googlejavaformat.java.Main;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/// Checks the form of all Java sources below a folder (`check FOLDER`), or writes it (`write
/// FOLDER`): google-java-format, and the limits that CONTRIBUTING.md names.
///
/// A program and not a plugin, because it reads the syntax of the newest Java whatever Java Maven
/// itself runs on.
public final class Sources {
  private static final int FILE_LINES = 400;
  private static final int METHOD_LINES = 60;
  private static final int METHOD_PARAMETERS = 4;
  private static final int CONSTRUCTOR_PARAMETERS = 7;

  private final List<String> problems = new ArrayList<>();

  private Sources() {}

  public static void main(String[] args) throws Exception {
    boolean write = args[0].equals("write");
    List<Path> files = javaFiles(Path.of(args[1]));
    if (files.isEmpty()) {
      return;
    }
    var sources = new Sources();
    sources.format(write, files);
    sources.measure(files);
    sources.problems.forEach(System.err::println);
    if (!sources.problems.isEmpty()) {
      System.exit(1);
    }
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !root.relativize(path).toString().matches("(.*/)?target/.*"))
          .sorted()
          .toList();
    }
  }

  private void format(boolean write, List<Path> files) throws Exception {
    var args = new ArrayList<String>();
    args.addAll(write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    files.forEach(file -> args.add(file.toString()));
    var out = new PrintWriter(System.err, true);
    int exit = new Main(out, out, System.in).format(args.toArray(String[]::new));
    if (exit != 0) {
      problems.add("The files above are not formatted or do not parse: run .ci/format");
    }
  }

  private void measure(List<Path> files) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var inputs = manager.getJavaFileObjectsFromPaths(files);
      var options = List.of("-proc:none");
      var silent = PrintWriter.nullWriter();
      var task = (JavacTask) compiler.getTask(silent, manager, _ -> {}, options, null, inputs);
      for (CompilationUnitTree unit : task.parse()) {
        new Measure(unit, Trees.instance(task)).scan(unit, null);
      }
    }
  }

  private final class Measure extends TreeScanner<Void, ClassTree> {
    private final CompilationUnitTree unit;
    private final Trees trees;

    Measure(CompilationUnitTree unit, Trees trees) {
      this.unit = unit;
      this.trees = trees;
    }

    @Override
    public Void visitCompilationUnit(CompilationUnitTree tree, ClassTree outer) {
      long lines = line(trees.getSourcePositions().getEndPosition(unit, unit));
      if (lines > FILE_LINES) {
        report(1, "the file has " + lines + " lines, at most " + FILE_LINES);
      }
      return super.visitCompilationUnit(tree, outer);
    }

    @Override
    public Void visitClass(ClassTree type, ClassTree outer) {
      return super.visitClass(type, type);
    }

    @Override
    public Void visitMethod(MethodTree method, ClassTree type) {
      long start = line(trees.getSourcePositions().getStartPosition(unit, method));
      long lines = line(trees.getSourcePositions().getEndPosition(unit, method)) - start + 1;
      if (lines > METHOD_LINES) {
        report(start, method.getName() + " has " + lines + " lines, at most " + METHOD_LINES);
      }
      boolean constructor = method.getReturnType() == null;
      int limit = constructor ? CONSTRUCTOR_PARAMETERS : METHOD_PARAMETERS;
      int parameters = method.getParameters().size();
      if (parameters > limit && !(constructor && canonical(method, type)) && !overrides(method)) {
        report(start, method.getName() + " has " + parameters + " parameters, at most " + limit);
      }
      return super.visitMethod(method, type);
    }

    /// A record may have more components than a constructor has parameters.
    private static boolean canonical(MethodTree constructor, ClassTree type) {
      return type.getKind() == Tree.Kind.RECORD
          && constructor.getParameters().size()
              == type.getMembers().stream().filter(Measure::isComponent).count();
    }

    private static boolean isComponent(Tree member) {
      return member instanceof VariableTree field
          && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    /// Somebody else chose the parameters of what overrides.
    private static boolean overrides(MethodTree method) {
      return method.getModifiers().getAnnotations().stream()
          .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }

    private void report(long line, String what) {
      problems.add(Path.of(unit.getSourceFile().toUri()) + ":" + line + ": " + what);
    }
  }
}
