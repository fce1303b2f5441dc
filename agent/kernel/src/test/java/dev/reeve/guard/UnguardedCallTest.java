package dev.reeve.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** No step can be executed without a permit, and nobody outside of the guard can make one. */
final class UnguardedCallTest {
  @Test
  void aCallWithAPermitCompiles() throws IOException {
    assertEquals(List.of(), errors("dev.other", "return action.execute(plan, step, permit);"));
  }

  @Test
  void aCallWithoutAPermitDoesNotCompile() throws IOException {
    assertEquals(
        List.of("compiler.err.cant.apply.symbol"),
        errors("dev.other", "return action.execute(plan, step);"));
  }

  @Test
  void aPermitCannotBeMadeElsewhere() throws IOException {
    String made = "return action.execute(plan, step, new Permit(plan, step, world, 0));";
    assertEquals(List.of("compiler.err.not.def.public.cant.access"), errors("dev.other", made));
    // the control: the guard's own package can
    assertEquals(List.of(), errors("dev.reeve.guard", made));
  }

  @Test
  void aPermitCannotBeExtended() throws IOException {
    assertEquals(
        List.of("compiler.err.cant.inherit.from.final"),
        errors("dev.other", "class Mine extends Permit {} return null;").stream()
            .filter(code -> code.contains("inherit"))
            .toList());
  }

  private static List<String> errors(String place, String body) throws IOException {
    String source =
        """
        package %s;
        import dev.reeve.guard.Permit;
        import dev.reeve.model.*;
        import dev.reeve.spi.Action;
        import dev.reeve.time.Ticker;
        class Snippet {
          Outcome run(Action action, Plan plan, Step step, Permit permit, Ticker world)
              throws Exception {
            %s
          }
        }
        """
            .formatted(place, body);
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    var task =
        (JavacTask)
            compiler.getTask(
                null,
                null,
                found,
                List.of(
                    "-proc:none", "--release", "25", "-cp", System.getProperty("java.class.path")),
                null,
                List.of(new Source(source)));
    task.analyze();
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(Diagnostic::getCode)
        .map(code -> code.toLowerCase(Locale.ROOT))
        .toList();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///Snippet.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreErrors) {
      return text;
    }
  }
}
