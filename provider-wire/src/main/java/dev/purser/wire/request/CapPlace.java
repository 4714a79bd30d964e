package dev.purser.wire.request;

import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.json.JsonSplice;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where requests of an API cap their output: one place, or several of which a provider honours one or
 * the other. Immutable.
 */
public final class CapPlace {

  /** For APIs that write nothing, so that nothing is held for it: embeddings and rankings. */
  public static final CapPlace NOTHING = new CapPlace(List.of());

  /** For APIs that know no cap. */
  public static final CapPlace NONE = new CapPlace(List.of());

  private final List<List<String>> paths;

  private CapPlace(List<List<String>> paths) {
    this.paths = paths;
  }

  /** Returns the place at these paths, of which the first is written where none is there yet. */
  public static CapPlace of(String... paths) {
    List<List<String>> split = new ArrayList<>();
    for (String path : paths) {
      split.add(List.of(path.split("\\.", -1)));
    }
    return new CapPlace(List.copyOf(split));
  }

  /** Whether the API knows a cap. */
  public boolean exists() {
    return !paths.isEmpty();
  }

  /**
   * Returns the bound that holds for certain: the largest where several are given, since it depends
   * on the provider which it honours; none where one is given that cannot be read, such as −1, which
   * some servers take for "no limit".
   */
  public OptionalLong read(JsonBody body) {
    if (this == NOTHING) {
      return OptionalLong.of(0);
    }
    OptionalLong cap = OptionalLong.empty();
    for (List<String> path : paths) {
      List<JsonSlice> values = values(body, path);
      boolean given = values.stream().anyMatch(value -> !value.isNull());
      for (JsonSlice value : given ? values : List.<JsonSlice>of()) {
        OptionalLong one = Amount.positive(value.number());
        if (one.isEmpty()) {
          return one;
        }
        cap = OptionalLong.of(Math.max(cap.orElse(0), one.getAsLong()));
      }
    }
    return cap;
  }

  /** Sets the cap wherever one is given, or in the first place where none is. */
  public void write(JsonBody body, long cap, JsonSplice splice) {
    String json = Long.toString(cap);
    boolean written = false;
    for (List<String> path : paths) {
      List<JsonSlice> values = values(body, path);
      if (values.stream().anyMatch(value -> !value.isNull())) {
        values.forEach(old -> splice.replace(old, json));
        written = true;
      }
    }
    if (!written && exists()) {
      insert(body, paths.get(0), json, splice);
    }
  }

  /** Some containers on the way may be there already, if only as null. */
  private static void insert(JsonBody body, List<String> path, String json, JsonSplice splice) {
    List<JsonSlice> containers = List.of(body.document());
    for (int depth = 0; depth < path.size(); depth++) {
      String name = path.get(depth);
      List<JsonSlice> inner = depth == 0 ? body.all(name) : fields(containers, name);
      if (inner.isEmpty()) {
        String value = nested(path.subList(depth + 1, path.size()), json);
        containers.forEach(container -> splice.insert(container, name, value));
        return;
      }
      if (depth == path.size() - 1 || inner.stream().noneMatch(JsonSlice::isObject)) {
        String value = nested(path.subList(depth + 1, path.size()), json);
        inner.forEach(old -> splice.replace(old, value));
        return;
      }
      containers = inner.stream().filter(JsonSlice::isObject).toList();
    }
  }

  private static String nested(List<String> names, String json) {
    StringBuilder text = new StringBuilder();
    names.forEach(name -> text.append("{\"").append(name).append("\":"));
    return text.append(json).append("}".repeat(names.size())).toString();
  }

  private static List<JsonSlice> values(JsonBody body, List<String> path) {
    List<JsonSlice> values = body.all(path.get(0));
    for (String name : path.subList(1, path.size())) {
      values = fields(values, name);
    }
    return values;
  }

  private static List<JsonSlice> fields(List<JsonSlice> containers, String name) {
    List<JsonSlice> found = new ArrayList<>();
    for (JsonSlice container : containers) {
      if (container.isObject()) {
        container.each((field, value) -> {
          if (field.equals(name)) {
            found.add(value);
          }
        });
      }
    }
    return found;
  }
}
