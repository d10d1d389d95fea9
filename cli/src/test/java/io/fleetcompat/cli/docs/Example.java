package io.fleetcompat.cli.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command of a document's {@code console} block, and what it prints.
 *
 * @param line where the command stands
 * @param status the exit status that the document states; 0 where it states none
 * @param output lines; {@code …} alone is any number of lines, within a line any text
 */
record Example(int line, String command, int status, List<String> output) {

  private static final String ANY = "…";
  private static final Pattern STATED =
      Pattern.compile("(.*?)(?:\\s+# exit status ([0-9]))?", Pattern.DOTALL);

  static List<Example> of(String document) {
    List<Example> examples = new ArrayList<>();
    List<String> output = List.of();
    boolean console = false;
    int number = 0;
    for (String line : document.lines().toList()) {
      number++;
      if (line.startsWith("```")) {
        console = line.equals("```console");
      } else if (console && line.startsWith("$ ")) {
        output = new ArrayList<>();
        examples.add(begun(number, line.substring(2), output));
      } else if (console) {
        output.add(line);
      }
    }
    return examples;
  }

  private static Example begun(int number, String text, List<String> output) {
    Matcher stated = STATED.matcher(text);
    if (!stated.matches()) {
      throw new IllegalStateException(text);
    }
    int status = stated.group(2) == null ? 0 : Integer.parseInt(stated.group(2));
    return new Example(number, stated.group(1), status, output);
  }

  boolean matches(String said) {
    // Columns are as wide as what varies in them: runs of spaces are one.
    return Pattern.compile(expected(), Pattern.DOTALL).matcher(narrow(said)).matches();
  }

  private String expected() {
    return output.stream()
        .map(line -> line.equals(ANY) ? "(?:[^\n]*\n)*?" : inLine(narrow(line)) + "\n")
        .collect(Collectors.joining());
  }

  private static String inLine(String line) {
    return Stream.of(line.split(ANY, -1)).map(Pattern::quote).collect(Collectors.joining("[^\n]*"));
  }

  private static String narrow(String text) {
    return text.replaceAll(" +", " ").replaceAll(" *\n", "\n");
  }
}
